package io.limpid.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.detect.Detectors;
import io.limpid.facts.LayerScan;
import io.limpid.image.ImageSources;
import io.limpid.layer.LayerReader;
import io.limpid.match.AdvisoryList;
import io.limpid.match.Matcher;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.FixState;
import io.limpid.model.Limits;
import io.limpid.model.Report;
import io.limpid.model.VersionRange;
import io.limpid.report.CycloneDxReportWriter;
import io.limpid.report.JsonReportWriter;
import io.limpid.report.ReportOptions;
import io.limpid.report.ReportWriter;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.TarMaker;
import io.limpid.version.VersionSchemes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An SBOM of an image, scanned with the same advisories, has the image's findings and verdict. */
final class SbomOfImageTest {
    private static final Instant NOW = Instant.parse("2024-06-01T00:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, clean", "2, vulnerable", "9, vulnerable"})
    void theSameVerdict(String fixed, String verdict) throws IOException, InterruptedException {
        Report image = scan(image().toString(), fixed);
        assertThat(image.verdict().result().word()).isEqualTo(verdict);
        Report again = scan("sbom:" + sbom(image), fixed);
        assertThat(rest(again)).isEqualTo(rest(image).replace("\"verified\": true", "\"verified\": false"));
    }

    /** As another tool would have written it: the same is found, and not where it came from. */
    @Test
    void theSameFindingsWithoutOurProperties() throws IOException, InterruptedException {
        Report image = scan(image().toString(), "9");
        Path sbom = sbom(image);
        Files.writeString(sbom, Files.readString(sbom).replace("limpid:", "other:"));
        Report again = scan("sbom:" + sbom, "9");
        assertThat(again.layers()).isEmpty();
        assertThat(again.findings().stream()
                        .map(one -> one.id() + one.affected().purl() + one.comparison()))
                .hasSize(1)
                .containsExactlyElementsOf(image.findings().stream()
                        .map(one -> one.id() + one.affected().purl() + one.comparison())
                        .toList());
        assertThat(again.verdict()).isEqualTo(image.verdict());
    }

    /** What a document says of findings is not asked: without them it is as vulnerable as before. */
    @Test
    void takingAwayTheFindingsMakesNothingClean() throws IOException, InterruptedException {
        Path sbom = sbom(scan(image().toString(), "9"));
        String edited =
                Files.readString(sbom).replaceAll("(?s)\"vulnerabilities\": \\[.*?\n  \\]", "\"vulnerabilities\": []");
        assertThat(edited).doesNotContain("CVE-2024-1");
        Files.writeString(sbom, edited);
        assertThat(scan("sbom:" + sbom, "9").verdict().result().word()).isEqualTo("vulnerable");
    }

    private Path image() throws IOException {
        TarMaker base = new TarMaker()
                .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n")
                .file("var/lib/dpkg/status", dpkg("kept") + dpkg("gone"));
        TarMaker upper = new TarMaker().file("var/lib/dpkg/status", dpkg("kept"));
        return Files.write(
                folder.resolve("image.tar"),
                new ImageMaker().layer(base.bytes()).layer(upper.bytes()).dockerArchive("image:1"));
    }

    private static String dpkg(String name) {
        return "Package: " + name + "\nStatus: install ok installed\nSource: src\nArchitecture: amd64\nVersion: 1\n\n";
    }

    private Path sbom(Report report) throws IOException {
        return Files.writeString(folder.resolve("bom.json"), written(new CycloneDxReportWriter(), report));
    }

    private static String rest(Report report) throws IOException {
        return written(new JsonReportWriter(), report).replaceFirst("(?s)\"target\": \\{.*?\\},", "");
    }

    private static String written(ReportWriter writer, Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(report, ReportOptions.PLAIN, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Report scan(String target, String fixed) throws IOException, InterruptedException {
        Advisory advisory = new Advisory(
                "CVE-2024-1",
                List.of(),
                "debian",
                AdvisorySubject.ofSource("debian:12", "src"),
                FixState.FIXED,
                List.of(VersionRange.before(fixed)),
                fixed,
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                null);
        Limits limits = Limits.DEFAULT;
        return new Scan(
                        new Targets(ImageSources.all(), limits),
                        new LayerScan(new LayerReader(limits, true), Detectors.all(limits)),
                        new Matcher(VersionSchemes.all()),
                        new AdvisoryList(List.of(advisory), NOW.toString()),
                        new VerdictPolicy(NOW, VerdictPolicy.DEFAULT_MAX_AGE, false),
                        limits)
                .scan(new ScanRequest(target, null, null));
    }
}
