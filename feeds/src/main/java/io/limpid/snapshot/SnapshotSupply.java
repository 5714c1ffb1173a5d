package io.limpid.snapshot;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedPart;
import io.limpid.format.TimeSpan;
import io.limpid.match.Advisories;
import io.limpid.match.AdvisorySupply;
import io.limpid.model.Distro;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Brings the advisories of a distribution from snapshot files, which it brings up to date meanwhile. */
public final class SnapshotSupply implements AdvisorySupply {
    /** An update is not begun again so soon, however often it is asked for. */
    private static final Duration ONCE = Duration.ofMinutes(1);

    private final List<Feed> feeds;
    private final SnapshotStore store;
    private final SnapshotUpdater updater;
    private final SupplyPolicy policy;
    private final InstantSource clock;
    private final Map<FeedPart, Running> running = new ConcurrentHashMap<>();

    /** An update that was begun. */
    private record Running(Instant begun, FutureTask<UpdateOutcome> outcome) {}

    public SnapshotSupply(
            List<Feed> feeds, SnapshotStore store, SnapshotUpdater updater, SupplyPolicy policy, InstantSource clock) {
        this.feeds = List.copyOf(feeds);
        this.store = store;
        this.updater = updater;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public void prepare(Distro distro) {
        if (!policy.offline()) {
            parts(distro).forEach(this::begin);
        }
    }

    private Map<FeedPart, Feed> parts(Distro distro) {
        Map<FeedPart, Feed> parts = new LinkedHashMap<>();
        for (Feed feed : feeds) {
            feed.partsFor(distro).forEach(part -> parts.put(part, feed));
        }
        return parts;
    }

    /** The update of a part, which is begun unless it was a short while ago; parts that several releases share are one. */
    private Running begin(FeedPart part, Feed feed) {
        return running.compute(part, (_, before) -> {
            Instant now = clock.instant();
            if (before != null && before.begun.plus(ONCE).isAfter(now)) {
                return before;
            }
            FutureTask<UpdateOutcome> task = new FutureTask<>(() -> updater.update(feed, part, policy.rules()));
            Thread.ofVirtual().name("update " + part).start(task);
            return new Running(now, task);
        });
    }

    @Override
    public Advisories forDistro(Distro distro) throws InterruptedException {
        prepare(distro);
        long deadline = System.nanoTime() + policy.deadline().toNanos();
        List<OpenPart> open = new ArrayList<>();
        try {
            for (Feed feed : feeds) {
                open(feed, distro, deadline, open);
            }
            return new OpenAdvisories(List.copyOf(open), new OpenDetails(store, feeds));
        } catch (InterruptedException | RuntimeException e) {
            open.forEach(part -> part.closeAfter(e));
            throw e;
        }
    }

    /**
     * Opens what a feed has for a distribution: its parts and, where those have nothing, the first of their stand-ins that has anything. What the
     * others lack is then no gap but worth knowing.
     */
    private void open(Feed feed, Distro distro, long deadline, List<OpenPart> open) throws InterruptedException {
        int first = open.size();
        boolean found = false;
        for (FeedPart part : feed.partsFor(distro)) {
            OpenPart opened = updated(part, feed, deadline);
            open.add(opened);
            found = found || opened.speaksOf(distro.namespace());
        }
        List<FeedPart> standIns = found ? List.of() : feed.standIns(distro);
        for (int i = 0; i < standIns.size() && !found; i++) {
            OpenPart opened = updated(standIns.get(i), feed, deadline);
            found = opened.speaksOf(distro.namespace());
            List<String> lacking = new ArrayList<>();
            for (int at = first; found && at < open.size(); at++) {
                lacking.addAll(open.get(at).gaps());
                open.set(at, open.get(at).withoutGaps());
            }
            open.add(opened.withNotes(lacking));
        }
    }

    private OpenPart updated(FeedPart part, Feed feed, long deadline) throws InterruptedException {
        if (policy.offline()) {
            return open(part, /* outcome= */ null, /* late= */ false);
        }
        UpdateOutcome outcome = await(begin(part, feed), deadline);
        return open(part, outcome, outcome == null);
    }

    private static @Nullable UpdateOutcome await(Running update, long deadline) throws InterruptedException {
        try {
            return update.outcome.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            // An update ends in an outcome; whatever else it ends in is a fault of ours.
            throw new IllegalStateException("an update that ended without a word", e.getCause());
        }
    }

    private OpenPart open(FeedPart part, @Nullable UpdateOutcome outcome, boolean late) {
        PartFolder folder = store.part(part.feed(), part.name());
        List<String> said = new ArrayList<>();
        Snapshot snapshot = open(part, folder, said);
        String why = whyNothingNewer(outcome, late, folder);
        if (why != null) {
            said.add(part + ": " + why);
        }
        if (snapshot == null) {
            // Without data whatever is said is a gap.
            String nothing = "there are no data" + (policy.offline() ? ", and nothing may be fetched" : "");
            said.add(said.isEmpty() ? part + ": " + nothing : said.removeLast() + "; " + nothing);
            return new OpenPart(part.feed(), null, null, said, List.of());
        }
        Instant newest = folder.status().newest(snapshot.header());
        return new OpenPart(part.feed(), snapshot, newest, List.of(), said);
    }

    /** Why the data are not newer than they are; null when they are the newest, or nobody was to ask. */
    private @Nullable String whyNothingNewer(@Nullable UpdateOutcome outcome, boolean late, PartFolder folder) {
        return switch (outcome) {
            case UpdateOutcome.Failed failed -> "could not be updated: " + Failures.words(failed.problem());
            case UpdateOutcome.HeldBack held -> "newer data are held back: " + held.reason();
            case UpdateOutcome.Absent absent -> absent.reason();
            case UpdateOutcome.Updated _ -> null;
            case UpdateOutcome.Unchanged unchanged -> {
                String error = unchanged.asked() ? null : folder.status().error();
                yield error == null ? null : "the last update brought nothing: " + error;
            }
            case null -> late ? "updating takes longer than " + TimeSpan.words(policy.deadline()) : null;
        };
    }

    /** The current generation, or the one before where that is damaged. */
    private @Nullable Snapshot open(FeedPart part, PartFolder folder, List<String> said) {
        try {
            return folder.open(store.limits());
        } catch (IOException e) {
            said.add(part + ": " + Failures.reason(e));
        }
        try {
            Snapshot previous = folder.openPrevious(store.limits());
            if (previous != null) {
                said.add(part + ": the generation before that is used, fetched "
                        + previous.header().fetchedAt());
            }
            return previous;
        } catch (IOException e) {
            said.add(part + ": the generation before that cannot be used either: " + Failures.reason(e));
            return null;
        }
    }
}
