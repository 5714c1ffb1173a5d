package io.limpid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real images against real advisories, from the command line to the report. */
class RealFindingsTest {
    private static final String ALPINE = "images/images/alpine-3.9.6-x86_64.tar.xz";

    @TempDir
    Path folder;

    private String scan(SharedMirror mirror, int expected, String... words) {
        TestConsole console =
                TestConsole.with("", Map.of("LIMPID_FEEDS_MIRROR", mirror.url(), "XDG_CACHE_HOME", folder.toString()));
        String[] line = new String[words.length + 1];
        line[0] = "scan";
        System.arraycopy(words, 0, line, 1, words.length);
        assertThat(console.run(line)).as(console.err()).isEqualTo(expected);
        return console.out();
    }

    /** Package, version and vulnerability of each finding, with what is said of it. */
    private static Set<String> findings(String report) throws JsonException {
        JsonObject json = (JsonObject) Json.parse(report.getBytes(UTF_8), 1 << 26, Limits.DEFAULT);
        Set<String> findings = new TreeSet<>();
        for (JsonObject finding : json.objects("findings")) {
            JsonObject affected = Objects.requireNonNull(finding.object("package"));
            findings.add(affected.string("purl") + " " + finding.string("id") + " " + finding.string("state") + " "
                    + finding.string("fixedVersion") + " " + finding.string("severity") + " "
                    + finding.string("comparison"));
        }
        return findings;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALPINE,
                "images/images/alpine-3.18.9-x86_64.tar.xz",
                "images/images/debian-12-full.tar.xz",
                "images/images/ubuntu-18.04-dpkg.tar.xz"
            })
    void theSameImageHasTheSameFindingsWhicheverWayItComes(String image) throws IOException, InterruptedException {
        Path archive = Shared.require(image);
        Path layout = folder.resolve("layout");
        assumeTrue(copied(archive, layout), "skipped: skopeo is not installed");
        try (SharedMirror mirror = SharedMirror.start()) {
            String report = scan(mirror, ExitCode.FINE, "-q", "-o", "json", archive.toString());
            Set<String> findings = findings(report);
            assertThat(findings).isNotEmpty();
            assertThat(findings(scan(mirror, ExitCode.FINE, "-q", "-o", "json", "oci-dir:" + layout)))
                    .isEqualTo(findings);
            Path sbom = Files.writeString(folder.resolve("bom.json"), sbom(report));
            assertThat(findings(scan(mirror, ExitCode.FINE, "-q", "-o", "json", "sbom:" + sbom)))
                    .isEqualTo(findings);
        }
    }

    private static boolean copied(Path archive, Path layout) throws IOException, InterruptedException {
        try {
            Process skopeo = new ProcessBuilder(
                            "skopeo", "copy", "-q", "docker-archive:" + archive, "oci:" + layout + ":copy")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(skopeo.getInputStream().readAllBytes(), UTF_8);
            assertThat(skopeo.waitFor()).as(said).isZero();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** A CycloneDX document of what a report lists. */
    private static String sbom(String report) throws JsonException {
        JsonObject json = (JsonObject) Json.parse(report.getBytes(UTF_8), 1 << 26, Limits.DEFAULT);
        String components = json.objects("packages").stream()
                .map(one -> {
                    try {
                        return one.integer("removedInLayer") != null
                                ? null
                                : "{\"type\":\"library\",\"name\":\"" + one.string("name") + "\",\"version\":\""
                                        + one.string("version") + "\",\"purl\":\"" + one.string("purl") + "\"}";
                    } catch (JsonException e) {
                        throw new AssertionError(e);
                    }
                })
                .filter(Objects::nonNull)
                .collect(Collectors.joining(","));
        return "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[" + components + "]}";
    }

    @Test
    void twoReproducibleRunsGiveTheSameBytes() throws IOException {
        String archive = Shared.require(ALPINE).toString();
        try (SharedMirror mirror = SharedMirror.start()) {
            String first = scan(mirror, ExitCode.FINE, "-q", "--reproducible", "-o", "json", archive);
            String again = scan(mirror, ExitCode.FINE, "-q", "--reproducible", "--refresh", "0", "-o", "json", archive);
            assertThat(again).isEqualTo(first).contains("CVE-2020-28928");
        }
    }

    @Test
    void severalOutputsGatesAndExplanationsOfOneImage() throws IOException {
        String archive = Shared.require(ALPINE).toString();
        Path json = folder.resolve("report.json");
        try (SharedMirror mirror = SharedMirror.start()) {
            String table = scan(mirror, ExitCode.FINE, "-q", "-o", "table", "-o", "json=" + json, archive);
            assertThat(table).contains("VULNERABLE", "CVE-2020-28928  fixed in 1.1.20-r6", "musl 1.1.20-r5 (apk)");
            // Alpine rates nothing, so nobody can say that nothing is as bad.
            scan(mirror, ExitCode.UNKNOWN, "-q", "--fail-on", "high", archive);
            scan(mirror, ExitCode.GATE_FAILED, "-q", "--fail-on", "unknown,fixable", archive);
            TestConsole console = TestConsole.with("");
            assertThat(console.run("explain", "CVE-2020-28928", json.toString()))
                    .isZero();
            assertThat(console.out()).contains("lib/apk/db/installed", "1.1.20-r5 < 1.1.20-r6", "apk");
        }
    }

    @Test
    void withoutNetworkAndDataNothingIsCleanAndThereIsAHint() throws IOException {
        String archive = Shared.require(ALPINE).toString();
        TestConsole console = TestConsole.with("", Map.of("XDG_CACHE_HOME", folder.toString()));
        assertThat(console.run("scan", "--offline", "--fail-on", "high", archive))
                .isEqualTo(ExitCode.UNKNOWN);
        assertThat(console.out()).contains("UNKNOWN", "there are no advisories for alpine:3.9");
        assertThat(console.err()).contains("limpid db update --only alpine/v3.9");
    }
}
