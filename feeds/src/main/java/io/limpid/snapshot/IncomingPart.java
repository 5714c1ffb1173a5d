package io.limpid.snapshot;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A part whose generation is to be replaced by one that was made elsewhere, by whoever has its lock. */
public final class IncomingPart {
    private static final String NEW = "new";

    private final SnapshotStore store;
    private final PartFolder folder;
    private final PartLock lock;
    private final Instant begun;
    private @Nullable SnapshotHeader staged;
    private Difference difference = new Difference(0, 0, 0);

    IncomingPart(SnapshotStore store, PartFolder folder, PartLock lock, Instant begun) {
        this.store = store;
        this.folder = folder;
        this.lock = lock;
        this.begun = begun;
    }

    /** Writes the bytes of a snapshot file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The header of what is current, null when there is nothing that can be read. */
    public @Nullable SnapshotHeader kept() {
        try (Snapshot snapshot = readable()) {
            return snapshot == null ? null : snapshot.header();
        } catch (IOException _) {
            return null;
        }
    }

    /** Whether what is current can be read and has the bytes that were written. */
    public boolean isKeptIntact() throws IOException {
        try (Snapshot snapshot = readable()) {
            return snapshot != null && snapshot.isIntact();
        }
    }

    private @Nullable Snapshot readable() throws IOException {
        try {
            return folder.open(store.limits());
        } catch (LimpidException _) {
            return null;
        }
    }

    /** Whether this is the generation that was rolled back from. */
    public boolean wasRolledBack(long generation) {
        SnapshotHeader withdrawn = folder.withdrawn(kept(), store.limits());
        return withdrawn != null && generation == withdrawn.generation();
    }

    /**
     * Writes the file beside the current one, and reads it whole.
     *
     * @throws LimpidException when it is no snapshot of this part, or damaged
     */
    public SnapshotHeader stage(Content content) throws IOException {
        try {
            return staged(content);
        } catch (IOException e) {
            throw Failures.writing(folder.name(), folder.path(), e);
        }
    }

    private SnapshotHeader staged(Content content) throws IOException {
        Path file = folder.work().resolve(NEW);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            content.writeTo(out);
            channel.force(true);
        }
        try (Snapshot next = folder.open(file, store.limits());
                Snapshot current = readable()) {
            if (next == null) {
                throw new LimpidException(
                        ErrorCode.IO, "cannot read " + file, "it is gone", "does another program clean that folder?");
            }
            next.verify();
            difference = difference(current, next);
            staged = next.header();
            return staged;
        }
    }

    private static Difference difference(@Nullable Snapshot current, Snapshot next) throws IOException {
        try {
            return current == null ? new Difference(next.header().records(), 0, 0) : Difference.between(current, next);
        } catch (LimpidException _) {
            return new Difference(next.header().records(), 0, 0);
        }
    }

    /**
     * Makes what was written the current generation.
     *
     * @param newest when it was last known to be the newest there is
     * @return how it differs from the one before
     */
    public Difference makeCurrent(Instant newest, Instant now) throws IOException {
        try {
            return switched(newest, now);
        } catch (IOException e) {
            throw Failures.writing(folder.name(), folder.path(), e);
        }
    }

    private Difference switched(Instant newest, Instant now) throws IOException {
        SnapshotHeader header = staged;
        if (header == null) {
            throw new IllegalStateException("nothing was written");
        }
        if (isKeptIntact()) {
            folder.keepPrevious();
        } else {
            folder.forgetUnusablePrevious(store.limits());
        }
        folder.makeCurrent(folder.work().resolve(NEW));
        staged = null;
        if (folder.withdrawn(header, store.limits()) == null) {
            folder.forgetWithdrawn();
        }
        note(new PartStatus(
                begun,
                newest,
                newest,
                header.generation(),
                null,
                Duration.between(begun, now),
                new PartStatus.Change(header.generation(), difference, PartStatus.Change.By.IMPORT)));
        return difference;
    }

    /** Writes down that what is current was known to be the newest there is at a time; that it was so later is never forgotten. */
    public void confirm(Instant newest) throws IOException {
        SnapshotHeader header = kept();
        PartStatus before = folder.status();
        if (header != null && before.newest(header).isBefore(newest)) {
            note(new PartStatus(
                    begun, newest, newest, header.generation(), null, before.took(), before.changeOf(header)));
        }
    }

    /** What is not written down is only asked for again. */
    private void note(PartStatus status) {
        try {
            folder.write(status);
        } catch (IOException _) {
            // The generation stands all the same.
        }
    }

    void close() throws IOException {
        try (lock) {
            folder.end();
        }
    }
}
