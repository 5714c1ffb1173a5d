package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.testing.ImageMaker;
import io.limpid.testing.Shared;
import io.limpid.testing.SmallDisk;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code limpid cache}, and what a scan does with what is kept of layers. */
class CacheCommandTest {
    @TempDir
    Path cache;

    @TempDir
    Path folder;

    private TestConsole console = fresh();

    private TestConsole fresh() {
        return TestConsole.with("", Map.of("XDG_CACHE_HOME", String.valueOf(cache)));
    }

    private String run(int expected, String... words) {
        console = fresh();
        assertThat(console.run(words)).as(console.err()).isEqualTo(expected);
        return console.out();
    }

    private String scan(Path image, String... more) {
        return run(
                ExitCode.FINE,
                Stream.concat(Stream.of("scan", "--reproducible", "-o", "json", image.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    private List<Path> entries() throws IOException {
        Path facts = cache.resolve("limpid").resolve("facts");
        if (!Files.exists(facts)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(facts)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Path image() throws IOException {
        ImageMaker image = new ImageMaker()
                .layer(new TarMaker()
                        .file("etc/os-release", "ID=alpine\nVERSION_ID=3.20.1\n")
                        .file("lib/apk/db/installed", "P:musl\nV:1.2.5-r0\n\n")
                        .bytes());
        return Files.write(folder.resolve("image.tar"), image.dockerArchive("kept:1"));
    }

    @Test
    void showsAndRemovesWhatIsKept() throws IOException {
        String start = cache.resolve("limpid").resolve("start").toString();
        String facts = cache.resolve("limpid").resolve("facts").toString();
        assertThat(run(ExitCode.FINE, "cache", "status"))
                .isEqualTo("Folder     " + facts
                        + "\n"
                        + "Entries    0\n"
                        + "Size       0.0 MiB of at most 512.0 MiB\n"
                        + "Last used  - to -\n"
                        + "Damaged    0\n"
                        + "Start-up   0.0 MiB in "
                        + start + "\n");
        assertThat(run(ExitCode.FINE, "cache", "clean"))
                .isEqualTo("removed 0 entries from " + facts + "\nremoved 0.0 MiB from " + start + "\n");
        scan(image());
        assertThat(run(ExitCode.FINE, "cache", "status"))
                .contains("\nEntries    1\n")
                .contains("Last used  20");
        Files.write(entries().getFirst(), new byte[] {1});
        assertThat(run(ExitCode.FINE, "cache", "status"))
                .contains(
                        "\nEntries    0\n",
                        "\nDamaged    1\nDAMAGED    " + entries().getFirst() + "\n");
        scan(image());
        assertThat(console.err())
                .containsOnlyOnce("warning: layers are read again")
                .contains(entries().getFirst() + " is damaged");
        scan(image());
        assertThat(console.err()).doesNotContain("facts");
        assertThat(run(ExitCode.FINE, "cache", "clean")).startsWith("removed 1 entry from " + facts + "\n");
        assertThat(entries()).isEmpty();
    }

    /** Of a build that was replaced nobody else would remove it. */
    @Test
    void whatWasKeptForStartingIsShownAndRemoved() throws IOException {
        Path start = Files.createDirectories(
                cache.resolve("limpid").resolve("start").resolve("usr").resolve("jdk"));
        Path made = Files.write(start.resolve("limpid-0123456789abcdef01234567.aot"), new byte[3 << 20]);
        Path tried = Files.createFile(start.resolve("limpid-0123456789abcdef01234567.aot.tried"));
        Path others = Files.write(start.resolve("precious"), new byte[1 << 20]);
        assertThat(run(ExitCode.FINE, "cache", "status")).contains("\nStart-up   3.0 MiB in ");
        assertThat(run(ExitCode.FINE, "cache", "clean")).contains("\nremoved 3.0 MiB from ");
        assertThat(made).doesNotExist();
        assertThat(tried).doesNotExist();
        assertThat(others).exists();
        // Whoever names a folder of their own has none there.
        Files.createDirectories(folder.resolve("start"));
        Path own = Files.write(folder.resolve("start").resolve("a.txt"), new byte[1]);
        run(ExitCode.FINE, "cache", "clean", "--cache", folder.toString());
        assertThat(own).exists();
    }

    @Test
    void anotherFolderCanBeNamed() throws IOException {
        Path other = folder.resolve("other");
        scan(image(), "--cache", other.toString());
        assertThat(entries()).isEmpty();
        assertThat(run(ExitCode.FINE, "cache", "status", "--cache", other.toString()))
                .contains("\nEntries    1\n");
    }

    @Test
    void whatIsToBeDoneHasToBeSaid() {
        run(ExitCode.USAGE, "cache");
        assertThat(console.err()).startsWith("error: cache what? (status, clean)\n");
    }

    @Test
    void theDemoKeepsFactsToo() throws IOException {
        run(ExitCode.FINE, "demo");
        assertThat(entries()).isNotEmpty();
    }

    /** Whatever is wrong with the folder is said in one line, or not at all, and changes nothing. */
    @Test
    void aCacheThatCannotBeUsedChangesNoReport() throws Exception {
        Path image = image();
        String right = scan(image);
        Path wrong = Files.createDirectories(folder.resolve("wrong"));
        Files.writeString(wrong.resolve("facts"), "a file");
        assertThat(scan(image, "--cache", wrong.toString())).isEqualTo(right);
        assertThat(console.err().lines().filter(line -> line.contains("facts"))).hasSize(1);
        assertThat(scan(image, "--cache", wrong.toString(), "-q")).isEqualTo(right);
        assertThat(console.err()).isEmpty();
        Path disk = Files.createDirectories(folder.resolve("disk"));
        try (SmallDisk small = new SmallDisk(disk)) {
            Files.write(disk.resolve("full"), new byte[1 << 20]);
            assertThat(scan(image, "--cache", disk.toString())).isEqualTo(right);
            assertThat(console.err()).containsOnlyOnce("no space left on device");
            small.makeReadOnly();
            assertThat(scan(image, "--cache", disk.toString())).isEqualTo(right);
            assertThat(console.err()).containsOnlyOnce("read-only file system");
        }
    }

    /** A report of a real image has the same bytes whether its layers were read or their facts were kept, by their place or digest. */
    @TestFactory
    Stream<DynamicTest> theSameBytesColdAndWarm() throws IOException {
        return Shared.names("images/images").stream()
                .map(name -> dynamicTest(name, () -> checkColdAndWarm(Shared.require("images/images/" + name))));
    }

    private void checkColdAndWarm(Path image) throws IOException {
        String[] platform =
                image.toString().contains("multiarch") ? new String[] {"--platform", "linux/amd64"} : new String[0];
        String cold = outcome(image, platform);
        int kept = entries().size();
        assertThat(outcome(image, platform)).isEqualTo(cold);
        assertThat(entries()).hasSize(kept);
        // The same bytes in another file, which is new: nothing is known by its place.
        Path copy = Files.copy(image, folder.resolve(String.valueOf(image.getFileName())));
        assertThat(outcome(copy, platform).replace(copy.toString(), image.toString()))
                .isEqualTo(cold);
        Files.delete(copy);
    }

    /** All that is said of an image, which may be broken. */
    private String outcome(Path image, String... more) {
        console = fresh();
        int code = console.run(
                Stream.concat(Stream.of("scan", "--reproducible", "-o", "json", image.toString()), Stream.of(more))
                        .toArray(String[]::new));
        return code + console.out() + console.err();
    }
}
