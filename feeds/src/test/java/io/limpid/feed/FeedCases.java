package io.limpid.feed;

import io.limpid.model.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The folders of test cases: of each feed those in {@code <id>/cases}, in each a folder named after a part, with its documents. */
public final class FeedCases {
    private static final Path RESOURCES = resources();

    private FeedCases() {}

    /** Where they are written, or, for a fuzzer that works in another folder, their copy beside the classes. */
    private static Path resources() {
        Path source = Path.of("src/test/resources/io/limpid/feed");
        try {
            return Files.isDirectory(source)
                    ? source
                    : Path.of(Objects.requireNonNull(FeedCases.class.getResource(""))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A case.
     *
     * @param folder its folder
     * @param part the part that its documents are of
     */
    public record Case(Feed feed, Path folder, FeedPart part, Map<String, byte[]> contents) {

        public String name() {
            return feed.id() + "/" + folder.getFileName();
        }

        Documents documents() {
            return Documents.of(contents, Limits.DEFAULT);
        }

        /** The part's documents and, of those that are named by others, the ones that the case has; the ones first that name others. */
        public List<FeedPart.Document> documentsAndThoseTheyName() throws IOException {
            Map<String, FeedPart.Document> all = new LinkedHashMap<>();
            for (List<FeedPart.Document> next = part.documents(); !next.isEmpty(); ) {
                next.forEach(document -> all.put(document.name(), document));
                Map<String, byte[]> fetched = new LinkedHashMap<>(contents);
                fetched.keySet().retainAll(all.keySet());
                next = feed.follow(part, Documents.of(fetched)).stream()
                        .filter(document -> !all.containsKey(document.name()))
                        .toList();
            }
            return all.values().stream()
                    .filter(document -> contents.containsKey(document.name())
                            || part.documents().contains(document))
                    .toList();
        }
    }

    /** Every feed's. */
    static Stream<Case> all() {
        return Feeds.all().stream().flatMap(feed -> of(feed).stream());
    }

    /** The cases of a feed, sorted. */
    public static List<Case> of(Feed feed) {
        try (Stream<Path> folders = Files.list(RESOURCES.resolve(feed.id()).resolve("cases"))) {
            return folders.sorted().map(folder -> read(feed, folder)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The case of a feed that has what is normal, and all documents of the part. */
    public static Case sample(Feed feed) {
        return of(feed).stream()
                .filter(one -> one.folder.endsWith("sample"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(feed.id() + " has no case named sample"));
    }

    /** The cases of a feed that have what is normal: one, or one for each form of document that it reads. */
    static List<Case> samples(Feed feed) {
        List<Case> samples = of(feed).stream()
                .filter(one -> one.folder.getFileName().toString().startsWith("sample"))
                .toList();
        if (samples.isEmpty()) {
            throw new AssertionError(feed.id() + " has no case named sample");
        }
        return samples;
    }

    private static Case read(Feed feed, Path folder) {
        try (Stream<Path> parts = Files.list(folder)) {
            Path inside = parts.filter(Files::isDirectory).findFirst().orElseThrow();
            return new Case(feed, folder, part(feed, inside.getFileName().toString()), Documents.contents(inside));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FeedPart part(Feed feed, String name) {
        return feed.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(feed.id() + " has no part named " + name));
    }
}
