package io.limpid.server.notify;

import io.limpid.format.Printable;
import io.limpid.server.clair.ClairException;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.NotificationStore.Claim;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a receiver of all notifications that wait, several at once.
 *
 * <p>Servers share the work: what one has claimed no other tells, until the claim ends. What was taken is noted after it was taken, so that a server that dies
 * between the two makes its receiver hear of it again, and never not at all. One that fails waits for its next turn in the database and keeps no other waiting.
 */
public final class Notifier implements AutoCloseable {

    /**
     * How stubbornly it tells.
     *
     * @param attempts tries of a notification before it is left for {@code renotify}
     * @param renotify after which one that was taken and that nobody deleted is told again
     * @param check how long it waits where there is nothing to tell
     * @param claim how long one that is being told is kept from others; best longer than an attempt may take
     * @param parallel how many are told at once
     */
    public record Settings(int attempts, Duration renotify, Duration check, Duration claim, int parallel) {
        public Settings {
            if (attempts < 1 || parallel < 1) {
                throw new IllegalArgumentException("at least one is needed: " + attempts + ", " + parallel);
            }
        }

        /** How long one waits for its next turn after so many failures, the last one included. */
        Duration pause(int failures) {
            int round = (failures - 1) % attempts + 1;
            return round == attempts ? renotify : Backoff.after(round);
        }
    }

    /** As long as the original's: a second, twice as long each time, at most a quarter of an hour. */
    private static final class Backoff {
        private static final Duration LONGEST = Duration.ofMinutes(15);
        private static final int DOUBLED_AT_MOST = 10;

        private Backoff() {}

        static Duration after(int failures) {
            Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, DOUBLED_AT_MOST));
            return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(Notifier.class);
    private static final Duration END = Duration.ofSeconds(10);
    private static final int LONGEST_REASON = 1000;

    private final NotificationStore store;
    private final NotificationSender sender;
    private final Settings settings;
    private final String owner;
    private final Metrics metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private Notifier(
            NotificationStore store, NotificationSender sender, Settings settings, String owner, Metrics metrics) {
        this.store = store;
        this.sender = sender;
        this.settings = settings;
        this.owner = owner;
        this.metrics = metrics;
    }

    /**
     * Starts to tell.
     *
     * @param sender closed at the end
     * @param owner who tells, for people
     */
    public static Notifier start(
            NotificationStore store, NotificationSender sender, Settings settings, String owner, Metrics metrics) {
        Notifier notifier = new Notifier(store, sender, settings, owner, metrics);
        for (int i = 0; i < settings.parallel(); i++) {
            notifier.threads.add(Thread.ofVirtual().name("notifier-" + i).start(notifier::run));
        }
        return notifier;
    }

    private void run() {
        try {
            while (stopped.getCount() > 0) {
                Optional<Claim> claim = claim();
                if (claim.isPresent()) {
                    tell(claim.get());
                } else if (stopped.await(settings.check().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            // Nobody here does that: the thread ends, and the claim by itself.
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Claim> claim() {
        try {
            return store.claim(owner, settings.claim(), settings.renotify());
        } catch (ClairException | RuntimeException e) {
            log.atWarn().setCause(e).log("could not look for notifications");
            return Optional.empty();
        }
    }

    private void tell(Claim claim) throws InterruptedException {
        Failpoint.NOTIFICATION_CLAIMED.hit();
        try {
            sender.send(claim.name());
        } catch (IOException e) {
            failed(claim, String.valueOf(e.getMessage()), e);
            return;
        } catch (RuntimeException e) {
            // A mistake of this program: it costs this attempt, and not the thread that tells all others.
            failed(claim, e.toString(), e);
            return;
        }
        Failpoint.WEBHOOK_TOLD.hit();
        metrics.notified(claim.age().toNanos());
        note(claim, () -> store.told(claim));
        Failpoint.NOTIFICATION_NOTED.hit();
    }

    private void failed(Claim claim, String why, Exception cause) {
        if (stopped.getCount() == 0) {
            // It was cut off here, whoever else can have it.
            note(claim, () -> store.release(claim));
            return;
        }
        int failures = claim.failures() + 1;
        Duration pause = settings.pause(failures);
        metrics.notifierFailed(sender.name());
        log.atWarn()
                .addKeyValue("notification", claim.name())
                .addKeyValue("failures", failures)
                .addKeyValue("next", pause)
                .setCause(cause)
                .log("a notification was not taken");
        // A text of the database has no NUL.
        note(claim, () -> store.failed(claim, Printable.excerpt(why, LONGEST_REASON), pause));
    }

    /** What becomes of a claim. */
    private interface Outcome {
        boolean store() throws ClairException;
    }

    /** Where it cannot be noted the claim ends by itself, and it is told again. */
    private static void note(Claim claim, Outcome outcome) {
        try {
            if (!outcome.store()) {
                log.atWarn()
                        .addKeyValue("notification", claim.name())
                        .log("a claim ended before it was given back: the notification may be told again");
            }
        } catch (ClairException | RuntimeException e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("notification", claim.name())
                    .log("could not note what became of a notification: it is told again");
        }
    }

    /** Cuts off what is being told, and gives back what it has claimed. */
    @Override
    public void close() {
        stopped.countDown();
        sender.close();
        try {
            for (Thread thread : threads) {
                thread.join(END);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
