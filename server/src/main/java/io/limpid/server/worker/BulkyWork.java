package io.limpid.server.worker;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that few layers at once need much memory, whatever many layers are made to hold.
 *
 * <p>A layer asks when it meets its first large file or a decoder with a large dictionary, and has leave until it is read.
 */
final class BulkyWork {
    /** What one layer may hold of bulky things, about. */
    private static final long SHARE = 1L << 30;

    private final Semaphore leaves;

    BulkyWork(long memory) {
        this.leaves = new Semaphore(Math.clamp(memory / SHARE, 1, 64));
    }

    /** The leave of one layer, which has it from when it first asks until it is closed; for one thread. */
    final class Leave implements Closeable {
        private final WorkDeadline deadline;
        private boolean held;

        Leave(WorkDeadline deadline) {
            this.deadline = deadline;
        }

        /** Waits until there is memory for a bulky thing. */
        void ask() throws IOException {
            if (held) {
                return;
            }
            try {
                held = leaves.tryAcquire(deadline.leftNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
            if (!held) {
                throw deadline.over();
            }
        }

        @Override
        public void close() {
            if (held) {
                held = false;
                leaves.release();
            }
        }
    }
}
