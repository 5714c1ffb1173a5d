package io.limpid.snapshot;

import io.limpid.model.Advisory;
import io.limpid.model.Digest;
import io.limpid.model.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Snapshot files for tests. */
final class SnapshotFiles {
    static final SnapshotHeader HEADER = new SnapshotHeader(
            "feed",
            "part",
            3,
            17,
            "http://mirror.example/feeds",
            Instant.parse("2026-01-02T03:04:05.678Z"),
            List.of(
                    new FetchedDocument(
                            "data",
                            URI.create("https://example.org/data?x=1"),
                            new FetchedDocument.Contents(
                                    new Digest("0123456789abcdef".repeat(4)), 1234, "\"tag\"", null)),
                    new FetchedDocument("more", URI.create("https://example.org/more"), null)),
            "2026-01-01",
            List.of(),
            2,
            List.of("data, line 3: no name", "\ud800"),
            List.of(Gap.ofAll("the publisher has no 'more'"), new Gap("debian:10", 17, "it is gone")));

    private SnapshotFiles() {}

    /** The header of a part's generation that says little. */
    static SnapshotHeader header(String feed, String part, long generation) {
        return new SnapshotHeader(
                feed,
                part,
                1,
                generation,
                null,
                HEADER.fetchedAt(),
                List.of(),
                null,
                List.of(),
                0,
                List.of(),
                List.of());
    }

    static SnapshotHeader write(Path file, List<Advisory> advisories) throws IOException {
        return write(file, HEADER, advisories, 1 << 20);
    }

    static SnapshotHeader write(Path file, SnapshotHeader header, List<Advisory> advisories, long memory)
            throws IOException {
        try (SnapshotWriter writer =
                new SnapshotWriter("feed/part", file, file.resolveSibling("."), Limits.DEFAULT, memory)) {
            for (Advisory advisory : advisories) {
                writer.add(advisory);
            }
            return writer.finish(header.withNamespaces(writer.sort()));
        }
    }
}
