package io.limpid.snapshot;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.model.Advisory;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A snapshot of any bytes is answers or a word that it is damaged; see docs/fuzzing.md. */
class SnapshotFuzzTest {
    /** What checksums hide from: bytes that their writer meant so. They are the block that is the header. */
    @FuzzTest(maxDuration = "60s")
    void anyHeader(byte[] block) throws IOException {
        Path file = Files.createTempFile("snapshot", "fuzz");
        Files.delete(file);
        try {
            try (BlockOutput out = new BlockOutput(file)) {
                out.write(SnapshotFormat.MAGIC);
                SnapshotFormat.writeTrailer(out, out.block(block));
                out.flush();
            }
            use(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The first byte says which of the tables' blocks, or of the texts', the others are. */
    @FuzzTest(maxDuration = "60s")
    void anyBlock(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        Path file = Files.createTempFile("snapshot", "fuzz");
        Files.delete(file);
        try {
            try (BlockOutput out = new BlockOutput(file)) {
                out.write(SnapshotFormat.MAGIC);
                Table forged = new Table(
                        1 + (bytes[0] >> 3 & 3),
                        1 + (bytes[0] >> 5 & 1),
                        out.block(Arrays.copyOfRange(bytes, 1, bytes.length)));
                int which = bytes[0] & 7;
                SnapshotHeader.Counts counts = new SnapshotHeader.Counts(
                        which == 0 ? List.of(new SnapshotHeader.Namespace("debian:12", forged.entries())) : List.of(),
                        which == 3 ? forged.entries() : 0,
                        which == 4 ? forged.entries() : 0);
                new SnapshotFormat(
                                SnapshotFiles.HEADER.withCounts(counts),
                                which == 0 ? forged : Table.EMPTY,
                                which == 3 ? forged : Table.EMPTY,
                                which == 4 ? forged : Table.EMPTY,
                                which == 1 ? forged : Table.EMPTY,
                                which == 2 ? forged : Table.EMPTY)
                        .writeTo(out);
                out.flush();
            }
            use(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void use(Path file) throws IOException {
        try (Snapshot snapshot = Snapshot.open(file, Limits.DEFAULT)) {
            tried(() -> {
                for (Advisory advisory : snapshot.about("debian:12", "package-1")) {
                    snapshot.whole(advisory);
                }
            });
            tried(() -> {
                for (VulnerabilityDetails details : snapshot.details("CVE-2024-1")) {
                    snapshot.whole(details);
                }
            });
            tried(() -> snapshot.products("rhel-9-for-x86_64-baseos-rpms"));
            tried(() -> snapshot.named("CVE-2024-1"));
            tried(snapshot::verify);
        } catch (LimpidException e) {
            checkCode(e);
        }
    }

    /** Something that reads. */
    private interface Reading {
        void run() throws IOException;
    }

    private static void tried(Reading reading) throws IOException {
        try {
            reading.run();
        } catch (LimpidException e) {
            checkCode(e);
        }
    }

    private static void checkCode(LimpidException e) {
        if (e.code() != ErrorCode.BROKEN_ADVISORIES) {
            throw new AssertionError("damage by another name", e);
        }
    }
}
