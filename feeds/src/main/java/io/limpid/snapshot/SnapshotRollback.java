package io.limpid.snapshot;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Goes back to the generation before the current one.
 *
 * <p>What was rolled back from is kept beside it: the next update asks the publisher for something newer than that, and holds it back as long as there
 * is nothing newer, unless one insists.
 */
public final class SnapshotRollback {
    private final SnapshotStore store;
    private final InstantSource clock;
    private final Duration patience;

    /**
     * @param patience how long to wait for another process that updates the same part
     */
    public SnapshotRollback(SnapshotStore store, InstantSource clock, Duration patience) {
        this.store = store;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * A part that was rolled back.
     *
     * @param from the generation that was current, null when it could not be read
     * @param now the generation that is current now
     * @param difference how that differs from the one that was current
     */
    public record RolledBack(
            @Nullable SnapshotHeader from,
            SnapshotHeader now,
            @Nullable Difference difference) {}

    /** Whether there is a generation to go back to that can be opened; whether it is whole is known when it is read. */
    public boolean isPossible(String feed, String part) {
        try (Snapshot previous = store.part(feed, part).openPrevious(store.limits())) {
            return previous != null;
        } catch (IOException _) {
            return false;
        }
    }

    /**
     * Rolls a part back.
     *
     * @throws LimpidException when there is no generation before ({@link ErrorCode#NOT_FOUND}), or it cannot be used
     */
    public RolledBack rollBack(String feed, String part) throws IOException, InterruptedException {
        PartFolder folder = store.part(feed, part);
        String name = feed + "/" + part;
        if (!Files.exists(folder.previous())) {
            throw nothingBefore(name, folder);
        }
        try (PartLock lock = PartLock.take(folder.lock(), patience)) {
            if (lock == null) {
                throw SnapshotUpdater.taken(name, patience);
            }
            folder.begin();
            try {
                return locked(name, folder);
            } finally {
                folder.end();
            }
        }
    }

    private RolledBack locked(String name, PartFolder folder) throws IOException {
        Instant begun = clock.instant();
        SnapshotHeader from;
        SnapshotHeader now;
        Difference difference;
        try (Snapshot previous = before(name, folder);
                Snapshot current = readable(folder)) {
            verify(name, previous);
            now = previous.header();
            from = current == null ? null : current.header();
            difference = current == null ? null : between(current, previous);
        }
        PartStatus before = folder.status();
        if (from == null) {
            folder.makeCurrent(folder.previous());
        } else {
            folder.rollBack();
        }
        folder.write(new PartStatus(
                before.attempt(),
                now.fetchedAt(),
                // Whoever was asked about the newer one was asked about this one, too.
                from == null ? now.fetchedAt() : before.checked(from),
                now.generation(),
                "rolled back at " + begun + (from == null ? "" : " from the data of " + from.fetchedAt()),
                before.took(),
                difference == null
                        ? null
                        : new PartStatus.Change(now.generation(), difference, PartStatus.Change.By.ROLLBACK)));
        return new RolledBack(from, now, difference);
    }

    private Snapshot before(String name, PartFolder folder) throws IOException {
        Snapshot previous;
        try {
            previous = folder.openPrevious(store.limits());
        } catch (LimpidException e) {
            throw unusable(name, e);
        }
        if (previous == null) {
            throw nothingBefore(name, folder);
        }
        return previous;
    }

    private static void verify(String name, Snapshot previous) throws IOException {
        try {
            previous.verify();
        } catch (LimpidException e) {
            throw unusable(name, e);
        }
    }

    private static LimpidException unusable(String name, LimpidException e) {
        return new LimpidException(
                e.code(),
                "cannot roll back " + name,
                "the generation before the current one cannot be used: " + e.getMessage(),
                "the current one stays in use; what is newer comes with: limpid db update --only " + name);
    }

    private @Nullable Snapshot readable(PartFolder folder) throws IOException {
        try {
            return folder.open(store.limits());
        } catch (LimpidException _) {
            return null;
        }
    }

    /** How they differ; null when the current one is damaged, which may be why one goes back. */
    private static @Nullable Difference between(Snapshot current, Snapshot previous) throws IOException {
        try {
            return Difference.between(current, previous);
        } catch (LimpidException _) {
            return null;
        }
    }

    private static LimpidException nothingBefore(String name, PartFolder folder) {
        boolean already = Files.exists(folder.withdrawn());
        return new LimpidException(
                ErrorCode.NOT_FOUND,
                "cannot roll back " + name,
                already
                        ? "it was rolled back already, and of the generations before nothing is kept"
                        : "there is no generation before the current one",
                already
                        ? "what was rolled back comes again with: limpid db update --force --only " + name
                        : "'limpid db status' shows what is kept");
    }
}
