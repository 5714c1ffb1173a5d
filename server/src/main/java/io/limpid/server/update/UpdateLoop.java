package io.limpid.server.update;

import io.limpid.feed.Feed;
import io.limpid.server.clair.ClairException;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.GenerationStore;
import io.limpid.server.store.KeyValueStore;
import io.limpid.server.store.Leases;
import io.limpid.server.store.Leases.Lease;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.SnapshotUpdater;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Updates all vulnerabilities when their time has come, on one server at a time.
 *
 * <p>Whose turn it is a lease in the database says, by the database's clock; every change of vulnerabilities looks in its own transaction whether the lease
 * is still held. So a server that was stopped in the middle, or that nobody hears of any more, changes nothing once another has taken over.
 */
public final class UpdateLoop implements AutoCloseable {
    /** The lease's name, Clair's lock. */
    public static final String LEASE = "updater";

    private static final Logger log = LoggerFactory.getLogger(UpdateLoop.class);
    private static final int RENEWALS = 3;
    private static final Duration SHORTEST_NAP = Duration.ofMillis(100);
    private static final Duration LONGEST_NAP = Duration.ofMinutes(1);
    private static final Duration END = Duration.ofSeconds(10);

    /**
     * When to update what.
     *
     * @param interval between two updates; after one that failed it is a minute, twice as long each time, at most the interval
     * @param lease how long another server waits for one that is silent
     * @param enabled the updaters that run
     * @param forced those of which data are taken that are suspiciously few or old
     */
    public record Settings(Duration interval, Duration lease, List<Updater> enabled, Set<Updater> forced) {
        public Settings {
            enabled = List.copyOf(enabled);
            forced = Set.copyOf(forced);
        }
    }

    private final List<Feed> feeds;
    private final SnapshotStore files;
    private final SnapshotUpdater fetcher;
    private final GenerationStore generations;
    private final KeyValueStore values;
    private final Leases leases;
    private final Settings settings;
    private final String owner;
    private final Metrics metrics;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<@Nullable Lease> held = new AtomicReference<>();
    private final Thread thread;

    private UpdateLoop(
            List<Feed> feeds,
            SnapshotStore files,
            SnapshotUpdater fetcher,
            GenerationStore generations,
            KeyValueStore values,
            Leases leases,
            Settings settings,
            String owner,
            Metrics metrics) {
        this.feeds = List.copyOf(feeds);
        this.files = files;
        this.fetcher = fetcher;
        this.generations = generations;
        this.values = values;
        this.leases = leases;
        this.settings = settings;
        this.owner = owner;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().name("updater").unstarted(this::loop);
    }

    /**
     * Starts to update.
     *
     * @param feeds all that there are
     * @param owner who updates, for people
     */
    public static UpdateLoop start(
            List<Feed> feeds,
            SnapshotStore files,
            SnapshotUpdater fetcher,
            GenerationStore generations,
            KeyValueStore values,
            Leases leases,
            Settings settings,
            String owner,
            Metrics metrics) {
        UpdateLoop loop = new UpdateLoop(feeds, files, fetcher, generations, values, leases, settings, owner, metrics);
        loop.thread.start();
        return loop;
    }

    private void loop() {
        try {
            Duration wait = Duration.ZERO;
            while (!stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = step();
            }
        } catch (InterruptedException _) {
            // The server ends.
            Thread.currentThread().interrupt();
        }
    }

    /** Updates when it is time and nobody else does; how long until it is time to look again. */
    private Duration step() throws InterruptedException {
        try {
            Duration due = due();
            if (due.isPositive()) {
                return napOf(due);
            }
            Optional<Lease> lease = leases.acquire(LEASE, owner, settings.lease());
            if (lease.isEmpty()) {
                return napOf(leases.left(LEASE).orElse(SHORTEST_NAP).plusMillis(1));
            }
            try (Held _ = new Held(lease.get())) {
                // Another server may have updated since this one looked.
                return due().isPositive() ? Duration.ZERO : update(lease.get());
            }
        } catch (ClairException | RuntimeException e) {
            log.atWarn().setCause(e).log("could not update vulnerabilities");
            return napOf(settings.interval());
        }
    }

    /** Several servers do not look at the same moment. */
    private static Duration napOf(Duration wait) {
        Duration nap = wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP;
        return nap.plusMillis(ThreadLocalRandom.current().nextLong(nap.toMillis() / 4 + 1));
    }

    private Duration due() throws ClairException {
        Optional<LastRun> last = lastRun();
        if (last.isEmpty()) {
            return Duration.ZERO;
        }
        Duration due = Duration.between(leases.now(), last.get().due(settings.interval()));
        // A run that has yet to end is none: the database's clock was put back.
        return due.compareTo(settings.interval()) > 0 ? Duration.ZERO : due;
    }

    private Optional<LastRun> lastRun() throws ClairException {
        return values.get(UpdaterKeys.RUN).flatMap(LastRun::of);
    }

    private Duration update(Lease lease) throws ClairException, InterruptedException {
        long began = System.nanoTime();
        Instant now = leases.now();
        // Servers' clocks differ; what they write down is the database's time.
        InstantSource clock = InstantSource.offset(InstantSource.system(), Duration.between(Instant.now(), now));
        int failedBefore = lastRun().map(LastRun::failures).orElse(0);
        FeedUpdate update = new FeedUpdate(feeds, files, fetcher, generations, values, settings.forced(), clock);
        log.atInfo().log("updating vulnerabilities");
        List<String> detailNotes = update.details();
        detailNotes.forEach(note -> log.atWarn().addKeyValue("note", note).log("metadata is not complete"));
        int notes = detailNotes.size();
        int failures = 0;
        for (Updater updater : settings.enabled()) {
            Optional<UpdaterState> state = update.run(updater, lease);
            if (state.isEmpty()) {
                return fencedOff(updater.text());
            }
            tell(updater, state.get());
            notes += state.get().notes().size();
            failures += state.get().failure() == null ? 0 : 1;
        }
        Instant ended = leases.now();
        int rounds = failures == 0 ? 0 : 1 + failedBefore;
        if (failures == 0) {
            values.put(UpdaterKeys.LAST, Long.toString(ended.getEpochSecond()), lease);
        }
        // At the end: a server that is killed before it is followed by one that updates again, and after it by none.
        if (!values.put(UpdaterKeys.RUN, new LastRun(ended, rounds).text(), lease)) {
            return fencedOff("all");
        }
        metrics.updated(System.nanoTime() - began, notes);
        log.atInfo()
                .addKeyValue("failures", failures)
                .addKeyValue("notes", notes)
                .log("update finished");
        return LastRun.pause(rounds, settings.interval());
    }

    private Duration fencedOff(String updater) {
        if (stopped.getCount() > 0) {
            log.atWarn()
                    .addKeyValue("updater", updater)
                    .log("another server updates now: what this one was about to change is fenced off");
        }
        return Duration.ZERO;
    }

    private void tell(Updater updater, UpdaterState state) {
        for (String note : state.notes()) {
            log.atInfo()
                    .addKeyValue("updater", updater.text())
                    .addKeyValue("note", note)
                    .log("updater note");
        }
        if (state.failure() != null) {
            metrics.updaterFailed();
            log.atWarn()
                    .addKeyValue("updater", updater.text())
                    .addKeyValue("reason", state.failure())
                    .log("an updater failed");
        }
        log.atInfo()
                .addKeyValue("updater", updater.text())
                .addKeyValue("vulnerabilities", state.vulnerabilities())
                .addKeyValue("appeared", state.appeared())
                .addKeyValue("changed", state.changed())
                .addKeyValue("disappeared", state.disappeared())
                .addKeyValue("took", state.took())
                .log("updater ended");
    }

    /** A lease that is renewed until it is given back. */
    private final class Held implements AutoCloseable {
        private final Lease lease;
        private final Thread renewing;

        Held(Lease lease) {
            this.lease = lease;
            held.set(lease);
            renewing = Thread.ofVirtual().name("updater-lease").start(this::renew);
        }

        private void renew() {
            try {
                boolean mine = true;
                while (mine) {
                    Thread.sleep(settings.lease().dividedBy(RENEWALS));
                    mine = renewed();
                }
            } catch (InterruptedException _) {
                // It was given back.
                Thread.currentThread().interrupt();
            }
        }

        /** Where nobody can say, it is tried again: others get it no sooner than it ends. */
        private boolean renewed() {
            try {
                return leases.renew(lease, settings.lease());
            } catch (ClairException | RuntimeException e) {
                log.atWarn().setCause(e).log("could not renew the lease of the update");
                return true;
            }
        }

        @Override
        public void close() throws ClairException {
            renewing.interrupt();
            held.set(null);
            leases.release(lease);
        }
    }

    /** Has the update end that runs: what is current stays so, and another server may go on. */
    public void stop() {
        stopped.countDown();
        Lease lease = held.get();
        try {
            if (lease != null) {
                leases.release(lease);
            }
        } catch (ClairException e) {
            log.atWarn().setCause(e).log("could not give back the lease of the update; it ends by itself");
        }
        thread.interrupt();
        generations.cancel();
    }

    /** Waits until it has ended. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
