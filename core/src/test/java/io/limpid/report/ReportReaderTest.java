package io.limpid.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Finding;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Origin;
import io.limpid.model.Report;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written is read back; what was not written by us is refused with words. */
final class ReportReaderTest {

    private static Report read(String json) throws IOException {
        return ReportReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Limits.DEFAULT);
    }

    private static String json(Report report) throws IOException {
        return JsonReportWriterTest.json(report);
    }

    @ParameterizedTest
    @MethodSource("io.limpid.report.JsonReportWriterTest#reports")
    void writtenReadAndWrittenAgain(Report report) throws IOException {
        assertThat(json(read(json(report)))).isEqualTo(json(report));
    }

    @Property(tries = 300)
    void nothingIsLostOnTheWay(@ForAll long seed) throws IOException {
        Report report = RandomReport.of(seed);
        Report again = read(json(report));
        assertThat(again.target()).isEqualTo(report.target());
        assertThat(again.layers()).isEqualTo(ReportOrder.layers(report));
        assertThat(again.inventory().distro()).isEqualTo(report.inventory().distro());
        assertThat(again.inventory().packages()).isEqualTo(ReportOrder.packages(report));
        assertThat(again.inventory().problems()).isEqualTo(ReportOrder.problems(report));
        assertThat(again.advisories()).isEqualTo(ReportOrder.advisories(report));
        assertThat(again.verdict().result()).isEqualTo(report.verdict().result());
        assertThat(again.verdict().complete()).isEqualTo(report.verdict().complete());
        assertThat(again.findings())
                .extracting(Finding::id, Finding::state, Finding::severity, Finding::severities)
                .isEqualTo(ReportOrder.findings(report).stream()
                        .map(one -> Tuple.tuple(one.id(), one.state(), one.severity(), one.severities()))
                        .toList());
        assertThat(json(again)).isEqualTo(json(report));
    }

    /** Every writer and reader takes every report, in whatever order its lists are. */
    @Property(tries = 100)
    void everyWriterTakesEveryReport(@ForAll long seed) throws IOException {
        Report report = RandomReport.of(seed);
        for (ReportWriter writer : ReportWriters.all()) {
            for (ReportOptions options : List.of(
                    ReportOptions.PLAIN, new ReportOptions(40, true, false, true, true, Instant.EPOCH, "x y"))) {
                assertThat(written(writer, SampleReports.shuffled(report, seed), options))
                        .isEqualTo(written(writer, report, options));
            }
        }
    }

    private static String written(ReportWriter writer, Report report, ReportOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(report, options, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What version 1.2 did not have is empty. */
    @Test
    void aReportWithoutOverridesIsRead() throws IOException {
        String earlier = json(SampleFindings.vulnerable())
                .replace("\"schemaVersion\": \"1.3\"", "\"schemaVersion\": \"1.2\"")
                .replaceAll(",\\s+\"endOfLife\": (?:true|false),\\s+\"notes\": \\[\\]", "")
                .replaceAll(",\\s+\"class\": null,\\s+\"override\": null", "")
                .replaceAll("\"overrides\": \\[\\],\\s+", "");
        assertThat(earlier).doesNotContain("override", "notes", "class");
        assertThat(json(read(earlier))).isEqualTo(json(SampleFindings.vulnerable()));
    }

    /** What version 1.1 did not have is empty. */
    @Test
    void aReportWithoutOriginIsRead() throws IOException {
        String earlier = json(SampleReports.full())
                .replace("\"schemaVersion\": \"1.3\"", "\"schemaVersion\": \"1.1\"")
                .replaceAll("(?s)\"origin\": \\{.*?\"layers\"", "\"layers\"")
                .replaceAll(",\\s+\"repository\": [^\n]*", "");
        assertThat(earlier).doesNotContain("origin", "repository");
        Report report = read(earlier);
        assertThat(report.inventory().origin()).isEqualTo(Origin.UNKNOWN);
        assertThat(report.inventory().packages()).hasSize(5).allMatch(one -> one.repository() == null);
    }

    /** What version 1.0 did not have is empty. */
    @Test
    void anEarlierReportIsRead() throws IOException {
        String earlier = json(SampleFindings.vulnerable())
                .replace("\"schemaVersion\": \"1.3\"", "\"schemaVersion\": \"1.0\"")
                .replaceAll("(?s)\"severities\": \\[.*?\\],\\s+\"state\"", "\"state\"")
                .replaceAll(",\\s+\"note\": [^\n]*?(?=,?\n)", "")
                .replaceAll("(\"purl\": \"[^\n]*\"),\\s+\"location\": \"[^\n]*\"(\\s+\\},\\s+\"layer\")", "$1$2")
                .replaceAll("\"undecided\": \\d+,", "")
                .replaceAll(",\\s+\"notes\": \\[\\]", "");
        assertThat(earlier).doesNotContain("severities", "note", "\"undecided\": 1");
        Report report = read(earlier);
        assertThat(report.findings())
                .hasSize(11)
                .allMatch(finding -> finding.severities().isEmpty());
        assertThat(report.findings()).extracting(Finding::affected).contains(SampleFindings.LIBSSL, SampleFindings.NPM);
    }

    @Test
    void whatALaterReportAddsIsPassedOver() throws IOException {
        String later = json(SampleFindings.vulnerable())
                .replace("\"1.3\"", "\"1.37\"")
                .replace("\"id\": \"CVE", "\"more\": [{}], \"id\": \"CVE");
        assertThat(json(read(later))).isEqualTo(json(SampleFindings.vulnerable()));
    }

    /** A text of a good report, what it is replaced by, and what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"schemaVersion\": \"1.3\"` | `\"schemaVersion\": \"2.0\"` | its schema version is 2.0, and this"
                        + " version of limpid reads 1.x",
                "`\"schemaVersion\": \"1.3\",` | `` | it has no schemaVersion",
                "`\"schemaVersion\": \"1.3\"` | `\"schemaVersion\": 1.1` | member \"schemaVersion\": expected a"
                        + " string, found a number",
                "`\"findings\":` | `\"found\":` | member \"findings\" is missing",
                "`\"problems\": []` | `\"problems\": null` | member \"problems\" is missing",
                "`\"state\": \"fixed\"` | `\"state\": \"mended\"` | findings[0]: member \"state\": unknown word mended",
                "`\"severity\": \"critical\"` | `\"severity\": \"CRITICAL\"` | findings[0]: member"
                        + " \"severity\": unknown word CRITICAL",
                "`\"state\": \"deferred\"` | `\"state\": \"undecided\"` | is undecided, and nothing says why",
                "`\"version\": \"5.2.15-2+b2\"` | `\"version\": \"\"` | packages[0]: a package needs a type, a name"
                        + " and a version",
                "`\"location\": \"app/node_modules/lodash/package.json\"` | `\"location\": \"app\"` | ",
                "`\"layer\": 3` | `\"layer\": -1` | member \"layer\" is negative",
                "`\"layer\": 3` | `\"layer\": 3000000000` | member \"layer\": there is no layer 3000000000",
                "`\"index\": 1` | `\"index\": 0` | layer 0 is there twice",
                "`\"index\": 1` | `\"index\": \"1\"` | layers[1]: member \"index\": expected an integer, found a"
                        + " string",
                "`sha256:0` | `sha1:0` | layers[0]: not a sha256 digest: sha1:0",
                "`\"verified\": true` | `\"verified\": null` | layers[0]: member \"verified\" is missing",
                "`\"result\": \"vulnerable\"` | `\"result\": \"clean\"` | a clean report has neither findings nor"
                        + " problems",
                "`\"result\": \"vulnerable\"` | `\"result\": \"fine\"` | member \"result\": unknown word fine",
                "`\"result\": \"vulnerable\"` | `\"result\": \"unknown\"` | an unknown verdict needs a reason",
                "`\"complete\": true` | `\"complete\": 1` | member \"complete\": expected a boolean",
                "`\"platform\": null` | `\"platform\": \"linux\"` | member \"platform\": not a platform: linux",
                "`\"records\": 1` | `\"records\": 1e3` | advisories[1]: member \"records\": expected an integer",
                "`\"kind\":` | `\"kind\": \"a\", \"kind\":` | member \"kind\" is there twice",
                "`\"name\": \"libc6\"` | `\"name\": \"libc7\"` | ",
            })
    void whatIsNoReportIsRefused(String good, String bad, @Nullable String said) throws IOException {
        String json = json(SampleFindings.vulnerable());
        assertThat(json).contains(good);
        if (said == null) {
            // Replaced everywhere it is a report of something else; replaced in the list alone its findings hang in the
            // air.
            assertThat(json(read(json.replace(good, bad)))).isEqualTo(json.replace(good, bad));
            assertRefused(
                    json.replaceFirst(Pattern.quote(good), bad),
                    "its package is not one of those that the report lists");
        } else {
            assertRefused(json.replace(good, bad), said);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "\"schemaVersion\"", "{\"schemaVersion\": \"1.3\"}", "{}"})
    void whatIsNoDocumentIsRefused(String text) {
        assertRefused(text, "");
    }

    @Test
    void aReportThatIsCutIsRefused() throws IOException {
        String json = json(SampleFindings.vulnerable()).strip();
        for (int end = 0; end < json.length(); end += 97) {
            assertRefused(json.substring(0, end), "");
        }
    }

    @Test
    void aReportIsToldByItsContent() throws IOException {
        JsonObject sbom = (JsonObject)
                Json.parse("{\"bomFormat\": \"CycloneDX\"}".getBytes(StandardCharsets.UTF_8), 100, Limits.DEFAULT);
        assertThat(ReportReader.isReport(sbom)).isFalse();
        JsonObject report = (JsonObject)
                Json.parse(json(SampleReports.full()).getBytes(StandardCharsets.UTF_8), 1 << 20, Limits.DEFAULT);
        assertThat(ReportReader.isReport(report)).isTrue();
        assertThat(json(ReportReader.of(report))).isEqualTo(json(SampleReports.full()));
    }

    private static void assertRefused(String json, String said) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(LimpidException.class, failure -> {
            assertThat(failure.what()).isEqualTo("cannot read the report");
            assertThat(failure.reason()).isNotBlank().contains(said);
            assertThat(failure.hint()).isNotBlank();
        });
    }
}
