package io.limpid.snapshot;

import io.limpid.model.Digest;
import io.limpid.model.FeedRecord;
import io.limpid.model.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
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
                            null,
                            new FetchedDocument.Contents(
                                    new Digest("0123456789abcdef".repeat(4)), 1234, "\"tag\"", null)),
                    new FetchedDocument("more", URI.create("https://example.org/more"), "2", null)),
            "2026-01-01",
            List.of(),
            0,
            0,
            2,
            List.of("data, line 3: no name", "\ud800"),
            List.of(Gap.ofAll("the publisher has no 'more'"), new Gap("debian:10", 17, "it is gone")));

    private SnapshotFiles() {}

    /** Makes a file one of another version of the format. */
    static void makeOfAnotherVersion(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int trailer = bytes.length - SnapshotFormat.TRAILER_BYTES;
        ByteBuffer.wrap(bytes).putInt(trailer + 28, 7);
        ByteBuffer.wrap(bytes).putInt(trailer + 32, BlockFile.crcOf(bytes, trailer, trailer + 32));
        Files.write(file, bytes);
    }

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
                0,
                0,
                List.of(),
                List.of());
    }

    static SnapshotHeader write(Path file, List<? extends FeedRecord> records) throws IOException {
        return write(file, HEADER, records, 1 << 20);
    }

    static SnapshotHeader write(Path file, SnapshotHeader header, List<? extends FeedRecord> records, long memory)
            throws IOException {
        try (SnapshotWriter writer =
                new SnapshotWriter("feed/part", file, file.resolveSibling("."), Limits.DEFAULT, memory)) {
            for (FeedRecord one : records) {
                writer.add(one);
            }
            return writer.finish(header.withCounts(writer.sort()));
        }
    }
}
