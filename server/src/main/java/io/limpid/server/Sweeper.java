package io.limpid.server;

import io.limpid.server.clair.ClairException;
import io.limpid.server.store.DeletedRows;
import io.limpid.server.store.DeletedRows.Swept;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps what was deleted long ago, now and then. */
final class Sweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final Duration END = Duration.ofSeconds(5);

    private final DeletedRows rows;
    private final Duration kept;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    private Sweeper(DeletedRows rows, Duration kept) {
        this.rows = rows;
        this.kept = kept;
        this.thread = Thread.ofVirtual().name("sweeper").unstarted(this::loop);
    }

    /** Starts to sweep what has been deleted for so long. */
    static Sweeper start(DeletedRows rows, Duration kept) {
        Sweeper sweeper = new Sweeper(rows, kept);
        sweeper.thread.start();
        return sweeper;
    }

    private void loop() {
        try {
            Duration pause = pause();
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = sweep() ? BETWEEN : pause();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        Duration tenth = kept.dividedBy(10);
        return tenth.compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : tenth.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : tenth;
    }

    /** Whether there may be more. */
    private boolean sweep() {
        try {
            Swept swept = rows.sweep(kept);
            if (swept.notifications() + swept.vulnerabilities() > 0) {
                log.atInfo()
                        .addKeyValue("notifications", swept.notifications())
                        .addKeyValue("vulnerabilities", swept.vulnerabilities())
                        .log("what was deleted long ago is swept");
            }
            return swept.mayBeMore();
        } catch (ClairException | RuntimeException e) {
            log.atWarn().setCause(e).log("could not sweep what was deleted long ago");
            return false;
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
