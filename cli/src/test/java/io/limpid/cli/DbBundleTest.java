package io.limpid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code limpid db keygen}, {@code export} and {@code import}: from a machine with a network to one without. */
class DbBundleTest {
    private static final String MAIN = "/secdb.alpinelinux.org/v3.18/main.json";
    private static final String COMMUNITY = "/secdb.alpinelinux.org/v3.18/community.json";

    @TempDir
    Path folder;

    private FaultServer mirror;
    private TestConsole console;

    @BeforeEach
    void publish() throws IOException {
        mirror = FaultServer.start();
        mirror.on(MAIN, secdb("main", "busybox", "1.36.1-r3"));
        mirror.on(COMMUNITY, secdb("community", "nodejs", "18.17.1-r0"));
        console = TestConsole.with("");
    }

    @AfterEach
    void close() {
        mirror.close();
    }

    private static Answer secdb(String repository, String name, String fixed) {
        String json =
                "{\"distroversion\":\"v3.18\",\"reponame\":\"" + repository + "\",\"packages\":[{\"pkg\":{\"name\":\""
                        + name + "\",\"secfixes\":{\"" + fixed + "\":[\"CVE-2023-42363\"]}}}]}";
        return Answer.ok(json.getBytes(UTF_8)).header("ETag", "\"" + json.hashCode() + "\"");
    }

    /** On the machine with the network. */
    private String out(int expected, String... words) {
        return run(expected, Map.of("LIMPID_FEEDS_MIRROR", mirror.url("").toString()), "out", words);
    }

    /** On the machine without. */
    private String in(int expected, String... words) {
        return run(expected, Map.of(), "in", words);
    }

    private String run(int expected, Map<String, String> more, String machine, String... words) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("XDG_CACHE_HOME", folder.resolve(machine).toString());
        environment.put("XDG_CONFIG_HOME", folder.resolve(machine + "-config").toString());
        console = TestConsole.with("", environment);
        assertThat(console.run(words)).as(console.err()).isEqualTo(expected);
        return console.out();
    }

    private String key(String name) {
        return folder.resolve(name).toString();
    }

    private String bundle() {
        return folder.resolve("advisories.limpid").toString();
    }

    private void export() {
        out(ExitCode.FINE, "db", "update", "-q", "--only", "alpine/v3.18");
        out(ExitCode.FINE, "db", "keygen", key("ours"));
        out(ExitCode.FINE, "db", "keygen", key("theirs"));
        assertThat(out(ExitCode.FINE, "db", "export", "--key", key("ours.key"), bundle()))
                .contains("alpine/v3.18: 2 records of ", "signed by ed25519:");
    }

    @Test
    void whatOneMachineFetchedAnotherScansWith() throws IOException {
        export();
        assertThat(in(ExitCode.FINE, "db", "import", "--trust", key("ours.pub"), bundle()))
                .startsWith("alpine/v3.18: 2 records of ")
                .contains("(+2 -0 ~0)");
        Path sbom = Files.writeString(
                folder.resolve("bom.json"),
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":\"library\",\"name\":\"busybox\","
                    + "\"version\":\"1.36.1-r2\",\"purl\":\"pkg:apk/alpine/busybox@1.36.1-r2?distro=alpine-3.18\"}]}");
        int asked = mirror.requests().size();
        assertThat(in(ExitCode.FINE, "scan", "--offline", "-q", sbom.toString()))
                .contains("CVE-2023-42363");
        assertThat(mirror.requests()).hasSize(asked);
        assertThat(in(ExitCode.FINE, "db", "status", "-o", "json"))
                .contains(
                        "\"by\": \"import\"",
                        "\"mirror\": \"" + mirror.url("").toString().replaceAll("/+$", ""));
        assertThat(in(ExitCode.FINE, "db", "import", "--trust", key("ours.pub"), bundle()))
                .contains("kept already");
    }

    @Test
    void whatAnImportWouldChangeIsShown() throws IOException {
        export();
        assertThat(in(ExitCode.TOOL_ERROR, "db", "diff", "--trust", key("ours.pub"), "--bundle", bundle(), "alpine"))
                .isEmpty();
        assertThat(console.err()).contains("alpine/v3.18: nothing of it is kept here");
        in(ExitCode.FINE, "db", "import", "--trust", key("ours.pub"), bundle());
        assertThat(in(ExitCode.FINE, "db", "diff", "--trust", key("ours.pub"), "--bundle", bundle()))
                .startsWith("alpine/v3.18: +0 -0 ~0 from ");
        mirror.on(MAIN, secdb("main", "busybox", "1.36.1-r4"));
        out(ExitCode.FINE, "db", "update", "--refresh", "0");
        out(ExitCode.FINE, "db", "export", "--key", key("ours.key"), bundle());
        for (int i = 0; i < 2; i++) {
            // Nothing is imported by that.
            assertThat(in(
                            ExitCode.FINE,
                            "db",
                            "diff",
                            "--trust",
                            key("ours.pub"),
                            "--bundle",
                            bundle(),
                            "alpine/v3.18"))
                    .contains("alpine/v3.18: +0 -0 ~1 from ", "fixed 1.36.1-r3 -> fixed 1.36.1-r4");
        }
        in(ExitCode.TOOL_ERROR, "db", "diff", "--trust", key("theirs.pub"), "--bundle", bundle());
        assertThat(console.err()).contains("error: cannot use the bundle ");
        in(ExitCode.TOOL_ERROR, "db", "diff", "--trust", key("ours.pub"), "--bundle", bundle(), "alpin");
        assertThat(console.err()).contains("did you mean alpine?");
    }

    @Test
    void aKeyIsASecretAndNeverReplaced() throws IOException {
        assertThat(out(ExitCode.FINE, "db", "keygen", key("ours")))
                .contains("secret  " + key("ours.key"), "public  " + key("ours.pub"), "id      ed25519:");
        Path secret = folder.resolve("ours.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        String text = Files.readString(secret);
        out(ExitCode.TOOL_ERROR, "db", "keygen", key("ours"));
        Files.delete(folder.resolve("ours.pub"));
        out(ExitCode.TOOL_ERROR, "db", "keygen", key("ours"));
        assertThat(console.err()).contains("there is something of that name already");
        assertThat(Files.readString(secret)).isEqualTo(text);
    }

    @Test
    void whoIsTrustedComesFromOptionsVariablesOrAFolder() throws IOException {
        export();
        in(ExitCode.TOOL_ERROR, "db", "import", bundle());
        assertThat(console.err()).contains("error: cannot use the bundle", "no key is trusted here", "hint: ");
        in(ExitCode.TOOL_ERROR, "db", "import", "--trust", key("theirs.pub"), bundle());
        assertThat(console.err()).contains("only 1 other key is trusted here");
        String pem = Files.readString(folder.resolve("ours.pub"));
        assertThat(run(ExitCode.FINE, Map.of("LIMPID_TRUSTED_KEYS", pem), "in", "db", "import", "--dry-run", bundle()))
                .startsWith("alpine/v3.18: 2 records");
        assertThat(in(ExitCode.FINE, "db", "status")).startsWith("nothing is kept");
        Path keys = Files.createDirectories(folder.resolve("in-config/limpid/trusted-keys"));
        Files.writeString(keys.resolve("ours.pub"), pem);
        in(ExitCode.FINE, "db", "import", bundle());
        // The secret may come from a variable, too, as a build machine has it.
        String secret = Files.readString(folder.resolve("ours.key"));
        run(
                ExitCode.FINE,
                Map.of(
                        "LIMPID_BUNDLE_KEY",
                        secret,
                        "LIMPID_FEEDS_MIRROR",
                        mirror.url("").toString()),
                "out",
                "db",
                "export",
                bundle());
        assertThat(console.out() + console.err()).doesNotContain("PRIVATE");
    }

    @Test
    void eachRefusalNamesTheOptionThatAllowsIt() throws Exception {
        export();
        out(ExitCode.FINE, "db", "export", "--unsigned", bundle());
        in(ExitCode.TOOL_ERROR, "db", "import", "--trust", key("ours.pub"), bundle());
        assertThat(console.err()).contains("nobody has signed it", "--allow-unsigned");
        in(ExitCode.FINE, "db", "import", "--allow-unsigned", bundle());
        out(ExitCode.FINE, "db", "export", "--key", key("theirs.key"), "--expires", "0", bundle());
        Thread.sleep(1100);
        in(ExitCode.TOOL_ERROR, "db", "import", "--allow-unknown-key", bundle());
        assertThat(console.err()).contains("it expired at ", "--allow-expired");
        in(ExitCode.FINE, "db", "import", "--allow-unknown-key", "--allow-expired", bundle());
    }

    @Test
    void rolledBackDataComeNotBackByThemselves() {
        out(ExitCode.FINE, "db", "update", "-q", "--only", "alpine/v3.18");
        out(ExitCode.TOOL_ERROR, "db", "rollback", "alpine/v3.18");
        assertThat(console.err()).contains("there is no generation before the current one");
        mirror.on(MAIN, secdb("main", "busybox", "1.36.1-r99"));
        out(ExitCode.FINE, "db", "update", "-q", "--refresh", "0");
        assertThat(out(ExitCode.FINE, "db", "diff", "alpine"))
                .contains("alpine/v3.18: +0 -0 ~1", "~ CVE-2023-42363 busybox fixed 1.36.1-r3 -> fixed 1.36.1-r99");
        assertThat(out(ExitCode.FINE, "db", "rollback", "alpine"))
                .startsWith("alpine/v3.18: rolled back to 2 advisories of ");
        assertThat(out(ExitCode.FINE, "db", "search", "busybox")).contains("1.36.1-r3");
        assertThat(out(ExitCode.FINE, "db", "status")).contains("alpine/v3.18: rolled back at ");
        assertThat(out(ExitCode.FINE, "db", "status", "-o", "json")).contains("\"by\": \"rollback\"");
        out(ExitCode.TOOL_ERROR, "db", "update", "--refresh", "0");
        assertThat(console.err()).contains("held back", "rolled back here, and nothing newer", "--force");
        assertThat(out(ExitCode.FINE, "db", "search", "busybox")).contains("1.36.1-r3");
        mirror.on(MAIN, secdb("main", "busybox", "1.36.1-r100"));
        out(ExitCode.FINE, "db", "update", "--refresh", "0");
        assertThat(out(ExitCode.FINE, "db", "search", "busybox")).contains("1.36.1-r100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db export | export into which file?",
                "db export x | sign it with which key? --key FILE",
                "db export --key a --unsigned x | contradict each other",
                "db export --unsigned --expires soon x | not a length of time: soon",
                "db export --unsigned --only debain x | nothing is kept",
                "db import | import what?",
                "db keygen | a key of what name?",
                "db rollback | roll what back?",
                "db rollback debian | nothing is kept",
                "db search -o yaml openssl | unknown format: yaml",
                "db diff --most many | --most many is no number",
            })
    void usage(String line, String said) {
        in(ExitCode.USAGE, line.split(" ", -1));
        assertThat(console.err()).contains(said);
    }
}
