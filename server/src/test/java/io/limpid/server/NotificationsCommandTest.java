package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.ClairSeverity;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import io.limpid.server.store.LateDoor;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.TestDatabases;
import io.limpid.server.store.VulnerabilityStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real database: what receivers did not take is listed with the reason, and told again when somebody says so. */
class NotificationsCommandTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private TestDatabases.Fresh fresh;
    private NotificationStore store;
    private Path configuration;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws Exception {
        fresh = TestDatabases.fresh();
        store = new NotificationStore(fresh.database());
        configuration = TwoServers.configuration(folder, fresh.source(), 1, 2);
        VulnerabilityStore vulnerabilities = new VulnerabilityStore(fresh.database(), 100);
        for (String name : List.of("CVE-1", "CVE-2", "CVE-3")) {
            vulnerabilities.insert(
                    new Vulnerability(
                            0,
                            new Namespace("debian:12", "dpkg"),
                            name,
                            "",
                            "",
                            ClairSeverity.LOW,
                            null,
                            List.of(),
                            ""),
                    true);
        }
    }

    @AfterEach
    void stop() throws Exception {
        fresh.close();
    }

    private int run(String... words) throws IOException {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of("notifications", "-config", configuration.toString()));
        all.addAll(List.of(words));
        return Main.run(all, printer(out), printer(err));
    }

    private static PrintStream printer(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatWasNotTakenIsListedAndToldAgain() throws Exception {
        var failed = store.claim("test", HOUR, HOUR).orElseThrow();
        store.failed(failed, "it answers\n500", HOUR);
        var told = store.claim("test", HOUR, HOUR).orElseThrow();
        store.told(told);
        assertThat(run()).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(said())
                .matches("(?s)" + failed.name()
                        + "  made \\S+Z  not taken 1 time, next \\S+Z: it answers[^\\n]*500\\n.*")
                .contains(told.name() + "  made ")
                .containsPattern("not told yet\\n")
                .endsWith("3 are not deleted: 1 were not taken, 1 not told yet, 1 taken and to be deleted by their"
                        + " receiver\n");
        var waiting = store.claim("test", HOUR, HOUR).orElseThrow();
        assertThat(store.claim("test", HOUR, HOUR)).isEmpty();
        assertThat(run("replay", "-all")).isZero();
        assertThat(said()).isEqualTo("1 notification is told again\n");
        var again = store.claim("test", HOUR, HOUR).orElseThrow();
        assertThat(again.name()).isEqualTo(failed.name());
        assertThat(again.failures()).isZero();
        assertThat(store.told(failed)).isFalse();
        assertThat(run("replay", told.name())).isZero();
        assertThat(store.claim("test", HOUR, HOUR))
                .map(NotificationStore.Claim::name)
                .contains(told.name());
        // Somebody tells it just now.
        assertThat(run("replay", waiting.name())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("being told just now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "replay x -all", "list x", "lst", "-all"})
    void whatMakesNoSenseIsUsage(String words) throws Exception {
        assertThat(run(words.split(" "))).isEqualTo(64);
    }

    @Test
    void whatIsUnknownIsSaid() throws Exception {
        assertThat(run("replay", "unknown")).isEqualTo(1);
        assertThat(said()).isEqualTo("0 notifications are told again\n");
    }

    /** There is something to log: the database is not up yet. */
    @Test
    void theListIsNotMixedWithTheLog() throws Exception {
        try (LateDoor door = LateDoor.before(fresh.source(), 2)) {
            Path late = TwoServers.configuration(folder, door.source(), 3, 4);
            Path log = folder.resolve("log");
            Process process = new ProcessBuilder(ServerProcess.command("notifications", "-config", late.toString()))
                    .redirectError(log.toFile())
                    .start();
            assertThat(process.getInputStream().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .matches("(\\S+ {2}made \\S+Z {2}not told yet\n){3}3 are not deleted: .*\n");
            assertThat(process.waitFor()).isZero();
            assertThat(Files.readAllLines(log))
                    .satisfiesExactly(
                            waits -> assertThat(waits).contains("database is not up yet", "\"Level\":\"warning\""),
                            answers -> assertThat(answers).contains("database answers", "\"Level\":\"info\""));
        }
    }
}
