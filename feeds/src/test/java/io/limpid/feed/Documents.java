package io.limpid.feed;

import io.limpid.format.compress.Compression;
import io.limpid.model.Limits;
import io.limpid.testing.Shared;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A part's documents as they lie in memory, in a folder, or in the mirror among the shared data. */
public final class Documents implements FeedDocuments {

    /** Where the bytes of a document are. */
    private interface Source {
        InputStream open() throws IOException;
    }

    private final Map<String, Source> sources = new LinkedHashMap<>();
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

    /** The files of a folder by their names. */
    static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    /** What a mirror of the publishers in {@code ../shared/feeds} has of a part; the calling test is skipped when it lacks the first. */
    public static Documents mirrored(FeedPart part) {
        Documents documents = new Documents(Limits.DEFAULT);
        for (FeedPart.Document document : part.documents()) {
            String path = "feeds/" + document.url().getHost() + document.url().getPath();
            if (document.required()) {
                Path file = Files.exists(Shared.require("feeds").resolveSibling(path))
                        ? Shared.require(path)
                        : Shared.require(path + ".gz");
                documents.sources.put(document.name(), () -> plain(file));
            } else {
                Path file = Shared.require("feeds").resolveSibling(path + ".gz");
                if (Files.exists(file)) {
                    documents.sources.put(document.name(), () -> plain(file));
                }
            }
        }
        return documents;
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
