package io.limpid.server.api;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The places for requests, and the virtual threads that work on them. */
final class Work {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("api-", 0).factory());
    private final Semaphore requests;
    private final Semaphore working;
    private final Bounds bounds;
    private final Semaphore layers;
    private final Semaphore memory;

    private volatile boolean isRefusing;

    Work(Bounds bounds) {
        this.bounds = bounds;
        requests = new Semaphore(bounds.requests());
        working = new Semaphore(bounds.working(), true);
        layers = new Semaphore(bounds.layers());
        memory = new Semaphore(bounds.bodyBytes());
    }

    /** A place of one request, which it has until its work is done, answered or not. */
    final class Place {
        private final Route.Kind kind;
        private final Semaphore of;
        private final Runnable release;
        private boolean isWorking;

        private Place(Route.Kind kind, Semaphore of, Runnable release) {
            this.kind = kind;
            this.of = of;
            this.release = release;
        }

        /**
         * Waits until few enough others are worked on: what a request needs memory for begins here; false when that takes too long.
         *
         * <p>Layers have a queue of their own.
         */
        boolean waitsToWork() throws InterruptedException {
            if (kind == Route.Kind.LAYER) {
                return true;
            }
            isWorking = working.tryAcquire(bounds.patience().toNanos(), TimeUnit.NANOSECONDS);
            return isWorking;
        }

        /** Works on a thread of its own, then leaves; false when nothing is begun any more. */
        boolean run(Runnable task) {
            try {
                threads.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        leave();
                    }
                });
                return true;
            } catch (RejectedExecutionException _) {
                leave();
                return false;
            }
        }

        private void leave() {
            if (isWorking) {
                working.release();
            }
            release.run();
            of.release();
        }
    }

    /**
     * Takes a place; null when none is free.
     *
     * @param release what is given back at the end besides
     */
    @Nullable
    Place enter(Route.Kind kind, Runnable release) {
        Semaphore of = kind == Route.Kind.LAYER ? layers : requests;
        return of.tryAcquire() ? new Place(kind, of, release) : null;
    }

    /** A permit for each byte of a body. */
    Semaphore memory() {
        return memory;
    }

    /** From now on nothing is begun. */
    void refuse() {
        isRefusing = true;
    }

    boolean isRefusing() {
        return isRefusing;
    }

    /** Waits for what goes on, then interrupts it. */
    void close(Duration patience) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
