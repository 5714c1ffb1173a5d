package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.clair.Vulnerability;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.TestDatabases;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.testing.FreePort;
import io.limpid.testing.Shared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real database: a file of vulnerabilities is stored as an updater would, or refused and nothing is stored. */
class VulnerabilitiesCommandTest {
    private static final String LOADED = """
        [{"Name":"CVE-1","Severity":"High","Link":"http://x","Description":"d","Metadata":{"b":1.0,"a":"<"},
          "Affected":[{"FeatureType":"source","Namespace":"debian:8","VersionFormat":"dpkg","FeatureName":"a",
                       "AffectedVersion":"2","FixedInVersion":"2"},
                      {"FeatureType":"source","Namespace":"debian:9","VersionFormat":"dpkg","FeatureName":"a",
                       "AffectedVersion":"#MAXV#","FixedInVersion":""}]},
         {"Name":"CVE-2","Severity":"Low","Metadata":null,"NamespaceName":"debian:8",
          "FixedIn":[{"NamespaceName":"debian:8","Name":"b","Version":"None"}]}]
        """;

    @TempDir
    Path folder;

    private TestDatabases.Fresh fresh;
    private VulnerabilityStore store;
    private Path configuration;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws Exception {
        fresh = TestDatabases.fresh();
        store = new VulnerabilityStore(fresh.database(), 0);
        configuration = TwoServers.configuration(folder, fresh.source(), FreePort.next(), FreePort.next());
    }

    @AfterEach
    void stop() throws Exception {
        fresh.close();
    }

    private int load(String text, String... more) throws IOException {
        return run("load", Files.writeString(folder.resolve("v.json"), text).toString(), more);
    }

    private int run(String first, String second, String... more) throws IOException {
        out.reset();
        err.reset();
        List<String> words =
                new ArrayList<>(List.of("vulnerabilities", "-config", configuration.toString(), first, second));
        words.addAll(List.of(more));
        return Main.run(words, printer(out), printer(err));
    }

    private static PrintStream printer(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private int notifications() throws Exception {
        return new NotificationStore(fresh.database()).waiting(100).size();
    }

    @Test
    void whatIsLoadedIsStored() throws Exception {
        assertThat(load(LOADED)).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("2 entries: 3 vulnerabilities are new or changed, 0 were there already\n");
        assertThat(notifications()).isZero();
        Vulnerability first = store.find("debian:8", "CVE-1").orElseThrow();
        // As API v1 keeps what is posted.
        assertThat(first.metadata()).isEqualTo("{\"a\":\"\\u003c\",\"b\":1}");
        assertThat(first.namespace().versionFormat()).isEqualTo("dpkg");
        assertThat(first.fixedIn())
                .extracting(fix -> fix.feature().name() + " " + fix.version())
                .containsExactly("a 2");
        assertThat(store.find("debian:9", "CVE-1").orElseThrow().fixedIn())
                .extracting(fix -> fix.feature().name() + " " + fix.version())
                .containsExactly("a #MAXV#");
        assertThat(store.find("debian:8", "CVE-2").orElseThrow().fixedIn())
                .extracting(fix -> fix.feature().name() + " " + fix.version())
                .containsExactly("b #MAXV#");
    }

    @Test
    void onlyWhatChangesIsAChangeAndToldWhenAsked() throws Exception {
        load(LOADED);
        assertThat(load(LOADED, "notify")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("2 entries: 0 vulnerabilities are new or changed, 3 were there already\n");
        assertThat(notifications()).isZero();
        assertThat(load(LOADED.replace("\"AffectedVersion\":\"2\"", "\"AffectedVersion\":\"3\""), "notify"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 vulnerabilities are new or changed, 2 were");
        assertThat(notifications()).isEqualTo(1);
    }

    /** More than one transaction takes. */
    @Test
    void ofManyAllAreStoredAndOfManyWithAMistakeNone() throws Exception {
        String many = IntStream.range(0, 5_001)
                .mapToObj(i -> "{\"Name\":\"CVE-" + i + "\",\"Severity\":\"Low\",\"NamespaceName\":\"debian:8\"}")
                .collect(Collectors.joining(","));
        assertThat(load("[" + many + ",{\"Name\":\"CVE-5001\",\"Severity\":\"low\"}]"))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("error: the vulnerabilities in " + folder.resolve("v.json"))
                .contains("cause: line 1, column ")
                .contains(": in /5001: ");
        assertThat(store.namespaces()).isEmpty();
        assertThat(load("[" + many + "]")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("5001 entries: 5001 vulnerabilities are new");
        assertThat(store.find("debian:8", "CVE-5000")).isPresent();
    }

    /** The files that a recorded original was given. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void recordedFiles(int number) throws Exception {
        Path file = Shared.require("clair/recordings/inputs/dev/v3-vulns-" + number + ".json");
        assertThat(run("load", file.toString(), "notify"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(store.find("debian:8", "CVE-3-1")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"load a b", "load a notify b", "lood a", "load a notify notify"})
    void whatMakesNoSenseIsUsage(String words) throws Exception {
        List<String> all = List.of(words.split(" "));
        assertThat(run(all.get(0), all.get(1), all.subList(2, all.size()).toArray(String[]::new)))
                .isEqualTo(64);
    }

    @Test
    void aFileThatCannotBeReadIsSaid() throws Exception {
        assertThat(run("load", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no such file");
        assertThat(run("load", folder.toString())).isEqualTo(64);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("it is no regular file");
    }
}
