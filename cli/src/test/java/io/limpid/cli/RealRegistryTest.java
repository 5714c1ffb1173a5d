package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.testing.DockerRegistry;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real images in Debian's docker-registry, brought there by skopeo, scanned from the command line. */
class RealRegistryTest {
    @TempDir
    private Path folder;

    private String scan(int expected, Map<String, String> environment, String... words) {
        TestConsole console = TestConsole.with("", environment);
        String[] line = new String[words.length + 5];
        line[0] = "scan";
        line[1] = "-o";
        line[2] = "json";
        line[3] = "--cache";
        line[4] = folder.resolve(environment.getOrDefault("LIMPID_TEST_CACHE", "cache"))
                .toString();
        System.arraycopy(words, 0, line, 5, words.length);
        assertThat(console.run(line)).as(console.err()).isEqualTo(expected);
        return expected == ExitCode.FINE ? console.out() : console.err();
    }

    /** A report without its target. */
    private static String rest(String report) {
        return report.replaceFirst("(?s)\"target\": \\{.*?\\},", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alpine-3.18.9-x86_64.tar.xz",
                "debian-12-upgrade-install-remove.tar.xz",
                "alpine-3.14-upgraded-to-3.15.tar.xz",
                "repeated-and-empty-layers.tar.xz",
                "mariner-2.0-sqlite.tar.xz",
            })
    void theReportOfTheSameImageInAnArchive(String file) throws IOException, InterruptedException {
        Path image = Shared.require("images/images/" + file);
        try (DockerRegistry registry = DockerRegistry.start(folder)) {
            registry.push("docker-archive:" + image, "team/app:1");
            Path archive = folder.resolve("archive.tar");
            registry.pull("team/app:1", "oci-archive:" + archive);
            String report = scan(ExitCode.FINE, Map.of(), registry.name("team/app:1"));
            assertThat(report)
                    .contains("\"kind\": \"registry\"")
                    .contains("\"reference\": \"" + registry.name("team/app:1") + "\"");
            assertThat(rest(report)).isEqualTo(rest(scan(ExitCode.FINE, Map.of(), "oci-archive:" + archive)));
            assertThat(scan(ExitCode.FINE, Map.of(), "registry:" + registry.name("team/app:1")))
                    .isEqualTo(report);
        }
    }

    @Test
    void whatIsKnownIsNotFetched() throws IOException, InterruptedException {
        Path image = Shared.require("images/images/debian-12-upgrade-install-remove.tar.xz");
        // Facts are kept of a known build only.
        String before = System.setProperty("limpid.build", "test");
        try (DockerRegistry registry = DockerRegistry.start(folder)) {
            registry.push("docker-archive:" + image, "a:1");
            String cold = scan(ExitCode.FINE, Map.of(), registry.name("a:1"));
            assertThat(registry.forgetLayers()).isPositive();
            assertThat(scan(ExitCode.FINE, Map.of(), registry.name("a:1"))).isEqualTo(cold);
            String error = scan(ExitCode.TOOL_ERROR, Map.of("LIMPID_TEST_CACHE", "other"), registry.name("a:1"));
            assertThat(error).contains(registry.host(), "hint: ");
        } finally {
            if (before == null) {
                System.clearProperty("limpid.build");
            } else {
                System.setProperty("limpid.build", before);
            }
        }
    }

    @Test
    void withALogin() throws IOException, InterruptedException {
        Path image = Shared.require("images/images/alpine-3.18.9-x86_64.tar.xz");
        try (DockerRegistry registry = DockerRegistry.startWithLogin(folder)) {
            registry.push("docker-archive:" + image, "a:1");
            String name = registry.name("a:1");
            Map<String, String> nobody =
                    Map.of("DOCKER_CONFIG", folder.resolve("none").toString());
            assertThat(scan(ExitCode.TOOL_ERROR, nobody, name))
                    .contains(registry.host() + " answered 401 Unauthorized", "hint: log in with 'docker login");
            assertThat(scan(ExitCode.TOOL_ERROR, login(registry, "wrong"), name))
                    .contains("401 Unauthorized, to the login from " + folder)
                    .doesNotContain("wrong\"");
            assertThat(scan(ExitCode.FINE, login(registry, DockerRegistry.PASSWORD), name))
                    .contains("\"verified\": true")
                    .doesNotContain(DockerRegistry.PASSWORD);
        }
    }

    private Map<String, String> login(DockerRegistry registry, String password) throws IOException {
        String both = DockerRegistry.USER + ":" + password;
        Files.writeString(
                folder.resolve("config.json"),
                "{\"auths\":{\"" + registry.host() + "\":{\"auth\":\""
                        + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8))
                        + "\"}}}");
        return Map.of("DOCKER_CONFIG", folder.toString());
    }
}
