package io.limpid.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.Report;
import io.limpid.model.Severity;
import io.limpid.model.Verdict;
import io.limpid.model.Verdict.Result;
import io.limpid.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TableReportWriterTest {
    private static final Instant NOW = Instant.parse("2026-01-03T07:30:00Z");
    private static final ReportOptions NARROW = new ReportOptions(60, false, false, true, true, null, null);
    private static final ReportOptions COLOURED = new ReportOptions(100, true, true, true, true, null, null);
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

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
    @CsvSource({
        "40, false, false",
        "80, false, true",
        "80, true, true",
        "120, false, true",
        "120, true, false",
    })
    void goldenOfFindings(int width, boolean colour, boolean unicode) throws IOException {
        ReportOptions options = new ReportOptions(width, colour, unicode, false, false, NOW, "my image.tar");
        String name = "findings-" + width + (colour ? "-colour" : "") + (unicode ? "" : "-ascii") + ".txt";
        String table = table(SampleFindings.vulnerable(), options);
        Golden.check("io/limpid/report/" + name, table);
        assertThat(COLOUR.matcher(table).replaceAll("").lines())
                .filteredOn(line -> !line.startsWith("Image ID") && !line.startsWith("Next: "))
                .allMatch(line -> line.length() <= width);
    }

    @Test
    void goldenWithoutFindings() throws IOException {
        ReportOptions options = new ReportOptions(80, false, true, false, false, NOW, "alpine:3.20");
        Golden.check("io/limpid/report/clean.txt", table(SampleFindings.clean(), options));
        Golden.check("io/limpid/report/unknown.txt", table(SampleFindings.unknown(), options));
    }

    /** What is only counted is told in one line, and shown where it is asked for; what is clean by overrides says so. */
    @Test
    void goldenOfCorrections() throws IOException {
        ReportOptions options = new ReportOptions(100, false, true, false, false, NOW, "my image.tar");
        Golden.check("io/limpid/report/overrides.txt", table(SampleCorrections.corrected(), options));
        Golden.check("io/limpid/report/overrides-all.txt", table(SampleCorrections.corrected(), options.showing(true)));
        Golden.check("io/limpid/report/overrides-clean.txt", table(SampleCorrections.cleanByOverrides(), options));
        Golden.check("io/limpid/report/only-kernel.txt", table(SampleCorrections.onlyKernel(), options));
    }

    /** Whatever the width: every id, package, version and reason is there, and in one piece. */
    @ParameterizedTest
    @ValueSource(ints = {40, 47, 60, 79, 80, 120, 400})
    void nothingIsLeftOut(int width) throws IOException {
        Report report = SampleFindings.vulnerable();
        String table = table(report, new ReportOptions(width, false, true, false, false, null, null));
        String joined = table.replaceAll("\\s+", " ");
        for (Finding finding : report.findings()) {
            assertThat(table).contains(finding.id(), finding.affected().value().name());
            if (finding.state() == FindingState.UNDECIDED) {
                assertThat(joined).contains("undecided: " + finding.comparison());
            } else if (finding.fixedVersion() != null && finding.state() != FindingState.FIXED) {
                assertThat(joined).contains(finding.state().word() + ", " + finding.fixedVersion() + " is announced");
            } else if (finding.fixedVersion() != null) {
                assertThat(joined).contains("fixed in " + finding.fixedVersion());
            }
        }
        assertThat(joined).contains("only in libssl3", "will-not-fix", "under-investigation", "end-of-life");
    }

    /** A version that only subscribers can install is told, and never as one that everybody can. */
    @Test
    void whatOnlyUbuntuProHas() throws IOException {
        Finding finding = SampleFindings.finding(
                SampleFindings.OPENSSL, "CVE-1", Severity.HIGH, FindingState.FIXED_IN_PRO, "3.0.2-0ubuntu1+esm1", null);
        Report report =
                SampleFindings.report(List.of(), List.of(finding), new Verdict(Result.VULNERABLE, true, List.of()));
        String table = table(report, new ReportOptions(120, false, true, false, false, null, null));
        assertThat(table).contains("fixed in 3.0.2-0ubuntu1+esm1, Ubuntu Pro only");
        assertThat(finding.fixable()).isFalse();
    }

    /** An answer that is not "clean" never reads like one. */
    @ParameterizedTest
    @CsvSource({"clean, true", "unknown, false", "vulnerable, false", "empty, false"})
    void onlyCleanLooksClean(String name, boolean clean) throws IOException {
        Report report = switch (name) {
            case "clean" -> SampleFindings.clean();
            case "unknown" -> SampleFindings.unknown();
            case "vulnerable" -> SampleFindings.vulnerable();
            default -> SampleReports.empty();
        };
        String table = table(report, ReportOptions.PLAIN);
        assertThat(table.contains("7 packages compared with 40 124 advisories: none of them is known to be vulnerable"))
                .isEqualTo(clean);
        assertThat(table.contains("CLEAN")).isEqualTo(clean);
        assertThat(table.contains("\nFindings: 0\n")).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-03T04:05:06Z, 3 hours ago",
        "2026-01-03T07:29:30Z, just now",
        "2026-01-03T07:00:00Z, 30 minutes ago",
        "2026-01-03T07:00:00+01:00, 1 hour ago",
        "2026-01-01T07:31:00Z, 47 hours ago",
        "2025-12-25T07:30:00Z, 9 days ago",
        "2026-01-03T07:30:01Z, just now",
        "2026-01-03T08:30:01Z, ",
        "2026-01-03, ",
        "+999999999-12-31T23:59:59Z, ",
        "soon, ",
    })
    void ages(String moment, @Nullable String age) {
        assertThat(Age.of(moment, NOW)).isEqualTo(age);
        assertThat(Age.of(moment, null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/bin/sh -c #(nop) ADD file:1 in / , ADD file:1 in /",
        "/bin/sh -c #(nop)  CMD [\"sh\"], CMD [\"sh\"]",
        "/bin/sh -c apt-get   update, RUN apt-get update",
        "RUN /bin/sh -c make # buildkit, RUN make",
        "COPY a /b # buildkit, COPY a /b",
        "'RUN |1 V=2 /bin/sh -c make # buildkit', RUN |1 V=2 /bin/sh -c make",
        "'', ''",
        ", ''",
    })
    void instructions(@Nullable String createdBy, String shown) {
        assertThat(Instruction.of(createdBy)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CVE-2024-1 | CVE-2024-1",
                "my image.tar | 'my image.tar'",
                "$(rm -rf /) | '$(rm -rf /)'",
                "it's | 'it'\\''s'",
                "\"\" | ''",
                "| TARGET",
            })
    void words(@Nullable String word, String shown) {
        assertThat(Shell.word(word)).isEqualTo(shown);
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
        String plain = table(SampleReports.full(), new ReportOptions(100, false, true, true, true, null, null));
        String coloured = table(SampleReports.full(), COLOURED);
        assertThat(plain).doesNotContain("\u001b").contains("VULNERABLE", "CRITICAL");
        assertThat(coloured).contains("\u001b[1;31mCRITICAL\u001b[0m");
        assertThat(COLOUR.matcher(coloured).replaceAll("")).isEqualTo(plain);
    }

    @Test
    void linesKeepToTheWidth() throws IOException {
        assertThat(table(SampleReports.full(), NARROW).lines())
                .filteredOn(line -> !line.startsWith("Image ID") && !line.startsWith("Manifest"))
                .allMatch(line -> line.length() <= NARROW.width());
    }

    @Test
    void nothingOfTheImageIsObeyed() throws IOException {
        for (ReportOptions options :
                new ReportOptions[] {NARROW, new ReportOptions(4000, false, true, true, true, null, null)}) {
            String text = table(SampleReports.hostile(), options);
            assertThat(text)
                    .doesNotContain(
                            "\u001b", "\r", "\t", "\u009b", "\u202e", "\u2066", "\u2028", "\u007f", "\u0000", "##[",
                            "##vso[");
            assertThat(text.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
        }
        assertThat(table(SampleReports.hostile(), NARROW).chars()).allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f));
    }

    /** A word that is harmless inside a line is so too where the line is broken before it. */
    @Property(tries = 500)
    void noLineBeginsLikeACommand(@ForAll @IntRange(min = 0, max = 120) int before) {
        // Build servers strip every kind of blank before they look, not only the one that lines are broken at.
        for (String blank : List.of("", "\u00a0", "\u2003", "\u202f\u3000")) {
            TextPage page = new TextPage(ReportOptions.PLAIN);
            page.prose("- ", 2, page.safe("x".repeat(before) + " " + blank + "::error::one ##[error]two"));
            assertThat(page.toString().lines()).noneMatch(line -> line.matches("\\h*::.*"));
            assertThat(page.toString()).doesNotContain("##[");
        }
    }

    @Test
    void theListIsSortedAndFound() {
        assertThat(ReportWriters.all()).extracting(ReportWriter::id).isSorted().doesNotHaveDuplicates();
        assertThat(ReportWriters.named("table")).containsInstanceOf(TableReportWriter.class);
        assertThat(ReportWriters.named("none")).isEmpty();
    }
}
