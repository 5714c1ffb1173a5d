package io.limpid.snapshot;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedPart;
import io.limpid.model.Advisory;
import io.limpid.model.LimpidException;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What there is in a store, for people who want to know: state of the parts, contents, soundness of the files. */
public final class SnapshotCatalog {
    private final SnapshotStore store;

    public SnapshotCatalog(SnapshotStore store) {
        this.store = store;
    }

    /**
     * The state of a part.
     *
     * @param header what its current generation says of itself, null when there is none that can be read
     * @param bytes how many bytes that has
     * @param status what became of updates
     * @param rolledBackFrom when the data were fetched that it was rolled back from, null when it was not
     * @param problem why there is a file and no header, null when there is nothing wrong
     */
    public record Part(
            String feed,
            String part,
            @Nullable SnapshotHeader header,
            long bytes,
            PartStatus status,
            @Nullable Instant rolledBackFrom,
            @Nullable String problem) {

        /** When it was last known to be the newest there is, null when there is none. */
        public @Nullable Instant checked() {
            return header == null ? null : status.newest(header);
        }
    }

    /** An advisory that was found, whole, and where it is. */
    public record Match(String feed, String part, Advisory advisory) {}

    /** What is known of a vulnerability whatever package has it, whole, and where it is. */
    public record Known(String feed, String part, VulnerabilityDetails details) {}

    /**
     * What a search found.
     *
     * @param matches the first of the advisories
     * @param all how many of them there are
     * @param known what is known of the vulnerability whatever package has it
     * @param problems why parts could not be searched, or not to their end
     */
    public record Found(List<Match> matches, long all, List<Known> known, List<LimpidException> problems) {
        public Found {
            matches = List.copyOf(matches);
            known = List.copyOf(known);
            problems = List.copyOf(problems);
        }
    }

    /**
     * What became of reading a whole file.
     *
     * @param problem what is wrong with it, null when nothing is
     */
    public record Verified(
            String feed, String part, Path file, @Nullable LimpidException problem) {

        /** Whether it may well be whole, but is of another version of the format, which cannot be told. */
        public boolean isOfAnotherVersion() {
            return problem != null && problem.getCause() instanceof SnapshotFormat.OtherVersionException;
        }

        /** Whether it is the current one, and not one that is kept besides. */
        public boolean isCurrent() {
            return file.endsWith(PartFolder.CURRENT);
        }
    }

    /**
     * The state of every part that there is, and of those that these feeds know of, sorted by feed and part.
     *
     * @param feeds the feeds whose parts are listed also when nothing was ever fetched of them
     */
    public List<Part> parts(List<Feed> feeds) throws IOException {
        TreeSet<SnapshotStore.Named> names =
                new TreeSet<>(Comparator.comparing(SnapshotStore.Named::feed).thenComparing(SnapshotStore.Named::part));
        names.addAll(store.parts());
        for (Feed feed : feeds) {
            for (FeedPart part : feed.parts()) {
                names.add(new SnapshotStore.Named(part.feed(), part.name()));
            }
        }
        List<Part> parts = new ArrayList<>();
        for (SnapshotStore.Named name : names) {
            parts.add(state(name));
        }
        return parts;
    }

    private Part state(SnapshotStore.Named name) {
        PartFolder folder = store.part(name.feed(), name.part());
        PartStatus status = folder.status();
        try (Snapshot snapshot = folder.open(store.limits())) {
            if (snapshot == null) {
                return new Part(name.feed(), name.part(), null, 0, status, null, null);
            }
            SnapshotHeader withdrawn = folder.withdrawn(snapshot.header(), store.limits());
            return new Part(
                    name.feed(),
                    name.part(),
                    snapshot.header(),
                    snapshot.bytes(),
                    status,
                    withdrawn == null ? null : withdrawn.fetchedAt(),
                    null);
        } catch (IOException e) {
            return new Part(name.feed(), name.part(), null, 0, status, null, Failures.reason(e));
        }
    }

    /**
     * The advisories of this id or alias, however it is written, or of the package of this name, and what is known of it besides; in a fixed order.
     *
     * <p>A part that is damaged is told of, and holds up no other.
     *
     * @param most how many advisories are brought; the others are counted
     */
    public Found search(String text, int most) throws IOException {
        List<Match> matches = new ArrayList<>();
        long all = 0;
        List<Known> known = new ArrayList<>();
        List<LimpidException> problems = new ArrayList<>();
        for (SnapshotStore.Named name : store.parts()) {
            try (Snapshot snapshot = store.part(name.feed(), name.part()).open(store.limits())) {
                if (snapshot == null) {
                    continue;
                }
                List<Advisory> found = search(snapshot, text);
                all += found.size();
                for (Advisory advisory : found) {
                    if (matches.size() == most) {
                        break;
                    }
                    matches.add(new Match(name.feed(), name.part(), snapshot.whole(advisory)));
                }
                for (VulnerabilityDetails details : snapshot.details(text)) {
                    known.add(new Known(name.feed(), name.part(), snapshot.whole(details)));
                }
            } catch (LimpidException e) {
                problems.add(e);
            }
        }
        return new Found(matches, all, known, problems);
    }

    private static List<Advisory> search(Snapshot snapshot, String text) throws IOException {
        List<Advisory> found = new ArrayList<>();
        for (SnapshotHeader.Namespace namespace : snapshot.header().namespaces()) {
            found.addAll(snapshot.about(namespace.name(), text));
        }
        for (Snapshot.PackageName name : snapshot.named(text)) {
            if (name.name().equals(text)) {
                continue;
            }
            for (Advisory advisory : snapshot.about(name.namespace(), name.name())) {
                if (isNamed(advisory, text)) {
                    found.add(advisory);
                }
            }
        }
        return found;
    }

    private static boolean isNamed(Advisory advisory, String text) {
        String filed = SnapshotWriter.filed(text);
        return SnapshotWriter.filed(advisory.id()).equals(filed)
                || advisory.aliases().stream()
                        .anyMatch(alias -> SnapshotWriter.filed(alias).equals(filed));
    }

    /** The names of the parts of which something is kept or known, {@code FEED/PART}, sorted. */
    public List<String> names() throws IOException {
        return store.parts().stream()
                .map(name -> name.feed() + "/" + name.part())
                .toList();
    }

    /**
     * Opens the current generation of a part; to be closed by the caller.
     *
     * @return null when there is none
     * @throws LimpidException when it is damaged
     */
    public @Nullable Snapshot open(String feed, String part) throws IOException {
        return store.part(feed, part).open(store.limits());
    }

    /** When a generation that is current was last known to be the newest there is. */
    public Instant newest(SnapshotHeader header) {
        return store.part(header.feed(), header.part()).status().newest(header);
    }

    /** Reads every file whole: the current ones, those before them, and those that were rolled back from. */
    public List<Verified> verify() throws IOException {
        List<Verified> all = new ArrayList<>();
        for (SnapshotStore.Named name : store.parts()) {
            PartFolder folder = store.part(name.feed(), name.part());
            for (Path file : List.of(folder.current(), folder.previous(), folder.withdrawn())) {
                if (Files.exists(file)) {
                    all.add(verify(name, folder, file));
                }
            }
        }
        return all;
    }

    private Verified verify(SnapshotStore.Named name, PartFolder folder, Path file) throws IOException {
        try (Snapshot snapshot = folder.open(file, store.limits())) {
            if (snapshot != null) {
                snapshot.verify();
            }
            return new Verified(name.feed(), name.part(), file, null);
        } catch (LimpidException e) {
            return new Verified(name.feed(), name.part(), file, e);
        }
    }
}
