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
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
    private final InstantSource clock;

    /** By the names of the parts of what is known of vulnerabilities besides. */
    private final Map<String, String> detailMarks = new TreeMap<>();

    FeedUpdate(
            List<Feed> feeds,
            SnapshotStore files,
            SnapshotUpdater fetcher,
            GenerationStore generations,
            KeyValueStore values,
            InstantSource clock) {
        this.feeds = List.copyOf(feeds);
        this.files = files;
        this.fetcher = fetcher;
        this.generations = generations;
        this.values = values;
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
        try (FetchedParts fetched = FetchedParts.of(sources, files, fetcher);
                OpenDetails details = new OpenDetails(files, List.of(UpdaterSources.details(feeds)))) {
            return made(updater, sources, lease, fetched, details, begun);
        } catch (IOException | ClairException e) {
            log.atWarn().setCause(e).addKeyValue("updater", updater.text()).log("an updater was broken off");
            return failed(updater, lease, begun, List.of(words(e)), List.of());
        }
    }

    private static String words(Exception failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : " (" + cause.getMessage() + ")");
    }

    private Optional<UpdaterState> made(
            Updater updater,
            UpdaterSources sources,
            Lease lease,
            FetchedParts fetched,
            OpenDetails details,
            Instant begun)
            throws ClairException, IOException {
        Map<String, String> current =
                marks(values.get(UpdaterKeys.parts(updater)).orElse(""));
        for (String part : fetched.old()) {
            String mark = current.get(part);
            if (mark != null && !mark.equals(fetched.marks().get(part))) {
                List<String> failures = new ArrayList<>(fetched.failures());
                failures.add(part + ": what this server has of it is older than what another one made current");
                return failed(updater, lease, begun, failures, fetched.notes());
            }
        }
        if (fetched.parts().isEmpty() && fetched.standIns().isEmpty()) {
            return failed(updater, lease, begun, fetched.failures(), fetched.notes());
        }
        Map<String, String> marks = new TreeMap<>(fetched.marks());
        marks.putAll(detailMarks);
        Map<String, String> elsewhere = elsewhere(sources, current, fetched);
        marks.putAll(elsewhere);
        boolean hasFinished = values.get(UpdaterKeys.finished(updater)).isPresent();
        if (marks.equals(current) && hasFinished) {
            return unchanged(updater, lease, fetched, begun);
        }
        return generations
                .replace(
                        updater.text(),
                        new FeedGeneration(
                                updater,
                                fetched.parts(),
                                fetched.standIns(),
                                details,
                                fetched.isComplete() && elsewhere.isEmpty()),
                        lease,
                        hasFinished,
                        outcome -> remarks(updater, fetched, marks, state(fetched, begun, outcome)))
                .map(outcome -> state(fetched, begun, outcome));
    }

    /** Parts that another server has kept and made current, and that their publisher does not have any more: this one knows nothing of them. */
    private static Map<String, String> elsewhere(
            UpdaterSources sources, Map<String, String> current, FetchedParts fetched) {
        Map<String, String> elsewhere = new TreeMap<>();
        for (FeedPart part : sources.parts()) {
            String mark = current.get(part.toString());
            if (mark != null && !fetched.marks().containsKey(part.toString())) {
                elsewhere.put(part.toString(), mark);
            }
        }
        return elsewhere;
    }

    /** What fails leaves the updater unfinished that never was, and what was current before is current still. */
    private Map<String, String> remarks(
            Updater updater, FetchedParts fetched, Map<String, String> marks, UpdaterState state) {
        Map<String, String> remarks = new HashMap<>();
        remarks.put(UpdaterKeys.state(updater), state.text());
        if (fetched.failures().isEmpty()) {
            remarks.put(
                    UpdaterKeys.finished(updater), Long.toString(state.ended().getEpochSecond()));
        }
        if (fetched.isComplete()) {
            remarks.put(
                    UpdaterKeys.parts(updater),
                    marks.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining("\n")));
        }
        return remarks;
    }

    private static Map<String, String> marks(String text) {
        Map<String, String> marks = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                marks.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        return marks;
    }

    private Optional<UpdaterState> unchanged(Updater updater, Lease lease, FetchedParts fetched, Instant begun)
            throws ClairException {
        long before = before(updater).map(UpdaterState::vulnerabilities).orElse(0L);
        UpdaterState state = state(fetched, begun, new Outcome(before, 0, 0, 0, 0));
        boolean held = values.put(UpdaterKeys.state(updater), state.text(), lease)
                && (!fetched.failures().isEmpty()
                        || values.put(
                                UpdaterKeys.finished(updater),
                                Long.toString(state.ended().getEpochSecond()),
                                lease));
        return held ? Optional.of(state) : Optional.empty();
    }

    private Optional<UpdaterState> before(Updater updater) throws ClairException {
        return values.get(UpdaterKeys.state(updater)).flatMap(UpdaterState::of);
    }

    private UpdaterState state(FetchedParts fetched, Instant begun, Outcome outcome) {
        List<String> notes = new ArrayList<>(fetched.notes());
        if (outcome.tooLong() > 0) {
            notes.add(outcome.tooLong() + " records were passed over: a name or version is too long");
        }
        Instant now = clock.instant();
        return new UpdaterState(
                now,
                took(begun, now),
                reason(fetched.failures()),
                outcome.vulnerabilities(),
                outcome.appeared(),
                outcome.changed(),
                outcome.disappeared(),
                notes);
    }

    private Optional<UpdaterState> failed(
            Updater updater, Lease lease, Instant begun, List<String> failures, List<String> notes) {
        Instant now = clock.instant();
        try {
            long before = before(updater).map(UpdaterState::vulnerabilities).orElse(0L);
            UpdaterState state = new UpdaterState(now, took(begun, now), reason(failures), before, 0, 0, 0, notes);
            return values.put(UpdaterKeys.state(updater), state.text(), lease) ? Optional.of(state) : Optional.empty();
        } catch (ClairException e) {
            // That the database does not answer is most often why it failed.
            return Optional.of(new UpdaterState(now, took(begun, now), reason(failures), 0, 0, 0, 0, notes));
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
