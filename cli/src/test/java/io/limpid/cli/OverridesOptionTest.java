package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of overrides as its users meet it: by option or variable, in each mode of a scan, in report, explanation and gate. */
class OverridesOptionTest {
    @TempDir
    Path folder;

    private Path overrides = Path.of("");
    private Path sbom = Path.of("");
    private Path root = Path.of("");
    private final TestConsole test = TestConsole.with("");

    @BeforeEach
    void write() throws IOException {
        overrides = Files.writeString(folder.resolve("overrides.yaml"), """
            overrides:
              - id: CVE-2026-9999
                package: agent
                versions: "< 2"
                status: affected
                severity: high
                reason: reported to us, see TICKET-1
                expires: never
              - id: CVE-2020-1
                package: agent
                status: not-affected
                reason: long ago
                expires: 2020-12-31
            """);
        sbom = Files.writeString(folder.resolve("sbom.json"), """
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
              {"type": "library", "name": "agent", "version": "1.5",
               "purl": "pkg:deb/debian/agent@1.5?arch=amd64&distro=debian-12"}]}
            """);
        root = folder.resolve("root");
        Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/os-release"), "ID=debian\nVERSION_ID=12\n");
        Files.writeString(
                root.resolve("var/lib/dpkg/status"),
                "Package: agent\nStatus: install ok installed\nVersion: 1.5\nArchitecture: amd64\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sbom", "dir"})
    void itIsAppliedInEachMode(String mode) {
        String target = mode.equals("sbom") ? sbom.toString() : "dir:" + root;
        assertThat(test.run("scan", target, "--overrides", overrides.toString(), "--fail-on", "high"))
                .isEqualTo(ExitCode.GATE_FAILED);
        assertThat(test.out().replaceAll("\\s+", " "))
                .contains("CVE-2026-9999 affected; only by an override")
                .contains("Overrides (2: 1 applied, 1 expired)")
                .contains("adds 1 finding; reported to us, see TICKET-1; for ever; " + overrides + ":2")
                .contains("Verdict VULNERABLE");
        assertThat(test.err())
                .contains("warning: 1 override has expired and changes nothing: " + overrides + ":9")
                .contains("gate failed (--fail-on high): 1 finding high or worse");
    }

    @Test
    void theVariableStandsForTheOption() {
        TestConsole named = TestConsole.with("", Map.of("LIMPID_OVERRIDES", overrides.toString()));
        assertThat(named.run("scan", "-q", "-o", "json", sbom.toString())).isEqualTo(ExitCode.FINE);
        assertThat(named.out()).contains("\"effect\": \"expired\"", "\"id\": \"CVE-2026-9999\"");
        assertThat(named.run("explain", "CVE-2026-9999", sbom.toString())).isEqualTo(ExitCode.FINE);
        assertThat(named.out()).contains("no publisher states it", "reported to us, see TICKET-1");
    }

    @Test
    void withoutItNothingIsCorrected() {
        test.run("scan", "-q", "-o", "json", sbom.toString());
        assertThat(test.out()).contains("\"overrides\": []").doesNotContain("CVE-2026-9999");
    }

    @Test
    void aFileThatIsWrongStopsBeforeTheScan() throws IOException {
        Files.writeString(overrides, "overrides:\n  - id: CVE-1\n    packge: agent\n");
        assertThat(test.run("scan", "no-such-image.tar", "--overrides", overrides.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(test.err())
                .startsWith("error: cannot use the overrides in " + overrides + ":3\n")
                .contains("cause: unknown member: packge (did you mean package?)");
        TestConsole missing = TestConsole.with("");
        assertThat(missing.run("scan", sbom.toString(), "--overrides", folder.resolve("none") + ""))
                .isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("cause: there is no such file", "hint: name one that is there");
    }
}
