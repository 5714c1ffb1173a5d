package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.Shared;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what happens: each of its commands is run, and the output below it is a part of what it prints. */
class ReadmeTest {
    /** The command that runs this very test. */
    private static final String TESTS = "mvn verify";

    private static final String OURS = "./limpid ";

    /** A command, and lines that it prints in this order. */
    private record Shown(String command, List<String> output) {}

    @TempDir
    Path folder;

    @Test
    void theFirstTwoCommandsAreTheTwoThereAre() throws IOException {
        assertThat(shown()).extracting(Shown::command).startsWith("./limpid demo", TESTS);
    }

    @TestFactory
    Stream<DynamicTest> commands() throws IOException {
        return shown().stream()
                .filter(shown -> !shown.command.equals(TESTS))
                .map(shown -> dynamicTest(shown.command, () -> check(shown)));
    }

    private void check(Shown shown) throws IOException {
        assertThat(shown.command).startsWith(OURS);
        try (FaultServer mirror = FaultServer.start()) {
            check(shown, mirror);
        }
    }

    private void check(Shown shown, FaultServer mirror) throws IOException {
        // A mirror that has of all advisories the demo's.
        try (InputStream sample = Objects.requireNonNull(Main.class.getResourceAsStream("demo-advisories.json"))) {
            mirror.on("/security-tracker.debian.org/tracker/data/json", Answer.ok(sample.readAllBytes()));
        }
        TestConsole console = TestConsole.with(
                "",
                Map.of(
                        "XDG_CACHE_HOME",
                        folder.toString(),
                        "LANG",
                        "C.UTF-8",
                        "LIMPID_FEEDS_MIRROR",
                        mirror.url("").toString()));
        String[] words = Arrays.stream(shown.command.substring(OURS.length()).split(" ", -1))
                .map(this::inFolder)
                .toArray(String[]::new);
        prepare();
        if (shown.command.contains(" db ")) {
            assertThat(console.run("scan", "-q", folder.resolve("image.tar").toString()))
                    .isZero();
        }
        assertThat(console.run(words)).as(console.err()).isEqualTo(ExitCode.FINE);
        List<String> printed = console.out().lines().toList();
        int from = 0;
        for (String line : shown.output) {
            int at = printed.subList(from, printed.size()).indexOf(line);
            assertThat(at)
                    .as("\"%s\" in what is printed:%n%s", line, console.out())
                    .isNotNegative();
            from += at + 1;
        }
    }

    /** The files that the README's commands name are put into a folder of their own. */
    private String inFolder(String word) {
        return word.replaceFirst("(?<=^|[:=])(image\\.tar|report\\.json|layout|bom\\.json)$", folder + "/$1");
    }

    private void prepare() throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("image.tar"))) {
            DemoImage.write(out);
        }
        Files.writeString(
                folder.resolve("bom.json"),
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":\"library\",\"name\":\"bash\","
                    + "\"version\":\"5\",\"purl\":\"pkg:deb/debian/bash@5?distro=debian-12\"}]}");
        ImageMaker image = new ImageMaker()
                .layer(new TarMaker().file("etc/os-release", "ID=debian\n").bytes());
        for (Map.Entry<String, byte[]> file :
                image.ociLayout(ImageMaker.Stored.GZIP, "1").entrySet()) {
            Path path = folder.resolve("layout").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static List<Shown> shown() throws IOException {
        List<Shown> all = new ArrayList<>();
        boolean inside = false;
        for (String line :
                Files.readAllLines(Objects.requireNonNull(Shared.repository()).resolve("README.md"))) {
            if (line.startsWith("```")) {
                inside = line.equals("```console");
            } else if (inside && line.startsWith("$ ")) {
                all.add(new Shown(line.substring(2), new ArrayList<>()));
            } else if (inside && !line.equals("...")) {
                all.getLast().output.add(line);
            }
        }
        return all;
    }
}
