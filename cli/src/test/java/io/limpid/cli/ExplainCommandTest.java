package io.limpid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command explain as its users meet it: over a written report of core's tests, and over an image. */
class ExplainCommandTest {
    private static final String FOUND = "CVE-2024-0001";

    @TempDir
    Path folder;

    private final TestConsole test = TestConsole.with("");
    private String json = "";
    private Path report = Path.of("");

    @BeforeEach
    void writeReport() throws IOException {
        try (InputStream full = Objects.requireNonNull(
                ExplainCommandTest.class.getResourceAsStream("/io/limpid/report/full.json"), "core's test resources")) {
            json = new String(full.readAllBytes(), UTF_8);
        }
        report = Files.writeString(folder.resolve("report of mine"), json);
    }

    @Test
    void aReportIsKnownByItsContent() {
        assertThat(test.run("explain", FOUND, report.toString())).isEqualTo(ExitCode.FINE);
        assertThat(test.err()).isEmpty();
        assertThat(test.out())
                .startsWith("CVE-2024-0001 in docker-archive:example/app:1.0\n")
                .contains("curl 7.88.1-10+deb12u5 (deb, amd64)", "apt-get install --only-upgrade curl");
    }

    @Test
    void aReportComesOnStdin() {
        TestConsole piped = TestConsole.with(json);
        assertThat(piped.run("explain", FOUND, "-")).isEqualTo(ExitCode.FINE);
        test.run("explain", FOUND, report.toString());
        assertThat(piped.out()).isEqualTo(test.out());
    }

    /** As {@code jq -S} writes it: what says that it is a report is far from the beginning. */
    @Test
    void aReportWhoseMembersWereSortedIsOne() throws IOException {
        String mark = "\"schemaVersion\": \"1.3\",";
        assertThat(json).contains(mark);
        String sorted = json.replace(mark, "\"a\": \"" + "x".repeat(5000) + "\"," + mark);
        Files.writeString(report, "\n" + sorted);
        assertThat(test.run("explain", FOUND, report.toString())).isEqualTo(ExitCode.FINE);
    }

    @Test
    void anImageIsScanned() throws IOException {
        Path image = folder.resolve("image.tar");
        try (OutputStream out = Files.newOutputStream(image)) {
            DemoImage.write(out);
        }
        assertThat(test.run("explain", FOUND, image.toString())).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.err()).isEmpty();
        assertThat(test.out())
                .startsWith("No finding CVE-2024-0001 in docker-archive:limpid/demo:1\n")
                .contains("UNKNOWN", "This does not mean that the image is without CVE-2024-0001");
    }

    @Test
    void anSbomIsScanned() throws IOException {
        Path bom = Files.writeString(
                folder.resolve("bom.json"), "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[]}");
        assertThat(test.run("explain", FOUND, bom.toString())).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.out()).startsWith("No finding CVE-2024-0001 in sbom:");
    }

    @Test
    void aTypingErrorIsToldAndIsNoFinding() {
        assertThat(test.run("explain", "CVE-2024-001", report.toString())).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.out())
                .startsWith("No finding CVE-2024-001 in ")
                .containsPattern("Nearest ids +CVE-2024-0001\n");
    }

    @Test
    void aBrokenReportIsRefusedAsOne() throws IOException {
        Files.writeString(report, json.substring(0, json.length() / 2));
        assertThat(test.run("explain", FOUND, report.toString())).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.out()).isEmpty();
        assertThat(test.err())
                .startsWith("error: cannot read the report\ncause: line ")
                .contains("\nhint: ");
        TestConsole later = TestConsole.with(json.replace("\"1.3\"", "\"2.0\""));
        assertThat(later.run("explain", FOUND, "-")).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(later.err()).contains("cause: its schema version is 2.0, and this version of limpid reads 1.x\n");
    }

    @Test
    void coloursOnlyWhereTheyAreWanted() {
        test.run("explain", FOUND, report.toString(), "--color", "always");
        assertThat(test.out()).contains("\u001b[1;31mCRITICAL\u001b[0m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "explain | an ID and a TARGET are needed",
                "explain CVE-1 | an ID and a TARGET are needed",
                "explain CVE-1 a b | an ID and a TARGET are needed",
                "explain CVE-1 a --color blue | unknown value of --color: blue (there is auto, always, never)",
                "explain CVE-1 a --color alway | unknown value of --color: alway (did you mean always?)",
                "explain CVE-1 a --platform linux//x | not a platform: linux//x",
                "explian CVE-1 a | did you mean explain?",
            })
    void usageErrors(String line, String said) {
        assertThat(test.run(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(test.err()).startsWith("error: ").contains(said).contains("hint: ");
        assertThat(test.out()).isEmpty();
    }

    @Test
    void nothingThere() {
        assertThat(test.run("explain", FOUND, "nothing.tar")).isEqualTo(ExitCode.TOOL_ERROR);
        assertThat(test.err()).startsWith("error: nothing to scan at nothing.tar\n");
    }
}
