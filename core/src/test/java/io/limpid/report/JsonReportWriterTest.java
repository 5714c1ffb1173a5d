package io.limpid.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Inventory;
import io.limpid.model.Limits;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class JsonReportWriterTest {
    private static final Path SCHEMA = Path.of("..", "docs", "report-schema-1.json");

    static String json(Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonReportWriter().write(report, ReportOptions.PLAIN, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonObject parsed(String json) throws IOException {
        return (JsonObject) Json.parse(json.getBytes(StandardCharsets.UTF_8), 1 << 20, Limits.DEFAULT);
    }

    static Stream<Report> reports() {
        return Stream.of(
                SampleReports.empty(),
                SampleReports.full(),
                SampleReports.hostile(),
                SampleFindings.vulnerable(),
                SampleFindings.vulnerable().reproducible(),
                SampleFindings.clean(),
                SampleFindings.unknown(),
                SampleCorrections.corrected(),
                SampleCorrections.cleanByOverrides(),
                SampleCorrections.onlyKernel());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void isWhatThePublishedSchemaSays(Report report) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA, StandardCharsets.UTF_8), InputFormat.JSON);
        assertThat(schema.validate(json(report), InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(json(report).replace("\"verdict\": {", "\"verdict\": {\"x\": 1,"), InputFormat.JSON))
                .as("the schema refuses what it does not know")
                .isNotEmpty();
        assertThat(schema.validate(
                        json(report).replace("\"unknown\"", "\"clean\"").replace("\"reasons\"", "\"why\""),
                        InputFormat.JSON))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void equalReportsGiveEqualBytes(Report report) throws IOException {
        assertThat(json(SampleReports.reversed(report))).isEqualTo(json(report));
    }

    /** The members of the design, in its order. */
    @ParameterizedTest
    @CsvSource({
        "'', schemaVersion target distro verdict origin layers packages findings problems advisories overrides"
                + " summary",
        "target, kind reference imageId manifestDigest platform",
        "distro, id versionId codename namespace endOfLife",
        "verdict, result complete reasons endOfLife notes",
        "origin, products contentSets moduleStreams builds",
        "layers, index diffId digest createdBy sizeBytes verified",
        "packages, type name version arch source module purl location layer ownedBy removedInLayer repository",
        "findings, id aliases package layer severity severitySource severities state fixedVersion advisory scores"
                + " comparison note class override",
        "overrides, place id package versions namespace status fixedVersion severity reason author expires effect"
                + " changed added denied",
        "problems, layer path what",
        "advisories, feed namespace records dataDate fetchedAt note",
        "summary, packages removedPackages packagesByType findings findingsBySeverity fixable undecided"
                + " kernelNotRunning denied problems layers",
    })
    void hasTheMembersOfTheDesign(String of, String members) throws IOException {
        JsonObject report = parsed(json(of.equals("overrides") ? SampleCorrections.corrected() : SampleReports.full()));
        JsonObject part = report;
        if (!of.isEmpty()) {
            part = report.value(of) instanceof JsonObject object
                    ? object
                    : report.objects(of).getFirst();
        }
        assertThat(String.join(" ", part.members().keySet())).isEqualTo(members);
    }

    @Test
    void theDocumentationNamesEveryMember() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "report.md"), StandardCharsets.UTF_8);
        Matcher member = Pattern.compile("\"(\\w+)\":")
                .matcher(json(SampleReports.full()) + json(SampleCorrections.corrected()));
        while (member.find()) {
            assertThat(page).contains("`" + member.group(1) + "`");
        }
    }

    @Test
    void partsOfFindings() throws IOException {
        JsonObject finding =
                parsed(json(SampleReports.full())).objects("findings").getFirst();
        assertThat(Objects.requireNonNull(finding.object("package")).members().keySet())
                .containsExactly("type", "name", "version", "purl", "location");
        assertThat(Objects.requireNonNull(finding.object("advisory")).members().keySet())
                .containsExactly("feed", "url");
        assertThat(Objects.requireNonNull(finding.object("scores")).members().keySet())
                .containsExactly(
                        "cvss", "epss", "epssPercentile", "epssDate", "kev", "kevAdded", "kevDue", "kevRansomware");
        assertThat(finding.strings("aliases")).isEqualTo(List.of("ALIAS-1", "DSA-9999-1"));
    }

    @ParameterizedTest
    @CsvSource({"empty", "full", "hostile"})
    void golden(String name) throws IOException {
        Report report = switch (name) {
            case "empty" -> SampleReports.empty();
            case "full" -> SampleReports.full();
            default -> SampleReports.hostile();
        };
        Golden.check("io/limpid/report/" + name + ".json", json(report));
    }

    @Test
    void nothingOfTheImageIsObeyed() throws IOException {
        String json = json(SampleReports.hostile());
        assertThat(json)
                .endsWith("}\n")
                .doesNotContain("\r", "\u001b", "\u009b", "\u202e", "\u2028", "\u007f", "\u0000", "##vso[", "##[");
        assertThat(json.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
        String name = parsed(json).objects("packages").getFirst().string("name");
        assertThat(name)
                .isEqualTo(SampleReports.HOSTILE.replace('\ud800', '\ufffd').replace("\ufffd\ude00", "\ud83d\ude00"));
    }

    @Test
    void whatHidesBeyondTheFirstPlaneIsEscapedToo() throws IOException {
        Report empty = SampleReports.empty();
        Problem hiding = new Problem(0, "a\udb40\udc41b", "\ud83d\ude00");
        Inventory inventory = new Inventory(null, List.of(), List.of(hiding));
        assertThat(json(new Report(empty.target(), List.of(), inventory, List.of(), List.of(), empty.verdict())))
                .contains("\"path\": \"a\\uDB40\\uDC41b\"", "\"what\": \"\ud83d\ude00\"");
    }

    @Test
    void aStreamThatFailsSaysSoItself() {
        IOException full = new IOException("no space left");
        OutputStream out = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw full;
            }
        };
        assertThatThrownBy(() -> new JsonReportWriter().write(SampleReports.full(), ReportOptions.PLAIN, out))
                .isSameAs(full);
    }
}
