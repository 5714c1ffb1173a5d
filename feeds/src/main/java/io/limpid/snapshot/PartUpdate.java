package io.limpid.snapshot;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** One update of one part, by whoever has its lock: fetch, read, write, look at it, switch. */
final class PartUpdate implements Closeable {
    private static final String NEW = "new";
    private static final int BATCH = 1000;
    private static final int MOST_NOTES = 100;
    private static final int NOTE_CHARACTERS = 500;

    private final Feed feed;
    private final FeedPart part;
    private final SnapshotStore store;
    private final PartFolder folder;
    private final Downloader downloader;
    private final Semaphore readers;
    private final Phases phases;
    private final @Nullable Snapshot current;
    /** What was rolled back from: the publisher is asked for something newer than this. */
    private final @Nullable SnapshotHeader withdrawn;

    /**
     * @param current the generation that is there, null when there is none that can be read; closed with this
     * @param readers bounds how many parts are read at the same time, because that takes memory
     */
    PartUpdate(
            Feed feed,
            FeedPart part,
            SnapshotStore store,
            PartFolder folder,
            Downloader downloader,
            Semaphore readers,
            Phases phases,
            @Nullable Snapshot current) {
        this.feed = feed;
        this.part = part;
        this.store = store;
        this.folder = folder;
        this.downloader = downloader;
        this.readers = readers;
        this.phases = phases;
        this.current = current;
        this.withdrawn = folder.withdrawn(header(), store.limits());
    }

    /** Updates. */
    UpdateOutcome run(UpdateRules rules, Instant now) throws IOException, InterruptedException {
        PartFetch fetch =
                new PartFetch(feed, part, store.origin(), downloader, limits(), folder.work(), folder.kept(), phases);
        PartFetch.Result result = fetch.fetch(known(rules));
        if (result instanceof PartFetch.Result.Unchanged && !isIntact()) {
            result = fetch.fetch(List.of());
        } else if (result instanceof PartFetch.Result.Unchanged && current != null && withdrawn != null) {
            return new UpdateOutcome.HeldBack(
                    "they are those of " + withdrawn.fetchedAt() + " that were rolled back here, and nothing newer",
                    current.header());
        }
        return switch (result) {
            case PartFetch.Result.Absent(FeedPart.Document document) ->
                new UpdateOutcome.Absent(document.name(), store.origin().shown(document.url()), header());
            case PartFetch.Result.Unchanged _
            when current != null -> new UpdateOutcome.Unchanged(current.header(), true);
            case PartFetch.Result.Unchanged _ -> throw new IllegalStateException("unchanged, but against what?");
            case PartFetch.Result.Fetched fetched -> {
                readers.acquire();
                try {
                    yield replace(rules, now, fetched);
                } finally {
                    readers.release();
                }
            }
        };
    }

    /** Whether what is current is worth being kept. */
    private boolean isIntact() throws IOException {
        return current != null && current.isIntact();
    }

    private Limits limits() {
        return store.limits();
    }

    private @Nullable SnapshotHeader header() {
        return current == null ? null : current.header();
    }

    /** The newest generation that was ever here, rolled back from or not. */
    private @Nullable SnapshotHeader newest() {
        return withdrawn == null ? header() : withdrawn;
    }

    /**
     * What need not be fetched again: nothing, when another reader would make something else of it, when another origin has named it, whose ETags
     * and dates mean nothing to this one, or when one insists.
     */
    private List<FetchedDocument> known(UpdateRules rules) {
        SnapshotHeader header = newest();
        return header == null
                        || header.feedVersion() != feed.version()
                        || !Objects.equals(header.mirror(), mirror())
                        || rules.force()
                ? List.of()
                : header.documents();
    }

    private @Nullable String mirror() {
        return store.origin().mirror() == null ? null : store.origin().address();
    }

    private UpdateOutcome replace(UpdateRules rules, Instant now, PartFetch.Result.Fetched fetched) throws IOException {
        Path file = folder.work().resolve(NEW);
        SnapshotHeader written = write(file, rules, now, fetched);
        phases.reached(Phase.WRITTEN);
        try (Snapshot next = Snapshot.open(file, limits())) {
            next.verify();
            String suspicion = rules.force() ? null : GenerationCheck.suspicion(header(), written, feed.isWindow(part));
            if (suspicion != null && current != null) {
                return new UpdateOutcome.HeldBack(suspicion, current.header());
            }
            List<String> notes = new ArrayList<>(written.notes());
            written.gaps().forEach(gap -> notes.add(gap.what()));
            Difference difference = difference(next, notes);
            phases.reached(Phase.VERIFIED);
            if (isIntact()) {
                folder.keepPrevious();
                phases.reached(Phase.KEPT);
            } else {
                folder.forgetUnusablePrevious(limits());
            }
            folder.makeCurrent(file);
            folder.forgetWithdrawn();
            phases.reached(Phase.SWITCHED);
            keep(written.documents(), fetched.files(), notes);
            return new UpdateOutcome.Updated(written, difference, notes);
        }
    }

    /** What cannot be kept is fetched again the next time. */
    private void keep(List<FetchedDocument> documents, Map<String, Path> files, List<String> notes) {
        try {
            folder.kept().keep(documents, files);
        } catch (IOException e) {
            notes.add("documents that need not be fetched again could not be kept: " + Failures.reason(e));
        }
    }

    private Difference difference(Snapshot next, List<String> notes) throws IOException {
        if (current == null) {
            return new Difference(next.header().records(), 0, 0);
        }
        try {
            return Difference.between(current, next);
        } catch (LimpidException e) {
            notes.add("the generation before could not be compared: " + e.getMessage());
            return new Difference(next.header().records(), 0, 0);
        }
    }

    /** Writes the new generation; an optional document that makes no sense is as if it were not there, where nothing is lost by that. */
    private SnapshotHeader write(Path file, UpdateRules rules, Instant now, PartFetch.Result.Fetched fetched)
            throws IOException {
        Map<String, Path> readable = new LinkedHashMap<>(fetched.files());
        Map<String, String> senseless = new LinkedHashMap<>();
        FeedException first = null;
        for (FeedException one : fetched.senseless().values()) {
            leaveOut(one, fetched, readable, senseless);
            first = first == null ? one : first;
        }
        while (true) {
            try {
                return write(file, rules, now, without(senseless.keySet(), fetched.documents()), readable, senseless);
            } catch (FeedException e) {
                // What would stand in for what is left out may not have been fetched: that is not what is wrong.
                FeedException wrong = first == null || fetched.files().containsKey(e.document()) ? e : first;
                leaveOut(wrong, fetched, readable, senseless);
                first = first == null ? e : first;
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Leaves out a document that makes no sense: its part is something without it, and what is current has nothing of it either.
     *
     * @throws FeedException that one, when its document is not to be left out
     */
    private void leaveOut(
            FeedException one,
            PartFetch.Result.Fetched fetched,
            Map<String, Path> readable,
            Map<String, String> senseless)
            throws FeedException {
        String name = one.document();
        SnapshotHeader header = header();
        boolean isKept = header != null
                && header.documents().stream()
                        .anyMatch(document -> document.name().equals(name) && document.contents() != null);
        if (isKept
                || !fetched.optional().contains(name)
                || senseless.size() >= PartFetch.MOST_SENSELESS
                || readable.remove(name) == null) {
            throw one;
        }
        senseless.put(name, String.valueOf(one.getMessage()));
    }

    private static List<FetchedDocument> without(Set<String> names, List<FetchedDocument> documents) {
        return documents.stream()
                .map(one -> names.contains(one.name())
                        ? new FetchedDocument(one.name(), one.url(), one.revision(), null)
                        : one)
                .toList();
    }

    private SnapshotHeader write(
            Path file,
            UpdateRules rules,
            Instant now,
            List<FetchedDocument> documents,
            Map<String, Path> files,
            Map<String, String> senseless)
            throws IOException {
        try (SnapshotWriter writer = new SnapshotWriter(part.toString(), file, folder.work(), limits())) {
            FeedReading reading = read(writer, files);
            phases.reached(Phase.READ);
            SnapshotHeader before = header();
            SnapshotHeader newest = newest();
            long generation = now.getEpochSecond();
            SnapshotHeader header = new SnapshotHeader(
                    part.feed(),
                    part.name(),
                    feed.version(),
                    newest == null ? generation : Math.max(generation, newest.generation() + 1),
                    mirror(),
                    now,
                    documents,
                    reading.dataDate() == null ? FetchedDocument.newest(documents) : reading.dataDate(),
                    List.of(),
                    0,
                    0,
                    reading.skipped(),
                    reading.notes().stream()
                            .limit(MOST_NOTES)
                            .map(PartUpdate::shortened)
                            .toList(),
                    List.of());
            SnapshotHeader.Counts counted = writer.sort();
            if (counted.isEmpty()) {
                throw new LimpidException(
                        ErrorCode.BROKEN_ADVISORIES,
                        "cannot use what " + part.feed() + " publishes for " + part,
                        "there is not one record in it",
                        "try again later; what was there before stays in use");
            }
            SnapshotHeader known = header.withCounts(counted);
            return writer.finish(known.withGaps(GenerationCheck.gaps(rules.force() ? null : before, known, senseless)));
        }
    }

    private static String shortened(String note) {
        return note.length() <= NOTE_CHARACTERS ? note : note.substring(0, NOTE_CHARACTERS) + "...";
    }

    private FeedReading read(SnapshotWriter writer, Map<String, Path> files) throws IOException {
        long[] count = {0};
        Scoring scoring = new Scoring();
        try (FetchedFiles documents = new FetchedFiles(files, limits())) {
            FeedReading reading = feed.read(part, documents, told -> {
                try {
                    writer.add(scoring.scored(told));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                if (++count[0] % BATCH == 0) {
                    phases.reached(Phase.READING);
                }
            });
            documents.finish();
            return reading;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}
