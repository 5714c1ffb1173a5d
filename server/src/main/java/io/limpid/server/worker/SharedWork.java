package io.limpid.server.worker;

import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of work by their names: each is done once however many want it, several at once, and the others wait their turn.
 *
 * <p>What is wanted in another way than it is being done waits for that too, and is done when it succeeds; a failure is not its own, and then it is tried in
 * its own way.
 *
 * <p>Who waits for a piece may leave: it is done all the same.
 */
final class SharedWork {

    /** What is to be done. */
    interface Work {
        void run() throws ClairException;
    }

    private final int parallel;
    private final int mostWaiting;
    private final Semaphore slots;
    private final Lock lock = new ReentrantLock();
    private final Map<Wanted, Piece> pieces = new LinkedHashMap<>();
    private final Map<String, Piece> latest = new HashMap<>();
    private boolean closed;

    /**
     * @param parallel how many pieces are worked on at once
     * @param mostWaiting how many more may wait for that
     */
    SharedWork(int parallel, int mostWaiting) {
        this.parallel = parallel;
        this.mostWaiting = mostWaiting;
        this.slots = new Semaphore(parallel, true);
    }

    /** A piece's name, and how it is to be done. */
    private record Wanted(String name, Object way) {}

    /** One piece, worked on by a thread of its own once there is a slot for it. */
    private final class Piece implements Runnable {
        private final Wanted wanted;
        private final Work work;
        /** Of the piece of the same name that was there before; null for none. */
        private final @Nullable CompletableFuture<Void> before;

        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final long since = System.nanoTime();
        private final Thread thread;
        private boolean begun;

        Piece(Wanted wanted, Work work, @Nullable CompletableFuture<Void> before) {
            this.wanted = wanted;
            this.work = work;
            this.before = before;
            this.thread = Thread.ofVirtual().name("limpid-layer").unstarted(this);
        }

        @Override
        public void run() {
            Throwable failure = null;
            try {
                if (before == null || !succeeds(before)) {
                    slots.acquire();
                    try {
                        begin();
                        work.run();
                    } finally {
                        slots.release();
                    }
                }
            } catch (InterruptedException e) {
                failure = new ClairException(ClairError.BUSY, e);
            } catch (Throwable e) {
                // Whatever it is, those who wait must hear of it.
                failure = e;
            }
            forget(this);
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        }

        private void begin() {
            lock.lock();
            try {
                begun = true;
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Does a piece of work, or waits for the one of this name that is under way; its failure is that of everybody who wants it in the same way.
     *
     * @param way how it is to be done, equal to others that want the same
     * @throws ClairException of the work; {@code BUSY} when too many others wait, or there is to be no more work
     */
    void run(String name, Object way, Work work) throws ClairException {
        CompletableFuture<Void> done = piece(new Wanted(name, way), work).done;
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClairException(ClairError.BUSY, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClairException failure) {
                throw failure;
            }
            throw new ClairException(ClairError.BACKEND, e);
        }
    }

    private static boolean succeeds(CompletableFuture<Void> work) throws InterruptedException {
        try {
            work.get();
            return true;
        } catch (ExecutionException _) {
            return false;
        }
    }

    private Piece piece(Wanted wanted, Work work) throws ClairException {
        lock.lock();
        try {
            Piece known = pieces.get(wanted);
            if (known != null) {
                return known;
            }
            if (closed || pieces.size() >= (long) parallel + mostWaiting) {
                throw new ClairException(ClairError.BUSY);
            }
            Piece before = latest.get(wanted.name());
            Piece piece = new Piece(wanted, work, before == null ? null : before.done);
            pieces.put(wanted, piece);
            latest.put(wanted.name(), piece);
            piece.thread.start();
            return piece;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Piece piece) {
        lock.lock();
        try {
            pieces.remove(piece.wanted);
            latest.remove(piece.wanted.name(), piece);
        } finally {
            lock.unlock();
        }
    }

    /** What there is to do now. */
    WorkerLoad load() {
        lock.lock();
        try {
            int running = 0;
            long oldest = 0;
            long now = System.nanoTime();
            for (Piece piece : pieces.values()) {
                if (piece.begun) {
                    running++;
                } else {
                    oldest = Math.max(oldest, now - piece.since);
                }
            }
            return new WorkerLoad(running, pieces.size() - running, Duration.ofNanos(oldest));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no new work, and waits for what there is; what is not done in time is interrupted.
     *
     * @return how many pieces were
     */
    int close(Duration patience) throws InterruptedException {
        List<Piece> left = close();
        long until = System.nanoTime() + patience.toNanos();
        int interrupted = 0;
        for (Piece piece : left) {
            if (!isDone(piece, Math.max(0, until - System.nanoTime()))) {
                piece.thread.interrupt();
                interrupted++;
            }
        }
        return interrupted;
    }

    private List<Piece> close() {
        lock.lock();
        try {
            closed = true;
            return new ArrayList<>(pieces.values());
        } finally {
            lock.unlock();
        }
    }

    private static boolean isDone(Piece piece, long nanos) throws InterruptedException {
        try {
            piece.done.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException _) {
            return true;
        } catch (TimeoutException _) {
            return false;
        }
    }
}
