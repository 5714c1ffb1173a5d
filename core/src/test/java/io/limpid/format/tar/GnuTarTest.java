package io.limpid.format.tar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that GNU tar writes of a folder give back that folder. */
class GnuTarTest {
    private static final int HOLE = 1 << 16;

    /** What an archive holds, by name. */
    private record Items(Map<String, Listing.Item> byName) {
        Listing.Item named(String name) {
            return requireNonNull(byName.get(name), name);
        }
    }

    @BeforeAll
    static void gnuTarIsThere() throws IOException, InterruptedException {
        try {
            Process tar = new ProcessBuilder("tar", "--version")
                    .redirectErrorStream(true)
                    .start();
            String version = new String(tar.getInputStream().readAllBytes(), UTF_8);
            Assumptions.assumeTrue(tar.waitFor() == 0 && version.contains("GNU tar"), "skipped: this tar is not GNU's");
        } catch (IOException _) {
            Assumptions.abort("skipped: there is no tar program");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v7", "oldgnu", "gnu", "ustar", "posix"})
    void filesFoldersAndLinks(String format, @TempDir Path work) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(work.resolve("in"));
        boolean longNames = format.equals("gnu") || format.equals("oldgnu") || format.equals("posix");
        plainFolder(folder, longNames);
        Items items = items(archive(work, List.of("--format=" + format)));
        assertThat(items.named("./one").sha256()).isEqualTo(Listing.sha256("1".getBytes(UTF_8)));
        assertThat(items.named("./empty").size()).isZero();
        assertThat(items.named("./é").kind()).isEqualTo(TarEntry.Kind.FILE);
        assertThat(items.named("./folder").kind()).isEqualTo(TarEntry.Kind.DIRECTORY);
        assertThat(items.named("./symbolic").link()).isEqualTo("folder/../one");
        List<String> hard = List.of(
                items.named("./folder/hard").link(), items.named("./one").link());
        assertThat(hard).containsAnyOf("./one", "./folder/hard").contains("");
        if (longNames) {
            String deep = "./" + "d".repeat(120) + "/" + "f".repeat(200);
            assertThat(items.named(deep).sha256()).isEqualTo(Listing.sha256("deep".getBytes(UTF_8)));
            assertThat(items.named("./long").link()).isEqualTo("t".repeat(400));
        }
    }

    private static void plainFolder(Path folder, boolean longNames) throws IOException {
        // The hard link is written first or last, as the folder lists them.
        Files.writeString(folder.resolve("one"), "1");
        Files.createFile(folder.resolve("empty"));
        Files.writeString(folder.resolve("é"), "e");
        Files.createDirectory(folder.resolve("folder"));
        Files.createLink(folder.resolve("folder/hard"), folder.resolve("one"));
        Files.createSymbolicLink(folder.resolve("symbolic"), Path.of("folder/../one"));
        if (longNames) {
            Path deep = Files.createDirectory(folder.resolve("d".repeat(120)));
            Files.writeString(deep.resolve("f".repeat(200)), "deep");
            Files.createSymbolicLink(folder.resolve("long"), Path.of("t".repeat(400)));
        }
    }

    static Stream<List<String>> sparseFormats() {
        return Stream.of(
                List.of("--format=gnu"),
                List.of("--format=oldgnu"),
                List.of("--format=posix", "--sparse-version=0.0"),
                List.of("--format=posix", "--sparse-version=0.1"),
                List.of("--format=posix", "--sparse-version=1.0"));
    }

    @ParameterizedTest
    @MethodSource("sparseFormats")
    void sparseFiles(List<String> options, @TempDir Path work) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(work.resolve("in"));
        holes(folder.resolve("few"), 3, true);
        holes(folder.resolve("more-than-a-header-holds"), 5, false);
        holes(folder.resolve("many"), 200, true);
        holes(folder.resolve("only-a-hole"), 0, true);
        holes(folder.resolve("s".repeat(150)), 2, true);
        byte[] archive =
                archive(work, Stream.concat(options.stream(), Stream.of("-S")).toList());
        assertThat(archive.length)
                .as("tar found the holes")
                .isLessThan((folder.toFile().list().length * 2) << 20);
        Items items = items(archive);
        for (File file : folder.toFile().listFiles()) {
            Listing.Item item = items.named("./" + file.getName());
            assertThat(item.size()).as(file.getName()).isEqualTo(file.length());
            assertThat(item.sha256()).as(file.getName()).isEqualTo(Listing.sha256(Files.readAllBytes(file.toPath())));
        }
        assertThat(Windows.listing(archive)).isEqualTo(Listing.commons(archive));
    }

    /** Runs of bytes with holes between them. */
    private static void holes(Path file, int runs, boolean holeAtEnd) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < runs; i++) {
                out.seek((2L * i + 1) * HOLE);
                out.write(("run " + i).repeat(100).getBytes(UTF_8));
            }
            if (holeAtEnd) {
                out.setLength((2L * runs + 3) * HOLE + 7);
            }
        }
    }

    private static byte[] archive(Path work, List<String> options) throws IOException, InterruptedException {
        Path archive = work.resolve("out.tar");
        List<String> command = Stream.of(
                        Stream.of("tar", "-C", work.resolve("in").toString()),
                        options.stream(),
                        Stream.of("-cf", archive.toString(), "."))
                .flatMap(words -> words)
                .toList();
        Process tar = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tar.getInputStream().readAllBytes(), UTF_8);
        assertThat(tar.waitFor()).as("%s: %s", command, said).isZero();
        return Files.readAllBytes(archive);
    }

    private static Items items(byte[] archive) {
        Listing listing = Windows.listing(archive);
        assertThat(listing.end()).isEqualTo(Listing.END);
        Map<String, Listing.Item> items = new TreeMap<>();
        listing.items().forEach(item -> items.put(item.name(), item));
        return new Items(items);
    }
}
