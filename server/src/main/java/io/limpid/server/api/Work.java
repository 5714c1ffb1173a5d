package io.limpid.server.api;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The places for requests, and the virtual threads that work on them. */
final class Work {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("api-", 0).factory());
    private final Semaphore requests;
    private final Semaphore layers;
    private final Semaphore memory;

    private volatile boolean isRefusing;

    Work(Bounds bounds) {
        requests = new Semaphore(bounds.requests());
        layers = new Semaphore(bounds.layers());
        memory = new Semaphore(bounds.bodyBytes());
    }

    /** A place of one request, which it has until its work is done, answered or not. */
    final class Place {
        private final Semaphore of;
        private Runnable release = () -> {};

        private Place(Semaphore of) {
            this.of = of;
        }

        /** What else is given back at the end. */
        void alsoReleases(Runnable more) {
            release = more;
        }

        /** Works on a thread of its own, then leaves. */
        void run(Runnable task) {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    leave();
                }
            });
        }

        void leave() {
            release.run();
            of.release();
        }
    }

    /** Takes a place; null when none is free. */
    @Nullable
    Place enter(Route.Kind kind) {
        Semaphore of = kind == Route.Kind.LAYER ? layers : requests;
        return of.tryAcquire() ? new Place(of) : null;
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
