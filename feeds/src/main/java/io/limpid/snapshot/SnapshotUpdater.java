package io.limpid.snapshot;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedPart;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Brings parts of feeds up to date: a new generation is written beside the current one, checked, and made current in one step.
 *
 * <p>Whatever fails changes nothing, is written down beside the part, and touches no other part. Of any number of threads and processes; of those
 * that want to update the same part one does, and the others wait and take what it brought.
 */
public final class SnapshotUpdater {
    /** Parts that are read at the same time: reading one takes about a hundred megabytes. */
    private static final int READERS = 2;

    private final SnapshotStore store;
    private final Downloader downloader;
    private final InstantSource clock;
    private final Phases phases;
    private final Semaphore readers = new Semaphore(READERS);

    public SnapshotUpdater(SnapshotStore store, Downloader downloader, InstantSource clock) {
        this(store, downloader, clock, Phases.NONE);
    }

    /**
     * @param phases hears how far each update has come
     */
    public SnapshotUpdater(SnapshotStore store, Downloader downloader, InstantSource clock, Phases phases) {
        this.store = store;
        this.downloader = downloader;
        this.clock = clock;
        this.phases = phases;
    }

    /** Brings a part up to date. */
    public UpdateOutcome update(Feed feed, FeedPart part, UpdateRules rules) throws InterruptedException {
        PartFolder folder = store.part(part.feed(), part.name());
        Instant begun = clock.instant();
        try {
            SnapshotHeader fresh = rules.force() ? null : fresh(feed, folder, rules.refresh(), begun);
            if (fresh != null) {
                return new UpdateOutcome.Unchanged(fresh, false);
            }
            Files.createDirectories(folder.path());
            try (PartLock lock = PartLock.take(folder.lock(), rules.patience())) {
                if (lock == null) {
                    return new UpdateOutcome.Failed(taken(part.toString(), rules.patience()), header(folder));
                }
                phases.reached(Phase.LOCKED);
                return locked(feed, part, folder, rules, begun);
            }
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw interrupted(e);
        } catch (IOException | RuntimeException e) {
            return new UpdateOutcome.Failed(Failures.of(part, folder.path(), e), header(folder));
        }
    }

    private static InterruptedException interrupted(IOException cause) {
        InterruptedException interrupted = new InterruptedException("while advisories were updated");
        interrupted.initCause(cause);
        return interrupted;
    }

    static LimpidException taken(String part, Duration wait) {
        return new LimpidException(
                ErrorCode.IO,
                "cannot update the advisories of " + part,
                "another process has been updating them for " + wait.toSeconds() + " s",
                "wait for it, or end it");
    }

    /**
     * The current generation when it was checked a short while ago.
     *
     * <p>A clock that was set back makes nothing fresh for long: what was checked in the future is not.
     */
    private @Nullable SnapshotHeader fresh(Feed feed, PartFolder folder, Duration refresh, Instant now)
            throws IOException {
        SnapshotHeader header = header(folder);
        if (header == null || header.feedVersion() != feed.version()) {
            return null;
        }
        Duration age = Duration.between(folder.status().checked(header), now);
        return age.isNegative() || age.compareTo(refresh) >= 0 ? null : header;
    }

    /** The header of the current generation, null when there is none that can be read. */
    private @Nullable SnapshotHeader header(PartFolder folder) {
        try (Snapshot snapshot = folder.open(store.limits())) {
            return snapshot == null ? null : snapshot.header();
        } catch (IOException _) {
            return null;
        }
    }

    private UpdateOutcome locked(Feed feed, FeedPart part, PartFolder folder, UpdateRules rules, Instant begun)
            throws IOException, InterruptedException {
        folder.begin();
        phases.reached(Phase.SWEPT);
        try {
            SnapshotHeader header = header(folder);
            if (header != null && !rules.force() && wasCheckedMeanwhile(feed, folder, header, rules, begun)) {
                return new UpdateOutcome.Unchanged(header, false);
            }
            store.writeUrl(folder);
            UpdateOutcome outcome = attempt(feed, part, folder, rules);
            note(folder, begun, outcome);
            phases.reached(Phase.NOTED);
            return outcome;
        } finally {
            folder.end();
        }
    }

    /** Whether whoever had the lock before brought what is wanted, also when something is always wanted anew. */
    private boolean wasCheckedMeanwhile(
            Feed feed, PartFolder folder, SnapshotHeader header, UpdateRules rules, Instant begun) throws IOException {
        Instant now = clock.instant();
        if (fresh(feed, folder, rules.refresh(), now) != null) {
            return true;
        }
        Instant checked = folder.status().checked(header);
        return header.feedVersion() == feed.version() && !checked.isBefore(begun) && !checked.isAfter(now);
    }

    private UpdateOutcome attempt(Feed feed, FeedPart part, PartFolder folder, UpdateRules rules)
            throws InterruptedException {
        try (PartUpdate update =
                new PartUpdate(feed, part, store, folder, downloader, readers, phases, readable(folder))) {
            return update.run(rules, clock.instant());
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw interrupted(e);
        } catch (IOException | RuntimeException e) {
            return new UpdateOutcome.Failed(Failures.of(part, folder.path(), e), header(folder));
        }
    }

    /** The current generation; one that is damaged is as good as none. */
    private @Nullable Snapshot readable(PartFolder folder) throws IOException {
        try {
            return folder.open(store.limits());
        } catch (LimpidException _) {
            return null;
        }
    }

    private void note(PartFolder folder, Instant begun, UpdateOutcome outcome) throws IOException {
        Instant now = clock.instant();
        PartStatus before = folder.status();
        PartStatus status = switch (outcome) {
            case UpdateOutcome.Updated updated -> PartStatus.changed(begun, now, updated.now(), updated.difference());
            case UpdateOutcome.Unchanged same -> before.confirmed(begun, now, same.now());
            case UpdateOutcome.HeldBack held -> before.heldBack(begun, now, held);
            case UpdateOutcome.Absent absent -> before.failed(begun, now, absent.reason());
            case UpdateOutcome.Failed failed -> before.failed(begun, now, Failures.words(failed.problem()));
        };
        try {
            folder.write(status);
        } catch (IOException e) {
            // The outcome stands all the same: what is not written down is only asked for again.
            if (outcome instanceof UpdateOutcome.Failed failed) {
                failed.problem().addSuppressed(e);
            }
        }
    }
}
