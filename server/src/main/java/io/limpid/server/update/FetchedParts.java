package io.limpid.server.update;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedPart;
import io.limpid.snapshot.Gap;
import io.limpid.snapshot.Snapshot;
import io.limpid.snapshot.SnapshotHeader;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.SnapshotUpdater;
import io.limpid.snapshot.UpdateOutcome;
import io.limpid.snapshot.UpdateRules;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of an updater, asked for just now and open; and what was learnt on the way. */
final class FetchedParts implements Closeable {
    /** Raised whenever the same advisories make other vulnerabilities than before. */
    private static final int CONVERSION = 2;

    /** Publishers are asked each time whether they have something newer: who asked has the newest, whatever another server has. */
    private static final UpdateRules RULES =
            new UpdateRules(Duration.ZERO, UpdateRules.DEFAULT.force(), UpdateRules.DEFAULT.patience());

    /** Once so many in a row could not be had nobody waits for the others. */
    private static final int FAILURES_IN_A_ROW = 2;

    private final SnapshotStore files;
    private final SnapshotUpdater fetcher;
    private final UpdateRules rules;
    private final List<Snapshot> parts = new ArrayList<>();
    private final List<Snapshot> standIns = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, String> marks = new TreeMap<>();
    private final List<String> old = new ArrayList<>();
    private final Set<FeedPart> lacking = new LinkedHashSet<>();

    private FetchedParts(SnapshotStore files, SnapshotUpdater fetcher, UpdateRules rules) {
        this.files = files;
        this.fetcher = fetcher;
        this.rules = rules;
    }

    /**
     * Fetches what is newer of an updater's parts.
     *
     * @param isForced whether data are taken that are suspiciously few or old
     */
    static FetchedParts of(UpdaterSources sources, SnapshotStore files, SnapshotUpdater fetcher, boolean isForced)
            throws InterruptedException, IOException {
        FetchedParts fetched =
                new FetchedParts(files, fetcher, new UpdateRules(RULES.refresh(), isForced, RULES.patience()));
        try {
            fetched.fetch(sources);
            return fetched;
        } catch (InterruptedException | IOException | RuntimeException e) {
            try {
                fetched.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /**
     * Fetches what is newer of parts that nothing depends on.
     *
     * @return marks of those that there are, by name
     */
    static Map<String, String> besides(
            Feed feed, List<FeedPart> parts, SnapshotStore files, SnapshotUpdater fetcher, List<String> notes)
            throws InterruptedException, IOException {
        Map<String, String> marks = new TreeMap<>();
        int failuresInARow = 0;
        for (FeedPart part : parts) {
            if (failuresInARow < FAILURES_IN_A_ROW) {
                String problem = problem(fetcher.update(feed, part, RULES));
                failuresInARow = problem == null ? 0 : failuresInARow + 1;
                if (problem != null) {
                    notes.add(part + ": " + problem
                            + (failuresInARow < FAILURES_IN_A_ROW ? "" : "; the others are not asked for"));
                }
            }
            try (Snapshot snapshot = files.open(part)) {
                if (snapshot != null) {
                    marks.put(part.toString(), mark(snapshot.header()));
                }
            }
        }
        return marks;
    }

    private void fetch(UpdaterSources sources) throws InterruptedException, IOException {
        for (FeedPart part : sources.parts()) {
            fetch(sources.feed(), part, parts);
        }
        int before = failures.size();
        for (FeedPart part : sources.standIns()) {
            List<String> unneeded = List.copyOf(failures.subList(before, failures.size()));
            if (fetch(sources.feed(), part, standIns)) {
                // It stands for those before it too.
                failures.removeAll(unneeded);
                notes.addAll(unneeded);
                sources.standIns().forEach(lacking::remove);
                break;
            }
        }
        if (parts.isEmpty() && standIns.isEmpty() && failures.isEmpty()) {
            failures.add("its publisher has none of its documents");
        }
    }

    /** Whether there is something of the part, new or old. */
    private boolean fetch(Feed feed, FeedPart part, List<Snapshot> open) throws InterruptedException, IOException {
        UpdateOutcome outcome = fetcher.update(feed, part, rules);
        Snapshot snapshot = files.open(part);
        String problem = problem(outcome);
        if (problem != null) {
            failures.add(part + ": " + problem);
        }
        if (snapshot == null) {
            if (problem != null) {
                lacking.add(part);
            }
            return false;
        }
        open.add(snapshot);
        marks.put(part.toString(), mark(snapshot.header()));
        if (problem != null) {
            old.add(part.toString());
        }
        for (Gap gap : snapshot.header().gaps()) {
            notes.add(part + ": " + gap.what());
        }
        return true;
    }

    /** Why what there is of a part is not the newest; null when it is, also where its publisher never had any. */
    private static @Nullable String problem(UpdateOutcome outcome) {
        return switch (outcome) {
            case UpdateOutcome.Failed failed ->
                failed.problem().what()
                        + (failed.problem().reason() == null
                                ? ""
                                : ": " + failed.problem().reason());
            case UpdateOutcome.HeldBack held -> "newer data are held back: " + held.reason();
            case UpdateOutcome.Absent absent -> absent.kept() == null ? null : absent.reason();
            case UpdateOutcome.Updated _, UpdateOutcome.Unchanged _ -> null;
        };
    }

    /** What tells what a part says from everything else that it may say: the documents, and who reads them. */
    private static String mark(SnapshotHeader header) {
        StringBuilder text = new StringBuilder().append(CONVERSION).append(' ').append(header.feedVersion());
        for (var document : header.documents()) {
            var contents = document.contents();
            text.append('\n').append(document.name()).append(' ');
            text.append(contents == null ? "" : contents.digest().hex());
        }
        return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** What all counts of. */
    List<Snapshot> parts() {
        return List.copyOf(parts);
    }

    /** What counts of where the parts say nothing. */
    List<Snapshot> standIns() {
        return List.copyOf(standIns);
    }

    /** By the names of the parts what tells one state of each from others. */
    Map<String, String> marks() {
        return marks;
    }

    /** Those that may not be the newest that there are. */
    List<String> old() {
        return old;
    }

    /** Those of which there is nothing though their publisher has them. */
    Set<FeedPart> lacking() {
        return lacking;
    }

    /** Why something is not the newest, or not there. */
    List<String> failures() {
        return failures;
    }

    /** What is worth to be told besides. */
    List<String> notes() {
        return notes;
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (List<Snapshot> open : List.of(parts, standIns)) {
            for (Snapshot snapshot : open) {
                try {
                    snapshot.close();
                } catch (IOException e) {
                    first = first == null ? e : first;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
