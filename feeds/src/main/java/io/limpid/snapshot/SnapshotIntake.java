package io.limpid.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes generations in that were made elsewhere: all are written and looked at beside the current ones, then each is made current in one step.
 *
 * <p>It has the locks of all parts that it was asked for until it is closed; what was not made current by then is removed.
 */
public final class SnapshotIntake implements Closeable {
    private final SnapshotStore store;
    private final InstantSource clock;
    private final Duration patience;
    private final List<IncomingPart> parts = new ArrayList<>();

    /**
     * @param patience how long to wait for another process that updates the same part
     */
    public SnapshotIntake(SnapshotStore store, InstantSource clock, Duration patience) {
        this.store = store;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Gets ready to take a generation of a part in; several in the order of their names, so that two who do it wait for each other.
     *
     * @throws io.limpid.model.LimpidException when another process does not let it go
     */
    public IncomingPart part(String feed, String part) throws IOException, InterruptedException {
        PartFolder folder = store.part(feed, part);
        try {
            return locked(folder);
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw Failures.writing(folder.name(), folder.path(), e);
        }
    }

    private IncomingPart locked(PartFolder folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.path());
        PartLock lock = PartLock.take(folder.lock(), patience);
        if (lock == null) {
            throw SnapshotUpdater.taken(folder.name(), patience);
        }
        IncomingPart incoming = new IncomingPart(store, folder, lock, clock.instant());
        parts.add(incoming);
        folder.begin();
        store.writeUrl(folder);
        return incoming;
    }

    /** What is kept of a part, null when there is nothing that can be read; takes no lock. */
    public @Nullable SnapshotHeader kept(String feed, String part) {
        try (Snapshot snapshot = store.part(feed, part).open(store.limits())) {
            return snapshot == null ? null : snapshot.header();
        } catch (IOException _) {
            return null;
        }
    }

    /** How many bytes can still be written where parts are kept; a guess where there is no such folder yet. */
    public long usableBytes() throws IOException {
        Path folder = store.folder().toAbsolutePath();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        FileStore disk = Files.getFileStore(folder);
        return disk.getUsableSpace();
    }

    /** Whether a name may be that of a feed or part. */
    public static boolean isName(String text) {
        return SnapshotStore.isName(text);
    }

    /** The present, as this takes it. */
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (IncomingPart part : parts) {
            try {
                part.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
