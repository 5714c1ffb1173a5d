package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands scan and demo as their users meet them. */
class ScanCommandTest {
    @TempDir
    Path folder;

    private Path image = Path.of("");
    private final TestConsole test = TestConsole.with("");

    @BeforeEach
    void makeImage() throws IOException {
        image = folder.resolve("image.tar");
        try (OutputStream out = Files.newOutputStream(image)) {
            DemoImage.write(out);
        }
    }

    @Test
    void aTableByDefaultAndNothingElse() {
        assertThat(test.run("scan", image.toString())).isEqualTo(ExitCode.FINE);
        assertThat(test.err()).isEqualTo("""
            warning: nothing was compared: there are no advisories for debian:12
            hint: where there is a network: limpid db update --only debian/tracker
            """);
        assertThat(test.out())
                .contains("Verdict   UNKNOWN", "Packages: 6 (6 deb); removed by an upper layer: 4", "Layers: 3")
                .contains("Findings: none looked for, without advisories", "Next: limpid scan " + image + " --packages")
                .doesNotContain("libssl3", "3.0.11", "\u001b");
        assertThat(test.out().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void layersAndPackagesOnRequest() {
        test.run("scan", "--packages", image.toString());
        assertThat(test.out())
                .contains("Layers (3)", "RUN apt-get purge -y curl", "libssl3     3.0.15-1~deb12u1")
                .doesNotContain("3.0.11", "Next: ");
    }

    @Test
    void aLimitIsToldByItsNameAndCanBeChanged() {
        assertThat(test.run("scan", "-q", "-o", "json", "--limit", "wanted-entries=1", image.toString()))
                .isEqualTo(ExitCode.FINE);
        assertThat(test.out())
                .contains("it has more than 1 entries that matter (limit wanted-entries)", "\"complete\": false");
        assertThat(test.run(
                        "scan", "--limit", "layers=1", "--limit", "archive-entries=100", "--offline", image.toString()))
                .isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.err())
                .contains("layers, more than 1 (limit layers)")
                .contains("hint: where that is right, allow more: --limit layers=NUMBER");
    }

    @ParameterizedTest
    @CsvSource({
        "layer-entry=5,   error: --limit: there is no limit layer-entry (did you mean layer-entries?)",
        "layers,          error: --limit layers: NAME=NUMBER is expected",
        "layers=many,     error: --limit layers=many: NAME=NUMBER is expected",
        "layers=0,        error: --limit: layers is a number from 1 to 2147483647"
    })
    void aLimitThatIsNoneIsAMistake(String word, String message) {
        assertThat(test.run("scan", "--limit", word, image.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(test.err()).startsWith(message + "\n");
    }

    @Test
    void removedPackagesOnRequest() {
        test.run("scan", "--removed", image.toString());
        assertThat(test.out()).contains("3.0.11-1~deb12u2", "REMOVED IN");
    }

    @Test
    void severalReportsInOneRun() throws IOException {
        Path json = folder.resolve("report.json");
        Path table = folder.resolve("report.txt");
        assertThat(test.run("scan", image.toString(), "-o", "json=" + json, "--output", "table=" + table, "-o", "json"))
                .isEqualTo(ExitCode.FINE);
        assertThat(test.out()).startsWith("{\n").isEqualTo(Files.readString(json));
        assertThat(Files.readString(table)).startsWith("Target ");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(image, json, table);
        }
    }

    @Test
    void sameInputSameBytes() throws IOException {
        for (String format : List.of("cyclonedx", "json", "table")) {
            TestConsole first = TestConsole.with("");
            TestConsole second = TestConsole.with("");
            first.run("scan", image.toString(), "-o", format);
            second.run("scan", image.toString(), "-o", format);
            assertThat(first.out()).isNotEmpty().isEqualTo(second.out());
        }
    }

    @Test
    void aReportThatCannotBeWrittenLeavesNothing() throws IOException {
        Path nowhere = folder.resolve("missing/report.json");
        assertThat(test.run("scan", image.toString(), "-o", "json=" + nowhere)).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.err())
                .contains(
                        "error: the report cannot be written to " + nowhere, "cause: its folder is not there", "hint: ")
                .doesNotContain("Exception", ".part");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(image);
        }
    }

    @Test
    void twoReportsInOneFileAreAUsageError() throws IOException {
        Path report = folder.resolve("report");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("report"));
        String scan = "scan " + image + " -o json=" + report + " -o table=" + link;
        for (String state : List.of("missing", "there")) {
            TestConsole console = TestConsole.with("");
            assertThat(console.run(scan.split(" ", -1))).as(state).isEqualTo(ExitCode.USAGE);
            assertThat(console.err()).startsWith("error: two reports go to the file ");
            Files.writeString(report, "old");
        }
        assertThat(report).hasContent("old");
        assertThat(test.run("scan", "--offline", image.toString(), "-o", "json=/dev/null", "-o", "table=/dev/null"))
                .isEqualTo(ExitCode.FINE);
    }

    @Test
    void whatALinkNamesIsReplacedNotTheLink() throws IOException {
        Path report = Files.writeString(folder.resolve("report.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), report);
        assertThat(test.run("scan", image.toString(), "-o", "json=" + link)).isEqualTo(ExitCode.FINE);
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(report)).startsWith("{");
    }

    @Test
    void problemsAreToldAlsoOnStderrUnlessQuiet() throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("Package: bash");
        // The layer's digest is its name in the archive, so a changed layer is refused, not reported in part.
        bytes[at] ^= 1;
        Files.write(image, bytes);
        assertThat(test.run("scan", image.toString())).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.err())
                .contains("error: layer 0 is not what the manifest names", "cause: it should have the digest");
        Path bom = Files.writeString(
                folder.resolve("bom.json"),
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":\"library\",\"name\":\"x\",\"purl\":\"no\"}]}");
        TestConsole loud = TestConsole.with("");
        assertThat(loud.run("scan", "sbom:" + bom)).isEqualTo(ExitCode.FINE);
        assertThat(loud.err()).startsWith("warning: 1 problem");
        TestConsole quiet = TestConsole.with("");
        assertThat(quiet.run("scan", "-q", bom.toString())).isEqualTo(ExitCode.FINE);
        assertThat(quiet.err()).isEmpty();
        assertThat(quiet.out()).contains("Problems: 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scan | no TARGET is given",
                "scan a b | more than one TARGET",
                "scan a -o xml | unknown format: xml (there is cyclonedx, json, table)",
                "scan a -o jsn | unknown format: jsn (did you mean json?)",
                "scan a --fail-on hgih | unknown severity: hgih (did you mean high?)",
                "scan a --fail-on high,fixabel | unknown condition: fixabel (did you mean fixable?)",
                "scan a --allow-incomplete | --allow-incomplete means nothing without --fail-on",
                "scan a --fial-on high | did you mean --fail-on?",
                "scan a -o json= | names no file",
                "scan a -o json -o table | two reports go to stdout",
                "scan a -o json=x -o table=./x | two reports go to the file ./x: name one for each",
                "scan a --platform linux//x | not a platform: linux//x",
                "scan a --platform ryzen | not a platform: ryzen",
                "scan rootfs:/tmp | this version has no source rootfs:",
                "scan docker-archve:image.tar | did you mean docker-archive:image.tar?",
                "scan a --image x --image y | --image",
                "scan a --color blue | unknown value of --color: blue",
                "scan a --colour never | unknown option",
            })
    void usageErrors(String line, String said) {
        assertThat(test.run(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(test.err()).startsWith("error: ").contains(said).contains("hint: ");
        assertThat(test.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing.tar | nothing to scan at nothing.tar",
                "docker-archive:nothing.tar | no such file or folder",
                "limpid-test/none:3.20 | docker save -o image.tar limpid-test/none:3.20",
                "sbom:nothing.json | no such file or folder",
                "- | pipe an image archive or an SBOM into it",
                "/dev/null | it is neither a file nor a folder",
            })
    void nothingToScan(String target, String said) {
        assertThat(test.run("scan", target)).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.err()).startsWith("error: ").contains(said).doesNotContain("\tat ");
        assertThat(test.out()).isEmpty();
    }

    /** Without advisories nothing can be told, and a gate says so. */
    @Test
    void aGateThatCannotBeAnswered() {
        assertThat(test.run("scan", image.toString(), "--fail-on", "high")).isEqualTo(ExitCode.UNKNOWN);
        assertThat(test.out()).startsWith("Target ");
        assertThat(test.err())
                .endsWith("gate not answered (--fail-on high): debian/tracker: there are no data, and nothing may be"
                        + " fetched; there are no advisories for debian:12\n"
                        + "hint: --allow-incomplete makes this a warning\n");
        TestConsole allowed = TestConsole.with("");
        assertThat(allowed.run("scan", image.toString(), "--fail-on", "HIGH,fixable", "--allow-incomplete"))
                .isEqualTo(ExitCode.FINE);
        assertThat(allowed.err()).contains("\nwarning: gate not answered (--fail-on high,fixable): ");
        TestConsole quiet = TestConsole.with("");
        assertThat(quiet.run("scan", "-q", image.toString(), "--fail-on", "high", "--allow-incomplete"))
                .isEqualTo(ExitCode.FINE);
        assertThat(quiet.err()).isEmpty();
    }

    /** What the user says, what the launcher has measured, whether stdout is a terminal, and how wide the table may be. */
    @ParameterizedTest
    @CsvSource({
        "50, 200, true, 50",
        "50, '', false, 50",
        "'', 70, true, 70",
        "'', 70, false, 120",
        "'', '', true, 80",
        "'', '', false, 120",
        "0, x, true, 80",
    })
    void theWidthIsTheTerminals(String said, String measured, boolean terminal, int width) {
        TestConsole console = TestConsole.with("", Map.of("COLUMNS", said, "LIMPID_COLUMNS", measured))
                .watched(terminal, false);
        assertThat(Appearance.of(console.console(), "never").width()).isEqualTo(width);
    }

    @Test
    void anImageOrSbomByStdin() throws IOException {
        TestConsole piped = TestConsole.with(Files.readAllBytes(image));
        assertThat(piped.run("scan", "-", "--packages", "--offline")).isEqualTo(ExitCode.FINE);
        assertThat(piped.out()).contains("Target    docker-archive:limpid/demo:1", "deb packages (6)");
        TestConsole sbom = TestConsole.with("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\"}");
        assertThat(sbom.run("scan", "-q", "-", "-o", "json", "--offline")).isEqualTo(ExitCode.FINE);
        assertThat(sbom.out()).contains("\"kind\": \"sbom\",\n    \"reference\": \"stdin\"");
    }

    @ParameterizedTest
    @CsvSource({"--image x, --image", "--platform linux/amd64, --platform", "--verify, --verify"})
    void optionsOfImagesForAnSbomAreAUsageError(String options, String named) throws IOException {
        Path bom =
                Files.writeString(folder.resolve("bom.json"), "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\"}");
        assertThat(test.run(("scan " + options + " " + bom).split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(test.err()).startsWith("error: " + named + " cannot be used with " + bom + "\ncause: it is an SBOM");
    }

    @Test
    void flagsMayBeRepeated() {
        assertThat(test.run("scan", "-q", "-q", "--quiet", "--offline", "--offline", "-vv", image.toString()))
                .isEqualTo(ExitCode.FINE);
        assertThat(test.err()).isEmpty();
    }

    @Test
    void theDemoNeedsNothing() throws IOException {
        TestConsole console = TestConsole.with(
                "", Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()));
        assertThat(console.run("demo")).isEqualTo(ExitCode.FINE);
        assertThat(console.out())
                .contains(
                        "Verdict   VULNERABLE",
                        "HIGH        CVE-2024-2961   fixed in 2.36-9+deb12u6",
                        "fetched just now");
        assertThat(folder.resolve("cache/limpid/demo-image.tar")).hasSameBinaryContentAs(image);
    }

    @Test
    void coloursOnlyWhereTheyAreWanted() {
        test.run("scan", image.toString(), "--color", "always");
        assertThat(test.out()).contains("\u001b[");
        TestConsole forced = TestConsole.with("", Map.of("CLICOLOR_FORCE", "1"));
        forced.run("scan", image.toString());
        assertThat(forced.out()).contains("\u001b[");
        TestConsole none = TestConsole.with("", Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1"));
        none.run("scan", image.toString());
        assertThat(none.out()).doesNotContain("\u001b");
    }
}
