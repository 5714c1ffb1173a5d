package io.limpid.server.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.FeedPart;
import io.limpid.feed.Feeds;
import io.limpid.testing.Answer;
import io.limpid.testing.Answer.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(refused.failure()).contains("is not what is current, and may be older");
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

    /** As in Clair: a bulletin is as bad as the worst of what it mends. */
    @Test
    void aBulletinIsAsBadAsTheWorstOfItsVulnerabilities() throws Exception {
        server.serve("redhat", "8", "com.redhat.rhsa-RHEL8.xml", resource("bulletin-of-two.xml"));
        server.ran(Updater.RHEL);
        assertThat(server.stored()).contains("RHSA-2023:0001 High centos:8 curl 7.61.1-25.el8");
    }

    private static Answer resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(FeedUpdateTest.class.getResourceAsStream(name))) {
            return Answer.ok(in.readAllBytes());
        }
    }

    private void photonList(Answer answer) {
        server.serve("photon", "3.0-cves", "cve_data_photon3.0.json", answer);
    }

    private void photonErrata(Answer answer) {
        server.serve("photon", "3.0-errata", "com.vmware.phsa-photon3.xml", answer);
    }

    private static Answer photon(String... open) {
        return Answer.ok(Stream.of(open)
                .map(pair -> pair.split(" ", -1))
                .map(pair -> "{\"cve_id\":\"" + pair[0] + "\",\"pkg\":\"" + pair[1]
                        + "\",\"cve_score\":5.0,\"aff_ver\":\"NA\",\"res_ver\":\"NA\",\"status\":\"Open\"}")
                .collect(Collectors.joining(",", "[", "]")));
    }

    private Set<String> photon3() throws Exception {
        return server.stored().stream()
                .filter(line -> line.contains(" photon:3.0 "))
                .map(line -> line.replaceFirst(" \\S+ photon:3.0", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Two parts speak of one release; what only one of them names is not clean because this server could not have that one. */
    @ParameterizedTest
    @ValueSource(ints = {404, 500})
    void aReleaseStaysWholeWhileOneOfItsPartsIsNotThere(int status) throws Exception {
        photonList(photon("CVE-2024-0001 plum", "CVE-2024-0001 apple"));
        photonErrata(resource("photon-errata.xml"));
        server.ran(Updater.PHOTON);
        Set<String> before = photon3();
        assertThat(before).contains("CVE-2024-0001 apple #MAXV#", "CVE-2024-0001 plum-devel 3.27.2-5.ph3");
        photonErrata(Answer.status(status));
        photonList(photon("CVE-2024-0001 apple"));
        FeedUpdate other = server.update(folder.resolve("other"));
        UpdaterState state = server.run(other, Updater.PHOTON).orElseThrow();
        assertThat(state.failure()).contains("photon/3.0-errata: ");
        assertThat(state.changed() + state.disappeared()).isZero();
        assertThat(photon3()).isEqualTo(before);
        // The server that has both takes up what the other one fetched and could not use.
        photonErrata(resource("photon-errata.xml"));
        assertThat(server.ran(Updater.PHOTON).failure()).isNull();
        assertThat(photon3())
                .contains("CVE-2024-0001 plum 3.27.2-5.ph3", "CVE-2024-0001 apple #MAXV#")
                .doesNotContain("CVE-2024-0001 plum #MAXV#");
        assertThat(server.run(other, Updater.PHOTON).orElseThrow().changed()).isZero();
    }

    /** What says less stands in for what says more only where nothing of that is current. */
    @Test
    void whatOnlyAStandInSaysOfAReleaseStaysToo() throws Exception {
        server.serve("redhat", "8", "com.redhat.rhsa-RHEL8.xml", resource("bulletin-of-two.xml"));
        server.ran(Updater.RHEL);
        // As if the documents that stand in for those of releases were current by another server.
        server.values.put(UpdaterKeys.parts(Updater.RHEL), "redhat/vex 1-2");
        server.vulnerability("centos:10", "CVE-2024-9", Updater.RHEL);
        UpdaterState state = server.ran(Updater.RHEL);
        assertThat(state.failure()).contains("redhat/vex: what is current of it stays");
        assertThat(state.disappeared()).isZero();
        assertThat(server.vulnerabilities.find("centos:10", "CVE-2024-9")).isPresent();
        assertThat(server.values.get(UpdaterKeys.parts(Updater.RHEL)).orElseThrow())
                .contains("redhat/vex 1-2", "redhat/8 partly ");
    }

    /** Those that change lately and those of years are asked for one after the other: of either two fail. */
    @Test
    void nobodyWaitsLongForWhatIsKnownBesides() throws Exception {
        for (FeedPart part : UpdaterSources.details(Feeds.all()).parts()) {
            for (FeedPart.Document document : part.documents()) {
                server.serve(document.url().toString(), Answer.status(500));
            }
        }
        assertThat(server.details()).hasSizeBetween(2, 4).last().asString().endsWith("; the others are not asked for");
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
