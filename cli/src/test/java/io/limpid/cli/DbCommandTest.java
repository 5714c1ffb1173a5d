package io.limpid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code limpid db}, against a mirror of its own. */
class DbCommandTest {
    private static final String MAIN = "/secdb.alpinelinux.org/v3.18/main.json";
    private static final String COMMUNITY = "/secdb.alpinelinux.org/v3.18/community.json";

    @TempDir
    Path folder;

    private FaultServer mirror;
    private TestConsole console;

    @BeforeEach
    void publish() throws IOException {
        mirror = FaultServer.start();
        mirror.on(MAIN, secdb("main", "busybox", "1.36.1-r3", "CVE-2023-42363"));
        mirror.on(COMMUNITY, secdb("community", "nodejs", "18.17.1-r0", "CVE-2023-32002"));
        console = fresh();
    }

    @AfterEach
    void close() {
        mirror.close();
    }

    private TestConsole fresh() {
        return TestConsole.with(
                "", Map.of("LIMPID_FEEDS_MIRROR", mirror.url("").toString(), "XDG_CACHE_HOME", folder.toString()));
    }

    private static Answer secdb(String repository, String name, String fixed, String id) {
        return secdb("v3.18", repository, name, fixed, id);
    }

    private static Answer secdb(String release, String repository, String name, String fixed, String id) {
        String json = "{\"distroversion\":\"" + release + "\",\"reponame\":\"" + repository
                + "\",\"packages\":[{\"pkg\":{\"name\":\"" + name + "\",\"secfixes\":{\"" + fixed + "\":[\"" + id
                + "\"]}}}]}";
        return Answer.ok(json.getBytes(UTF_8)).header("ETag", "\"" + json.hashCode() + "\"");
    }

    private String run(int expected, String... words) {
        console = fresh();
        assertThat(console.run(words)).as(console.err()).isEqualTo(expected);
        return console.out();
    }

    @Test
    void updatesShowsSearchesAndVerifies() throws IOException {
        assertThat(run(ExitCode.FINE, "db", "status")).startsWith("nothing is kept in ");
        assertThat(run(ExitCode.FINE, "db", "update", "--only", "alpine/v3.18"))
                .isEqualTo("alpine/v3.18: 2 advisories (+2 -0 ~0)\n");
        assertThat(run(ExitCode.FINE, "db", "update"))
                .isEqualTo("alpine/v3.18: 2 advisories, unchanged (asked a short while ago)\n");
        assertThat(run(ExitCode.FINE, "db", "update", "--refresh", "0"))
                .isEqualTo("alpine/v3.18: 2 advisories, unchanged\n");
        mirror.on(MAIN, secdb("main", "busybox", "1.36.1-r4", "CVE-2023-42363"));
        assertThat(run(ExitCode.FINE, "db", "update", "--refresh", "0", "-q")).isEmpty();
        assertThat(run(ExitCode.FINE, "db", "status")).contains("alpine/v3.18  2");
        assertThat(run(ExitCode.FINE, "db", "list"))
                .containsPattern("alpine/v3.18 +yes +alpine:3.18 \\(2\\)")
                .containsPattern("debian/tracker +no +-");
        assertThat(run(ExitCode.FINE, "db", "search", "cve-2023-42363"))
                .containsPattern("CVE-2023-42363 +alpine:3.18 +busybox +fixed +1.36.1-r4");
        assertThat(run(ExitCode.FINE, "db", "search", "nodejs")).contains("CVE-2023-32002");
        assertThat(run(ExitCode.TOOL_ERROR, "db", "search", "CVE-1999-0001")).isEmpty();
        assertThat(run(ExitCode.FINE, "db", "verify").lines()).hasSize(2).allMatch(line -> line.startsWith("whole"));
        damage("v3.18/current.limpid");
        assertThat(run(ExitCode.TOOL_ERROR, "db", "verify")).contains("DAMAGED");
    }

    private void damage(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(one -> one.endsWith(name)).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
        }
    }

    @Test
    void aDamagedPartIsToldAndHoldsUpNoOther() throws IOException {
        mirror.on(
                "/secdb.alpinelinux.org/v3.17/main.json",
                secdb("v3.17", "main", "busybox", "1.35.0-r3", "CVE-2023-42363"));
        run(ExitCode.FINE, "db", "update", "--only", "alpine/v3.17", "--only", "alpine/v3.18");
        mirror.on(
                "/secdb.alpinelinux.org/v3.17/main.json",
                secdb("v3.17", "main", "busybox", "1.35.0-r4", "CVE-2023-42363"));
        mirror.on(MAIN, secdb("main", "busybox", "1.36.1-r4", "CVE-2023-42363"));
        run(ExitCode.FINE, "db", "update", "--refresh", "0");
        damage("v3.17/current.limpid");
        assertThat(run(ExitCode.TOOL_ERROR, "db", "diff"))
                .contains("alpine/v3.18: +0 -0 ~1")
                .doesNotContain("v3.17");
        assertThat(console.err()).contains("v3.17/current.limpid");
        assertThat(run(ExitCode.TOOL_ERROR, "db", "search", "CVE-2023-42363")).contains("1.36.1-r4");
        assertThat(console.err()).contains("v3.17/current.limpid");
    }

    @Test
    void aDamagedGenerationBeforeIsToldAndHoldsUpNoOther() throws IOException {
        String older = "/secdb.alpinelinux.org/v3.17/main.json";
        mirror.on(older, secdb("v3.17", "main", "busybox", "1.35.0-r3", "CVE-2023-42363"));
        run(ExitCode.FINE, "db", "update", "--only", "alpine/v3.17", "--only", "alpine/v3.18");
        mirror.on(older, secdb("v3.17", "main", "busybox", "1.35.0-r4", "CVE-2023-42363"));
        mirror.on(MAIN, secdb("main", "busybox", "1.36.1-r4", "CVE-2023-42363"));
        run(ExitCode.FINE, "db", "update", "--refresh", "0");
        damage("v3.17/previous.limpid");
        assertThat(run(ExitCode.TOOL_ERROR, "db", "rollback", "alpine"))
                .startsWith("alpine/v3.18: rolled back to ")
                .doesNotContain("v3.17");
        assertThat(console.err())
                .contains("cannot roll back alpine/v3.17", "the generation before the current one cannot be used");
        assertThat(run(ExitCode.FINE, "db", "search", "CVE-2023-42363"))
                .contains("1.35.0-r4")
                .doesNotContain("1.36.1-r4");
    }

    @Test
    void anOptionalDocumentThatMakesNoSenseIsAGap() {
        mirror.on(COMMUNITY, Answer.ok("<html><title>log in</title>"));
        assertThat(run(ExitCode.FINE, "db", "update", "--only", "alpine/v3.18"))
                .startsWith("alpine/v3.18: 1 advisories");
        assertThat(console.err() + console.out())
                .contains("community.json: it is a web page", "what only that document says is missing");
        assertThat(run(ExitCode.FINE, "db", "status"))
                .containsPattern("\nalpine/v3.18: community.json: it is a web page.*; what only that document says");
    }

    @Test
    void whatFailsIsToldAndHoldsUpNothingElse() {
        mirror.on(MAIN, Answer.ok("<html>"));
        mirror.on("/secdb.alpinelinux.org/v3.17/main.json", Answer.status(404));
        assertThat(run(ExitCode.FINE, "db", "verify")).startsWith("nothing is kept in ");
        run(ExitCode.TOOL_ERROR, "db", "update", "--only", "alpine/v3.18", "--only", "alpine/v3.17");
        assertThat(console.err())
                .contains("error: cannot use what alpine publishes for alpine/v3.18", "main.json", "hint: ");
        assertThat(console.err()).contains("alpine/v3.17", "its publisher has no main.json at ");
        assertThat(run(ExitCode.FINE, "db", "status")).contains("alpine/v3.18: cannot use what alpine publishes");
    }

    @Test
    void whatIsGoneIsAFailureForWhoAsksForItOrHasIt() {
        String gone = "its publisher has no main.json at ";
        assertThat(run(ExitCode.FINE, "db", "update", "--only", "alpine"))
                .contains("alpine/v3.18: 2 advisories", "alpine/v3.17: " + gone);
        assertThat(run(ExitCode.TOOL_ERROR, "db", "update", "-q", "--only", "alpine", "--only", "alpine/v3.17"))
                .isEmpty();
        assertThat(console.err()).contains("error: there are no advisories of alpine/v3.17", gone);
        mirror.on(MAIN, Answer.status(404));
        run(ExitCode.TOOL_ERROR, "db", "update", "--refresh", "0");
        assertThat(console.err()).contains("error: there are no newer advisories of alpine/v3.18", "stay in use");
    }

    @Test
    void aMirrorMayHaveTheNameOfAServiceInACompose() {
        assertThat(run(ExitCode.FINE, "db", "status", "--feeds-mirror", "http://me:secret@feeds_mirror:8080/x"))
                .contains("mirror-feeds_mirror-")
                .doesNotContain("secret");
    }

    @Test
    void whatOnlyAScanUpdatesIsTold() throws IOException {
        run(ExitCode.FINE, "db", "update", "--only", "alpine/v3.18");
        try (Stream<Path> files = Files.walk(folder)) {
            Path part = files.filter(one -> one.endsWith("v3.18")).findFirst().orElseThrow();
            Files.createFile(Files.createDirectory(part.resolveSibling("v3.99")).resolve("status"));
        }
        assertThat(run(ExitCode.FINE, "db", "update")).startsWith("alpine/v3.18: ");
        assertThat(console.err())
                .isEqualTo("note: alpine/v3.99 is kept, but not in the list of this version: only a scan updates it\n");
        run(ExitCode.FINE, "db", "update", "-q");
        assertThat(console.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "TRUE", "Yes", "on", " 1 "})
    void offlineAsksNobodyHoweverItIsWritten(String word) {
        TestConsole offline = TestConsole.with(
                "", Map.of("LIMPID_FEEDS_MIRROR", mirror.url("").toString(), "LIMPID_OFFLINE", word));
        assertThat(offline.run("db", "update", "--only", "alpine/v3.18")).isEqualTo(ExitCode.USAGE);
        assertThat(offline.err()).contains("LIMPID_OFFLINE=" + word.strip() + " and update contradict each other");
        assertThat(mirror.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "false", "NO", "off"})
    void notOfflineMeansNotOffline(String word) {
        TestConsole online = TestConsole.with(
                "",
                Map.of(
                        "LIMPID_FEEDS_MIRROR",
                        mirror.url("").toString(),
                        "XDG_CACHE_HOME",
                        folder.toString(),
                        "LIMPID_OFFLINE",
                        word));
        assertThat(online.run("db", "update", "--only", "alpine/v3.18")).isEqualTo(ExitCode.FINE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db | db what?",
                "db updat | did you mean update?",
                "db update | nothing is kept yet",
                "db update --only debain | did you mean debian?",
                "db update --only alpine/v3.81 | did you mean alpine/v3.11 or alpine/v3.18?",
                "db update --all --only debian | contradict each other",
                "db update --offline --all | contradict each other",
                "db search | search for what?",
                "db status --feeds-mirror ftp://x | --feeds-mirror ftp://x is no http or https URL",
                "db status --feeds-mirror ftp://user:secret@x | --feeds-mirror ftp://x is no http or https URL",
                "db status --feeds-mirror http://x/?y | --feeds-mirror http://x/?y is no http or https URL of a folder",
                "db status --feeds-mirror file:x | --feeds-mirror file:x is no http or https URL of a folder, nor a"
                        + " file URL",
                "db status --feeds-mirror file://host/x | nor a file URL of one",
                "db status --feeds-mirror http://x/#y | --feeds-mirror http://x/#y is no http or https URL of a folder",
                "db update --all --refresh soon | --refresh: not a length of time: soon (as in 90s, 30m, 1h, 5d)",
                "db update --all --ca-file /nowhere | --ca-file /nowhere cannot be read",
            })
    void usage(String line, String said) {
        assertThat(console.run(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains(said);
        assertThat(mirror.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "90s, 90", "30m, 1800", "1h, 3600", "5d, 432000"})
    void lengthsOfTime(String text, long seconds) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "h", "-1h", "1.5h", "1w", "1 h", "99999999d"})
    void noLengthsOfTime(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReportSaysWhyItsDataAreNotNewer() throws IOException {
        Path sbom = Files.writeString(
                folder.resolve("bom.json"),
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":\"library\",\"name\":\"busybox\","
                    + "\"version\":\"1.36.1-r2\",\"purl\":\"pkg:apk/alpine/busybox@1.36.1-r2?distro=alpine-3.18\"}]}");
        run(ExitCode.FINE, "scan", "-q", sbom.toString());
        mirror.on(MAIN, Answer.status(403));
        String table = run(ExitCode.FINE, "scan", "--refresh", "0", sbom.toString());
        assertThat(List.of(table, console.err()))
                .allMatch(text -> text.replaceAll("\\s+", " ").contains("alpine/v3.18: could not be updated"));
        assertThat(table).contains("CVE-2023-42363").doesNotContain("UNKNOWN\n");
    }
}
