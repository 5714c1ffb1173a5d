package io.limpid.feed;

import io.limpid.format.compress.Compression;
import io.limpid.model.Limits;
import io.limpid.testing.Shared;
import io.limpid.testing.TarMaker;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A part's documents as they lie in memory, in a folder, or in the mirror among the shared data. */
public final class Documents implements FeedDocuments {

    /** Where the bytes of a document are. */
    private interface Source {
        InputStream open() throws IOException;
    }

    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Limits limits;

    private Documents(Limits limits) {
        this.limits = limits;
    }

    public static Documents of(Map<String, byte[]> contents) {
        return of(contents, Limits.DEFAULT);
    }

    static Documents of(Map<String, byte[]> contents, Limits limits) {
        Documents documents = new Documents(limits);
        contents.forEach((name, bytes) -> documents.sources.put(name, () -> new ByteArrayInputStream(bytes)));
        return documents;
    }

    /** The files of a folder, and of those in it, by their names; a folder {@code name.tar} is an archive of what is in it. */
    static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return packed(contents);
    }

    private static Map<String, byte[]> packed(Map<String, byte[]> files) {
        Map<String, TarMaker> archives = new LinkedHashMap<>();
        Map<String, byte[]> contents = new LinkedHashMap<>();
        files.forEach((path, bytes) -> {
            int end = path.indexOf(".tar/");
            if (end < 0) {
                contents.put(path, bytes);
            } else {
                archives.computeIfAbsent(path.substring(0, end + ".tar".length()), _ -> new TarMaker())
                        .file(path.substring(end + ".tar/".length()), bytes);
            }
        });
        archives.forEach((name, tar) -> contents.put(name, tar.bytes()));
        return contents;
    }

    /**
     * What a mirror of the publishers in {@code ../shared/feeds} has of a part, with what that names; the calling test is skipped when it lacks one
     * that is required.
     */
    public static Documents mirrored(Feed feed, FeedPart part) throws IOException {
        Documents documents = new Documents(Limits.DEFAULT);
        for (List<FeedPart.Document> next = part.documents(); !next.isEmpty(); next = documents.followed(feed, part)) {
            for (FeedPart.Document document : next) {
                documents.told.add(document.name());
                documents.take(document);
            }
        }
        return documents;
    }

    private void take(FeedPart.Document document) {
        List<Path> places = Mirrored.places(document.url());
        List<Path> there = places.stream().filter(Files::isRegularFile).toList();
        if (!there.isEmpty()) {
            sources.put(document.name(), () -> plain(there.getFirst()));
        } else if (document.required()) {
            Shared.require("feeds/" + document.url());
        }
    }

    /** What the documents that are there name and that was not told before. */
    private List<FeedPart.Document> followed(Feed feed, FeedPart part) throws IOException {
        return feed.follow(part, this).stream()
                .filter(document -> !told.contains(document.name()))
                .toList();
    }

    @Override
    public List<String> names() {
        return List.copyOf(sources.keySet());
    }

    private static InputStream plain(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(Compression.MAGIC_BYTES);
        Compression compression = Compression.of(in.readNBytes(Compression.MAGIC_BYTES));
        in.reset();
        return compression.open(in, Limits.DEFAULT);
    }

    @Override
    public @Nullable InputStream open(String name) throws IOException {
        Source source = sources.get(name);
        return source == null ? null : source.open();
    }

    @Override
    public Limits limits() {
        return limits;
    }
}
