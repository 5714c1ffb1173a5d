package io.limpid.detect.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Detection;
import io.limpid.model.Package;
import io.limpid.testing.RpmHeader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that Berkeley DB itself has written are read: many buckets or a tree of pages, both byte orders, with and without check sums. */
class BerkeleyDbOracleTest {
    private static final Path LOAD = Path.of("/usr/bin/db5.3_load");
    private static final int PACKAGES = 400;
    private static final int[] SIZES = {0, 10, 100, 3_000, 90_000};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "hash, 1234, 0, 512",
        "hash, 1234, 1, 4096",
        "hash, 4321, 0, 65536",
        "hash, 4321, 1, 512",
        "btree, 1234, 0, 4096",
        "btree, 1234, 1, 512",
        "btree, 4321, 0, 512",
        "btree, 4321, 1, 65536"
    })
    void filesOfBerkeleyDb(String type, String order, int checkSums, int pageBytes)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(LOAD), "skipped: no db5.3_load on this machine");
        List<String> command = new ArrayList<>(
                List.of(LOAD.toString(), "-t", type, "-c", "db_lorder=" + order, "-c", "db_pagesize=" + pageBytes));
        if (checkSums == 1) {
            command.addAll(List.of("-c", "chksum=1"));
        }
        if (type.equals("hash")) {
            command.addAll(List.of("-c", "h_ffactor=8"));
        }
        Path file = folder.resolve("Packages");
        command.add(file.toString());
        Path dump = Files.write(
                folder.resolve("dump"),
                dump(type, order.equals("1234") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN));
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectInput(dump.toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        Detection detection = RpmDatabasesTest.read("var/lib/rpm/Packages", Files.readAllBytes(file));
        assertThat(detection.problems()).isEmpty();
        assertThat(detection.packages().stream().map(Package::name))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, PACKAGES)
                        .mapToObj(number -> "p" + number)
                        .toList());
    }

    private static List<String> dump(String type, ByteOrder order) {
        Random random = new Random(5);
        HexFormat hex = HexFormat.of();
        List<String> lines = new ArrayList<>(List.of("VERSION=3", "format=bytevalue", "type=" + type, "HEADER=END"));
        for (int i = 0; i <= PACKAGES; i++) {
            lines.add(" " + hex.formatHex(number(i, order)));
            byte[] data = i == 0
                    ? number(PACKAGES, order)
                    : RpmHeader.packageOf("p" + i + "=1-1")
                            .text(1005, "x".repeat(SIZES[random.nextInt(SIZES.length)]))
                            .bytes();
            lines.add(" " + hex.formatHex(data));
        }
        lines.add("DATA=END");
        return lines;
    }

    private static byte[] number(int number, ByteOrder order) {
        return ByteBuffer.allocate(4).order(order).putInt(number).array();
    }
}
