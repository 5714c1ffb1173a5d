package io.limpid.cli.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.ClairSeverity;
import io.limpid.model.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text is that of the original program, byte for byte. */
class ClairReportTest {
    private static final Instant TIME = Instant.parse("2017-09-27T03:41:35.484442Z");
    private static final String ALL =
            "{\"Features\":[{\"Name\":\"f\",\"Version\":\"1\",\"AddedBy\":\"l\",\"Vulnerabilities\":["
                    + Stream.of("Unknown", "Low", "Defcon1", "High", "Negligible", "Critical", "Medium")
                            .map(severity -> "{\"Name\":\"V\",\"Severity\":\"" + severity + "\"}")
                            .collect(Collectors.joining(","))
                    + "]}]}";

    private static ClairReport report(String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return ClairReport.of((JsonObject) Json.parse(bytes, bytes.length, Limits.DEFAULT));
    }

    @Test
    void theWorstFirstAndInTheOriginalsColours() throws IOException {
        String text = report(ALL).text("nginx:1.11.5", TIME, ClairSeverity.UNKNOWN, true);
        String rest = "\tPackage:       f @ 1\n\tLayer:         l\n\n";
        assertThat(text)
                .isEqualTo("Clair report for image nginx:1.11.5 (2017-09-27 03:41:35.484442 +0000 UTC)\n"
                        + Stream.of(
                                        "37mDefcon1",
                                        "31mCritical",
                                        "31mHigh",
                                        "33mMedium",
                                        "37mLow",
                                        "37mNegligible",
                                        "37mUnknown")
                                .map(word -> "V (\u001b[" + word + "\u001b[0m)\n" + rest)
                                .collect(Collectors.joining()));
    }

    @ParameterizedTest
    @CsvSource({"UNKNOWN,7", "NEGLIGIBLE,6", "LOW,5", "MEDIUM,4", "HIGH,3", "CRITICAL,2", "DEFCON1,1"})
    void whatIsLessSevereIsLeftOut(ClairSeverity least, int shown) throws IOException {
        assertThat(report(ALL).text("a", TIME, least, false).split("\nV \\(", -1))
                .hasSize(shown + 1);
    }

    /** The lines of the description are broken where the original program broke them. */
    @Test
    void everyFieldInItsPlace() throws IOException {
        String text = report("""
            {"Features":[{"Name":"libvpx","Version":"1.3.0-3","AddedBy":"a906","Vulnerabilities":[
              {"Name":"CVE-2016-3881","Severity":"High","FixedBy":"1.3.0-4","Link":"https://security-tracker.debian.org/tracker/CVE-2016-3881",
               "Description":"The decoder_peek_si_internal function in vp9/vp9_dx_iface.c in libvpx in mediaserver in Android 4.x before 4.4.4, 5.0.x before 5.0.2, 5.1.x before 5.1.1, 6.x before 2016-09-01, and 7.0 before 2016-09-01 allows remote attackers to\\ncause a denial of service (buffer over-read, and device hang or reboot) via a crafted media file, aka internal bug 30013856."}]}]}
            """).text("a", TIME, ClairSeverity.HIGH, false);
        assertThat(text).isEqualTo("""
            Clair report for image a (2017-09-27 03:41:35.484442 +0000 UTC)
            CVE-2016-3881 (High)
            \tThe decoder_peek_si_internal function in vp9/vp9_dx_iface.c in libvpx in
            \tmediaserver in Android 4.x before 4.4.4, 5.0.x before 5.0.2, 5.1.x before 5.1.1,
            \t6.x before 2016-09-01, and 7.0 before 2016-09-01 allows remote attackers to
            \tcause a denial of service (buffer over-read, and device hang or reboot) via a
            \tcrafted media file, aka internal bug 30013856.

            \tPackage:       libvpx @ 1.3.0-3
            \tFixed version: 1.3.0-4
            \tLink:          https://security-tracker.debian.org/tracker/CVE-2016-3881
            \tLayer:         a906

            """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                      | LOW  | [33mNOTE:^[0m No features have been detected in the image. This usually means that the image isn't supported by Clair.
        {"Features":null}                       | LOW  | [33mNOTE:^[0m No features have been detected in the image. This usually means that the image isn't supported by Clair.
        {"Features":[{"Name":"a"}]}             | LOW  | [32mSuccess!^[0m No vulnerabilities were detected in your image
        {"Features":[{"Name":"a","Vulnerabilities":[{"Severity":"Low"}]}]} | HIGH | [33mNOTE:^[0m No vulnerabilities matching the minimum severity level were detected in your image
        """)
    void theLastLine(String layer, ClairSeverity least, String line) throws IOException {
        assertThat(report(layer).text("a", TIME, least, true))
                .endsWith(" UTC)\n^".replace('^', '\u001b') + line.replace('^', '\u001b') + "\n");
        assertThat(report(layer).text("a", TIME, least, false)).doesNotContain("\u001b");
    }

    /** What the original's server never says: nothing is left out without a word. */
    @Test
    void whatOverridesOfTheServerDidIsTold() throws IOException {
        String denied = """
            "Overrides":[{"FeatureName":"openssl","Version":"3.0.11-1","VulnerabilityName":"CVE-1","Status":"not-affected",
              "Reason":"not\\u001b reached","Before":{"Severity":"High"}}]\
            """;
        assertThat(report("{\"Features\":[{\"Name\":\"openssl\"}]," + denied + "}")
                        .text("a", TIME, ClairSeverity.LOW, false))
                .isEqualTo("""
                    Clair report for image a (2017-09-27 03:41:35.484442 +0000 UTC)
                    NOTE: Overrides of the server deny what is published:
                    \tCVE-1 (High) in openssl @ 3.0.11-1: not\\u{1b} reached

                    Success! No other vulnerabilities were detected in your image
                    """);
        assertThat(report("""
            {"Features":[{"Name":"f","Version":"1","AddedBy":"l","Vulnerabilities":[
              {"Name":"CVE-2","Severity":"Low","Metadata":{"Limpid":{"Override":{"Reason":"mended here"}}}},
              {"Name":"CVE-3","Severity":"Low","Metadata":{"Limpid":"x"}}]}]}
            """).text("a", TIME, ClairSeverity.LOW, false)).isEqualTo("""
                Clair report for image a (2017-09-27 03:41:35.484442 +0000 UTC)
                CVE-2 (Low)
                \tPackage:       f @ 1
                \tLayer:         l
                \tOverride:      mended here

                CVE-3 (Low)
                \tPackage:       f @ 1
                \tLayer:         l

                """);
    }

    /** Nobody knows how bad that is, so that it may be the worst. */
    @Test
    void aWordThatClairDoesNotHaveIsFirstAndNeverLeftOut() throws IOException {
        ClairReport report = report("{\"Features\":[{\"Name\":\"f\",\"Vulnerabilities\":["
                + "{\"Name\":\"A\",\"Severity\":\"Defcon1\"},{\"Name\":\"B\",\"Severity\":\"Apocalyptic\"}]}]}");
        assertThat(report.text("a", TIME, ClairSeverity.DEFCON1, false))
                .containsSubsequence("B (Apocalyptic)", "A (Defcon1)");
    }

    /** A description of a million words takes as long as a million short ones. */
    @Test
    void aHugeDescription() throws IOException {
        String words = "word ".repeat(1_000_000);
        ClairReport report = report("{\"Features\":[{\"Vulnerabilities\":[{\"Description\":\"" + words + "\"}]}]}");
        assertThat(report.text("a", TIME, ClairSeverity.UNKNOWN, false)).contains("\tword word ");
    }
}
