package io.limpid.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Report;
import io.limpid.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TableReportWriterTest {
    private static final ReportOptions NARROW = new ReportOptions(60, false, false, true);
    private static final ReportOptions COLOURED = new ReportOptions(100, true, true, true);

    private static String table(Report report, ReportOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TableReportWriter().write(report, options, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"empty", "full", "hostile"})
    void golden(String name) throws IOException {
        Report report = switch (name) {
            case "empty" -> SampleReports.empty();
            case "full" -> SampleReports.full();
            default -> SampleReports.hostile();
        };
        Golden.check("io/limpid/report/" + name + ".txt", table(report, ReportOptions.PLAIN));
        Golden.check("io/limpid/report/" + name + "-narrow.txt", table(report, NARROW));
    }

    @ParameterizedTest
    @MethodSource("io.limpid.report.JsonReportWriterTest#reports")
    void equalReportsGiveEqualBytes(Report report) throws IOException {
        assertThat(table(SampleReports.reversed(report), NARROW)).isEqualTo(table(report, NARROW));
    }

    @Test
    void removedPackagesOnRequestOnly() throws IOException {
        assertThat(table(SampleReports.full(), ReportOptions.PLAIN))
                .doesNotContain("wget")
                .contains("removed by an upper layer: 1");
        assertThat(table(SampleReports.full(), NARROW)).contains("wget");
    }

    @Test
    void coloursOnlyWhenAskedAndNeverAlone() throws IOException {
        String plain = table(SampleReports.full(), new ReportOptions(100, false, true, true));
        String coloured = table(SampleReports.full(), COLOURED);
        assertThat(plain).doesNotContain("\u001b").contains("VULNERABLE", "CRITICAL");
        assertThat(coloured).contains("\u001b[1;31mCRITICAL\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    }

    @Test
    void linesKeepToTheWidth() throws IOException {
        assertThat(table(SampleReports.full(), NARROW).lines())
                .filteredOn(line ->
                        !line.startsWith("Image ID") && !line.startsWith("Manifest") && !line.startsWith("  - "))
                .allMatch(line -> line.length() <= NARROW.width());
    }

    @Test
    void nothingOfTheImageIsObeyed() throws IOException {
        for (ReportOptions options : new ReportOptions[] {NARROW, new ReportOptions(4000, false, true, true)}) {
            String text = table(SampleReports.hostile(), options);
            assertThat(text)
                    .doesNotContain(
                            "\u001b", "\r", "\t", "\u009b", "\u202e", "\u2066", "\u2028", "\u007f", "\u0000", "##[",
                            "##vso[");
            assertThat(text.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
        }
        assertThat(table(SampleReports.hostile(), NARROW).chars()).allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f));
    }

    @Test
    void theListIsSortedAndFound() {
        assertThat(ReportWriters.all()).extracting(ReportWriter::id).isSorted().doesNotHaveDuplicates();
        assertThat(ReportWriters.named("table")).containsInstanceOf(TableReportWriter.class);
        assertThat(ReportWriters.named("none")).isEmpty();
    }
}
