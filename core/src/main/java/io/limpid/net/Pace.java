package io.limpid.net;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Keeps to a server's rule of so many requests in so much time. Of any number of threads. */
public final class Pace {
    private final int requests;
    private final long window;
    private final LongSupplier nanos;
    private final Sleep sleep;
    /** When the last of them were let go. */
    private final Deque<Long> gone = new ArrayDeque<>();

    /** Waits for some nanoseconds. */
    interface Sleep {
        void sleep(long nanos) throws InterruptedException;
    }

    /**
     * @param requests how many may go
     * @param window in how much time
     */
    public Pace(int requests, Duration window) {
        this(requests, window, System::nanoTime, nanos -> Thread.sleep(Duration.ofNanos(nanos)));
    }

    Pace(int requests, Duration window, LongSupplier nanos, Sleep sleep) {
        this.requests = requests;
        this.window = window.toNanos();
        this.nanos = nanos;
        this.sleep = sleep;
    }

    /** Returns when one more request may go. */
    public synchronized void await() throws InterruptedException {
        if (gone.size() == requests) {
            long wait = gone.removeFirst() + window - nanos.getAsLong();
            if (wait > 0) {
                sleep.sleep(wait);
            }
        }
        gone.addLast(nanos.getAsLong());
    }
}
