package io.limpid.server.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Feeds;
import io.limpid.testing.Answer;
import io.limpid.testing.Answer.Ending;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of updaters against publishers that change, fail and lie. */
class FeedUpdateTest {
    private static final String PART = "v3.18";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private UpdateFixture server;

    @BeforeEach
    void open() throws Exception {
        server = new UpdateFixture(folder.resolve("cache"));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    /** Alpine's document with a package for each text, {@code name version CVE}. */
    private static Answer alpine(String... fixes) {
        String packages = Stream.of(fixes)
                .map(fix -> fix.split(" ", -1))
                .map(fix -> "{\"pkg\":{\"name\":\"" + fix[0] + "\",\"secfixes\":{\"" + fix[1] + "\":[\"" + fix[2]
                        + "\"]}}}")
                .collect(Collectors.joining(","));
        return Answer.ok("{\"distroversion\":\"" + PART + "\",\"reponame\":\"main\",\"archs\":[\"x86_64\"],"
                + "\"urlprefix\":\"https://dl-cdn.alpinelinux.org/alpine\",\"packages\":[" + packages + "]}");
    }

    private void serve(Answer answer) {
        server.serve("alpine", PART, "main.json", answer);
    }

    private static String line(String name, String feature, String version) {
        return name + " Unknown alpine:" + PART + " " + feature + " " + version;
    }

    @Test
    void theFirstRunFillsTheNextTellsWhatChanged() throws Exception {
        serve(alpine("a 1-r1 CVE-2020-1", "b 1-r1 CVE-2020-2", "c 1-r1 CVE-2020-3"));
        UpdaterState first = server.ran(Updater.ALPINE);
        assertThat(first.failure()).isNull();
        assertThat(first.appeared()).isEqualTo(3);
        assertThat(server.notifications()).isZero();
        assertThat(server.values.get(UpdaterKeys.finished(Updater.ALPINE))).isPresent();
        serve(alpine("a 1-r2 CVE-2020-1", "b 1-r1 CVE-2020-2", "d 1-r1 CVE-2020-4"));
        UpdaterState second = server.ran(Updater.ALPINE);
        assertThat(second)
                .extracting(
                        UpdaterState::vulnerabilities,
                        UpdaterState::appeared,
                        UpdaterState::changed,
                        UpdaterState::disappeared)
                .containsExactly(3L, 1L, 1L, 1L);
        assertThat(server.stored())
                .containsExactlyInAnyOrder(
                        line("CVE-2020-1", "a", "1-r2"),
                        line("CVE-2020-2", "b", "1-r1"),
                        line("CVE-2020-4", "d", "1-r1"));
        assertThat(server.notifications()).isEqualTo(3);
        UpdaterState third = server.ran(Updater.ALPINE);
        assertThat(third.vulnerabilities()).isEqualTo(3);
        assertThat(third.appeared() + third.changed() + third.disappeared()).isZero();
    }

    /** What a publisher may do instead of publishing. */
    record Fault(String what, Answer answer) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Fault> faults() {
        String half = "{\"distroversion\":\"v3.18\",\"reponame\":\"main\",\"packages\":[{\"pkg\":{\"name\":";
        return Stream.of(
                new Fault("403", Answer.status(403)),
                new Fault("404", Answer.status(404)),
                new Fault("500", Answer.status(500)),
                new Fault("nothing", Answer.ok("")),
                new Fault("half a document", Answer.ok(half)),
                new Fault("a page to log in", Answer.ok("<html><body>Please log in</body></html>")),
                new Fault("no gzip", Answer.ok("\u001f\u008b\b nonsense").header("Content-Encoding", "gzip")),
                new Fault("304 of nothing", Answer.status(304)),
                new Fault("the wrong kind", Answer.ok("[1,2,3]")),
                new Fault("cut", alpine("z 1-r1 CVE-2020-9").cut(120, Ending.RESET)),
                new Fault("bytes", Answer.ok(new byte[] {0, 1, 2, (byte) 0xff})),
                new Fault("hardly anything", alpine("z 1-r1 CVE-2020-9")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatFailsChangesNothingAndIsTold(Fault fault) throws Exception {
        String[] many = IntStream.range(0, 500)
                .mapToObj(i -> "p" + i + " 1-r1 CVE-2020-" + (1000 + i))
                .toArray(String[]::new);
        serve(alpine(many));
        assertThat(server.ran(Updater.ALPINE).failure()).isNull();
        var before = server.stored();
        Optional<String> finished = server.values.get(UpdaterKeys.parts(Updater.ALPINE));
        serve(fault.answer());
        UpdaterState failed = server.ran(Updater.ALPINE);
        if (!fault.what().startsWith("304")) {
            assertThat(failed.failure()).startsWith("alpine/" + PART + ": ");
        }
        assertThat(failed.vulnerabilities()).isEqualTo(500);
        assertThat(server.stored()).isEqualTo(before);
        assertThat(server.values.get(UpdaterKeys.parts(Updater.ALPINE))).isEqualTo(finished);
        assertThat(server.notifications()).isZero();
        serve(alpine(
                Stream.concat(Stream.of(many), Stream.of("q 1-r1 CVE-2021-1")).toArray(String[]::new)));
        assertThat(server.ran(Updater.ALPINE).appeared()).isEqualTo(1);
        assertThat(server.notifications()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whoHasNeverHadAnythingIsNotFinished(Fault fault) throws Exception {
        if (fault.what().equals("hardly anything")) {
            return;
        }
        serve(fault.answer());
        assertThat(server.ran(Updater.ALPINE).failure()).isNotNull();
        assertThat(server.values.get(UpdaterKeys.finished(Updater.ALPINE))).isEmpty();
        assertThat(server.stored()).isEmpty();
    }

    @Test
    void onePartThatFailsHoldsUpNoOther() throws Exception {
        serve(alpine("a 1-r1 CVE-2020-1"));
        server.serve("alpine", "v3.17", "main.json", Answer.status(500));
        UpdaterState state = server.ran(Updater.ALPINE);
        assertThat(state.failure()).startsWith("alpine/v3.17: ");
        assertThat(state.vulnerabilities()).isEqualTo(1);
        assertThat(server.values.get(UpdaterKeys.finished(Updater.ALPINE))).isEmpty();
    }

    @Test
    void whoLostTheLeaseChangesNothing() throws Exception {
        serve(alpine("a 1-r1 CVE-2020-1"));
        server.ran(Updater.ALPINE);
        serve(alpine("a 1-r2 CVE-2020-1"));
        server.loseTheLease();
        assertThat(server.run(Updater.ALPINE)).isEmpty();
        assertThat(server.stored()).containsExactly(line("CVE-2020-1", "a", "1-r1"));
    }

    @Test
    void whatAnotherServerMadeCurrentIsNotReplacedByWhatIsOlder() throws Exception {
        FeedUpdate other = server.update(folder.resolve("other"));
        serve(alpine("a 1-r1 CVE-2020-1"));
        server.run(other, Updater.ALPINE);
        serve(alpine("a 1-r2 CVE-2020-1"));
        server.ran(Updater.ALPINE);
        // The publisher is gone, and the other server has only what was there before.
        serve(Answer.status(500));
        UpdaterState refused = server.run(other, Updater.ALPINE).orElseThrow();
        assertThat(refused.failure()).contains("older than what another one made current");
        assertThat(server.stored()).containsExactly(line("CVE-2020-1", "a", "1-r2"));
        // What it fetches anew is the same: nothing changes.
        serve(alpine("a 1-r2 CVE-2020-1"));
        assertThat(server.run(other, Updater.ALPINE).orElseThrow().changed()).isZero();
    }

    @Test
    void whatOnlyAnotherServerHasKeptStays() throws Exception {
        serve(alpine("a 1-r1 CVE-2020-1"));
        server.serve(
                "alpine",
                "v3.17",
                "main.json",
                Answer.ok("{\"distroversion\":\"v3.17\",\"reponame\":\"main\","
                        + "\"archs\":[],\"urlprefix\":\"x\",\"packages\":[{\"pkg\":{\"name\":\"a\",\"secfixes\":"
                        + "{\"1-r1\":[\"CVE-2020-7\"]}}}]}"));
        assertThat(server.ran(Updater.ALPINE).vulnerabilities()).isEqualTo(2);
        var before = server.stored();
        // Its publisher drops an old release, and the next update is another server's.
        server.serve("alpine", "v3.17", "main.json", Answer.status(404));
        serve(alpine("a 1-r1 CVE-2020-1", "b 1-r1 CVE-2020-2"));
        FeedUpdate other = server.update(folder.resolve("other"));
        assertThat(server.run(other, Updater.ALPINE).orElseThrow().appeared()).isEqualTo(1);
        assertThat(server.stored()).containsAll(before).hasSize(3);
        assertThat(server.ran(Updater.ALPINE).vulnerabilities()).isEqualTo(3);
        assertThat(server.notifications()).isEqualTo(1);
    }

    @Test
    void metadataOfNvdAreAppended() throws Exception {
        serve(alpine("a 1-r1 CVE-2023-1001", "b 1-r1 CVE-2023-2002"));
        String metrics =
                "\"metrics\":{\"cvssMetricV31\":[{\"source\":\"nvd@nist.gov\",\"type\":\"Primary\",\"cvssData\":{"
                    + "\"version\":\"3.1\",\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"baseScore\":9.8,"
                    + "\"baseSeverity\":\"CRITICAL\"}}]}";
        String document =
                "{\"vulnerabilities\":[{\"cve\":{\"id\":\"CVE-2023-1001\",\"published\":\"2023-01-02T03:04:05.000\","
                    + "\"lastModified\":\"2023-01-02T03:04:05.000\",\"descriptions\":[{\"lang\":\"en\",\"value\":\"x\"}],"
                        + metrics + "}}]}";
        server.serve("nvd", "2023", nvdDocument(), Answer.ok(document.getBytes(StandardCharsets.UTF_8)));
        assertThat(server.details()).noneMatch(note -> note.startsWith("nvd/2023"));
        server.ran(Updater.ALPINE);
        assertThat(server.vulnerabilities
                        .find("alpine:" + PART, "CVE-2023-1001")
                        .orElseThrow()
                        .metadata())
                .contains("\"CVSSv3\":{\"Vectors\":\"CVSS:3.1/AV:N");
        assertThat(server.stored())
                .contains("CVE-2023-1001 Critical alpine:" + PART + " a 1-r1", line("CVE-2023-2002", "b", "1-r1"));
    }

    private static String nvdDocument() {
        return UpdaterSources.details(Feeds.all()).parts().stream()
                .filter(part -> part.name().equals("2023"))
                .findFirst()
                .orElseThrow()
                .documents()
                .getLast()
                .name();
    }
}
