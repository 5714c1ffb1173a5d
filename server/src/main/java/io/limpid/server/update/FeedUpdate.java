package io.limpid.server.update;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedPart;
import io.limpid.server.clair.ClairException;
import io.limpid.server.store.GenerationStore;
import io.limpid.server.store.GenerationStore.Outcome;
import io.limpid.server.store.KeyValueStore;
import io.limpid.server.store.Leases.Lease;
import io.limpid.snapshot.OpenDetails;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.SnapshotUpdater;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs of updaters: a feed's parts are fetched into files, and what they say is made current in the database. */
final class FeedUpdate {
    private static final Logger log = LoggerFactory.getLogger(FeedUpdate.class);

    private final List<Feed> feeds;
    private final SnapshotStore files;
    private final SnapshotUpdater fetcher;
    private final GenerationStore generations;
    private final KeyValueStore values;
    private final Set<Updater> forced;
    private final InstantSource clock;

    /** By the names of the parts of what is known of vulnerabilities besides. */
    private final Map<String, String> detailMarks = new TreeMap<>();

    /** One run of an updater, and what of it went wrong or is worth to be told. */
    private record Run(Updater updater, Lease lease, Instant begun, List<String> failures, List<String> notes) {}

    /**
     * Runs on a server.
     *
     * @param feeds all that there are
     * @param forced updaters of which data are taken that are suspiciously few or old
     */
    FeedUpdate(
            List<Feed> feeds,
            SnapshotStore files,
            SnapshotUpdater fetcher,
            GenerationStore generations,
            KeyValueStore values,
            Set<Updater> forced,
            InstantSource clock) {
        this.feeds = List.copyOf(feeds);
        this.files = files;
        this.fetcher = fetcher;
        this.generations = generations;
        this.values = values;
        this.forced = Set.copyOf(forced);
        this.clock = clock;
    }

    /**
     * Fetches what is newer of what is known of vulnerabilities besides; no updater waits for it or fails without it.
     *
     * @return what could not be had
     */
    List<String> details() throws InterruptedException {
        Feed feed = UpdaterSources.details(feeds);
        List<FeedPart> years = new ArrayList<>();
        List<FeedPart> windows = new ArrayList<>();
        feed.parts().forEach(part -> (feed.isWindow(part) ? windows : years).add(part));
        List<String> notes = new ArrayList<>();
        try {
            // What has changed lately is taken when something else is: it alone makes nobody compare everything.
            FetchedParts.besides(feed, windows, files, fetcher, notes);
            detailMarks.clear();
            detailMarks.putAll(FetchedParts.besides(feed, years, files, fetcher, notes));
        } catch (IOException e) {
            notes.add(String.valueOf(e.getMessage()));
        }
        return notes;
    }

    /**
     * Runs an updater.
     *
     * @param lease without which nothing is changed
     * @return empty when another server has got the lease
     */
    Optional<UpdaterState> run(Updater updater, Lease lease) throws InterruptedException {
        Instant begun = clock.instant();
        UpdaterSources sources = UpdaterSources.of(updater, feeds);
        try (FetchedParts fetched = FetchedParts.of(sources, files, fetcher, forced.contains(updater));
                OpenDetails details = new OpenDetails(files, List.of(UpdaterSources.details(feeds)))) {
            return made(updater, sources, lease, fetched, details, begun);
        } catch (IOException | ClairException | RuntimeException e) {
            log.atWarn().setCause(e).addKeyValue("updater", updater.text()).log("an updater was broken off");
            return failed(new Run(updater, lease, begun, List.of(words(e)), List.of()));
        }
    }

    private static String words(Exception failure) {
        Throwable cause = failure.getCause();
        return (failure instanceof RuntimeException ? failure.toString() : failure.getMessage())
                + (cause == null ? "" : " (" + cause.getMessage() + ")");
    }

    private Optional<UpdaterState> made(
            Updater updater,
            UpdaterSources sources,
            Lease lease,
            FetchedParts fetched,
            OpenDetails details,
            Instant begun)
            throws ClairException, IOException {
        PartMarks current = PartMarks.of(values.get(UpdaterKeys.parts(updater)).orElse(""));
        Run run = new Run(updater, lease, begun, new ArrayList<>(fetched.failures()), fetched.notes());
        for (String part : fetched.old()) {
            if (current.isOther(part, Objects.requireNonNull(fetched.marks().get(part)))) {
                run.failures.add(part + ": what this server has of it is not what is current, and may be older");
                return failed(run);
            }
        }
        if (fetched.parts().isEmpty() && fetched.standIns().isEmpty()) {
            return failed(run);
        }
        LeftAlone leftAlone = LeftAlone.of(updater, sources, current, fetched);
        PartMarks elsewhere = current.only(leftAlone.missing()::contains);
        elsewhere.marks().keySet().stream()
                .filter(part -> fetched.lacking().stream()
                        .noneMatch(one -> one.toString().equals(part)))
                .forEach(part ->
                        run.failures.add(part + ": what is current of it stays, this server has nothing of it"));
        PartMarks detailsBefore = current.only(this::isDetailElsewhere);
        PartMarks marks = elsewhere
                .with(fetched.marks())
                .partly(leftAlone.isNothing() ? Set.of() : fetched.marks().keySet())
                .with(detailMarks)
                .with(detailsBefore.marks());
        boolean hasFinished = values.get(UpdaterKeys.finished(updater)).isPresent();
        if (marks.equals(current) && hasFinished) {
            return unchanged(run);
        }
        FeedGeneration generation = new FeedGeneration(
                updater,
                fetched.parts(),
                fetched.standIns(),
                details,
                !detailsBefore.marks().isEmpty(),
                leftAlone);
        return generations
                .replace(
                        updater.text(),
                        generation,
                        lease,
                        new GenerationStore.Rules(hasFinished, forced.contains(updater)),
                        outcome -> remarks(
                                run,
                                outcome.heldBack().isEmpty()
                                        ? marks
                                        : marks.partly(fetched.marks().keySet()),
                                state(run, outcome)))
                .map(outcome -> state(run, outcome));
    }

    /** Whether a part is one of what is known of vulnerabilities besides, and this server has nothing of it. */
    private boolean isDetailElsewhere(String part) {
        return !detailMarks.containsKey(part)
                && UpdaterSources.details(feeds).parts().stream()
                        .anyMatch(one -> one.toString().equals(part));
    }

    /** What fails leaves the updater unfinished that never was, and what was current before is current still. */
    private static Map<String, String> remarks(Run run, PartMarks marks, UpdaterState state) {
        Map<String, String> remarks = new HashMap<>();
        remarks.put(UpdaterKeys.state(run.updater), state.text());
        remarks.put(UpdaterKeys.parts(run.updater), marks.text());
        if (state.failure() == null) {
            remarks.put(UpdaterKeys.finished(run.updater), seconds(state));
        }
        return remarks;
    }

    private static String seconds(UpdaterState state) {
        return Long.toString(state.ended().getEpochSecond());
    }

    private Optional<UpdaterState> unchanged(Run run) throws ClairException {
        long before = before(run.updater).map(UpdaterState::vulnerabilities).orElse(0L);
        UpdaterState state = state(run, new Outcome(before, 0, 0, 0, 0, List.of()));
        boolean held = values.put(UpdaterKeys.state(run.updater), state.text(), run.lease)
                && (state.failure() != null
                        || values.put(UpdaterKeys.finished(run.updater), seconds(state), run.lease));
        return held ? Optional.of(state) : Optional.empty();
    }

    private Optional<UpdaterState> before(Updater updater) throws ClairException {
        return values.get(UpdaterKeys.state(updater)).flatMap(UpdaterState::of);
    }

    private UpdaterState state(Run run, Outcome outcome) {
        List<String> notes = new ArrayList<>(run.notes);
        if (outcome.tooLong() > 0) {
            notes.add(outcome.tooLong() + " records were passed over: a name is too long");
        }
        List<String> failures = new ArrayList<>(run.failures);
        failures.addAll(outcome.heldBack());
        Instant now = clock.instant();
        return new UpdaterState(
                now,
                took(run.begun, now),
                reason(failures),
                outcome.vulnerabilities(),
                outcome.appeared(),
                outcome.changed(),
                outcome.disappeared(),
                notes);
    }

    private Optional<UpdaterState> failed(Run run) {
        Instant now = clock.instant();
        Duration took = took(run.begun, now);
        try {
            long before = before(run.updater).map(UpdaterState::vulnerabilities).orElse(0L);
            UpdaterState state = new UpdaterState(now, took, reason(run.failures), before, 0, 0, 0, run.notes);
            return values.put(UpdaterKeys.state(run.updater), state.text(), run.lease)
                    ? Optional.of(state)
                    : Optional.empty();
        } catch (ClairException e) {
            // That the database does not answer is most often why it failed.
            return Optional.of(new UpdaterState(now, took, reason(run.failures), 0, 0, 0, 0, run.notes));
        }
    }

    /** A clock may be put back. */
    private static Duration took(Instant begun, Instant now) {
        return now.isBefore(begun) ? Duration.ZERO : Duration.between(begun, now);
    }

    private static @Nullable String reason(List<String> failures) {
        return failures.isEmpty() ? null : String.join("; ", failures);
    }
}
