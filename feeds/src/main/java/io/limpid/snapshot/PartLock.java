package io.limpid.snapshot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The right to write a part's folder, which one thread of one process has at a time; it ends with the process, however that ends. */
final class PartLock implements Closeable {
    private static final long POLL_MILLIS = 40;

    /** A file lock keeps other processes out, but not other threads of this one. */
    private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

    private final ReentrantLock here;
    private final FileChannel channel;

    private PartLock(ReentrantLock here, FileChannel channel) {
        this.here = here;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param file the lock's file, in a folder that is there; made when it is not there
     * @param wait how long to wait for another to give it up
     * @return null when another still has it
     */
    static @Nullable PartLock take(Path file, Duration wait) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        ReentrantLock here = HERE.computeIfAbsent(file.resolveSibling(".").toRealPath(), _ -> new ReentrantLock());
        if (!here.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            return null;
        }
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = taken(channel, deadline);
            return taken ? new PartLock(here, channel) : null;
        } finally {
            if (!taken) {
                giveUp(here, channel);
            }
        }
    }

    private static boolean taken(FileChannel channel, long deadline) throws IOException, InterruptedException {
        while (channel.tryLock() == null) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Gives the lock up; its file stays, since one that is deleted while another waits would be two locks. */
    @Override
    public void close() throws IOException {
        giveUp(here, channel);
    }

    /** The file first: closing it would also end the file lock that the next thread takes meanwhile. */
    private static void giveUp(ReentrantLock here, @Nullable FileChannel channel) throws IOException {
        try (FileChannel _ = channel) {
            // Closed whatever it is.
        } finally {
            here.unlock();
        }
    }
}
