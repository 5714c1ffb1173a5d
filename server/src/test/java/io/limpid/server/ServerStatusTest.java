package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Feeds;
import io.limpid.model.ClairSeverity;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import io.limpid.server.config.Configuration;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.KeyValueStore;
import io.limpid.server.store.Leases;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.TestDatabases;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.server.update.EnabledUpdaters;
import io.limpid.server.update.Updater;
import io.limpid.server.update.UpdaterKeys;
import io.limpid.server.update.UpdaterState;
import io.limpid.testing.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code limpid server status} says of servers and databases in each state, and its exit code. */
class ServerStatusTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant ENDED = Instant.parse("2026-03-04T05:06:07.5Z");
    private static final String OFF = "interval: 0";

    @TempDir
    Path folder;

    private final int port = FreePort.next();
    private final int health = FreePort.next();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Path configuration(ConnectionSource source, String updater) throws IOException {
        ConnectionSource.Server server = source.servers().getFirst();
        return Files.writeString(folder.resolve("config.yaml"), """
            clair:
              database:
                options:
                  source: host=%s port=%d dbname=%s user=%s sslmode=disable
              api:
                v1_addr: ":%d"
                healthaddr: ":%d"
              updater: {%s}
            """.formatted(
                        server.host(), server.port(), source.database(), source.user(), port, health, updater));
    }

    private int status(Path configuration) throws IOException {
        return Main.run(List.of("server", "-config", configuration.toString(), "status"), printer(out), printer(err));
    }

    private static PrintStream printer(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    /** Without what differs from run to run. */
    private String said() {
        return out.toString(StandardCharsets.UTF_8)
                .replace(":" + port, ":API")
                .replace(":" + health, ":HEALTH")
                .replaceAll("postgresql://\\S+", "DATABASE")
                .replaceAll("(PostgreSQL +)\\S.*", "$1VERSION")
                .replaceAll("(schema +version )\\d+", "$1N");
    }

    private static void vulnerability(TestDatabases.Fresh fresh) throws Exception {
        new VulnerabilityStore(fresh.database(), 0)
                .insert(
                        new Vulnerability(
                                0,
                                new Namespace("debian:12", "dpkg"),
                                "CVE-1",
                                "",
                                "",
                                ClairSeverity.LOW,
                                null,
                                List.of(),
                                ""),
                        true);
    }

    @Test
    void allIsWell() throws Exception {
        try (TestDatabases.Fresh fresh = TestDatabases.fresh()) {
            vulnerability(fresh);
            Path file = configuration(fresh.source(), OFF);
            try (RunningServer _ = RunningServer.over(
                    fresh.database(), ServerSettings.of(Configuration.read(file)), "test", Feeds.all())) {
                assertThat(status(file))
                        .as(err.toString(StandardCharsets.UTF_8))
                        .isZero();
            }
        }
        assertThat(said()).isEqualTo("""
            API v1          :API
            health          :HEALTH, alive and ready
            database        the one in database.options.source
                            DATABASE
            PostgreSQL      VERSION
            schema          version N
            updates         switched off
            notifications   1 are not deleted: 0 were not taken, 1 not told yet, 0 taken and to be deleted by their receiver
                            nobody is told: notifier.http.endpoint is not set
            stored          0 layers, 1 vulnerabilities

            all is well
            """);
    }

    @Test
    void whatIsNotWellIsSaid() throws Exception {
        try (TestDatabases.Fresh fresh = TestDatabases.fresh()) {
            vulnerability(fresh);
            NotificationStore notifications = new NotificationStore(fresh.database());
            notifications.failed(notifications.claim("test", HOUR, HOUR).orElseThrow(), "no", HOUR);
            KeyValueStore values = new KeyValueStore(fresh.database());
            updater(values, Updater.DEBIAN, null, List.of("a gap\u001b[2J", "held back"));
            updater(values, Updater.UBUNTU, "could not\nfetch", List.of());
            values.put(UpdaterKeys.state(Updater.ORACLE), "nonsense");
            values.put(UpdaterKeys.RUN, ENDED.getEpochSecond() + " 3");
            ServerSettings idle = ServerSettings.of(Configuration.read(configuration(fresh.source(), OFF)));
            try (RunningServer _ = RunningServer.over(fresh.database(), idle, "test", Feeds.all())) {
                assertThat(status(configuration(
                                fresh.source(), "interval: 1h, enabledupdaters: [debian, oracle, ubuntu]")))
                        .isEqualTo(1);
            }
        }
        assertThat(said()).isEqualTo("""
            API v1          :API
            health          :HEALTH, alive and ready
            database        the one in database.options.source
                            DATABASE
            PostgreSQL      VERSION
            schema          version N
            updates         every 1h
                            last one ended 2026-03-04T05:06:07Z, with failures, 3 times in a row
                            due since 2026-03-04T05:10:07Z
              debian        finished 2026-03-04T05:06:07Z, 7 vulnerabilities
                            note: a gap\\u{1b}[2J
                            note: held back
              oracle        never finished
              ubuntu        finished 2026-03-04T05:06:07Z, 7 vulnerabilities
                            failed 2026-03-04T05:06:07Z: could not\\nfetch
            notifications   1 are not deleted: 1 were not taken, 0 not told yet, 0 taken and to be deleted by their receiver
                            nobody is told: notifier.http.endpoint is not set
            stored          0 layers, 1 vulnerabilities

            not well: an update is due since 2026-03-04T05:10:07Z, and no server updates; \
            the updater oracle has never finished; the updater ubuntu failed; receivers do not take notifications \
            (limpid notifications says why)
            """);
    }

    private static void updater(KeyValueStore values, Updater updater, @Nullable String failure, List<String> notes)
            throws Exception {
        values.put(UpdaterKeys.finished(updater), Long.toString(ENDED.getEpochSecond()));
        UpdaterState state = new UpdaterState(ENDED, Duration.ofSeconds(3), failure, 7, 1, 1, 1, notes);
        values.put(UpdaterKeys.state(updater), state.text());
    }

    @Test
    void metricsTellOfLastRuns() throws Exception {
        try (TestDatabases.Fresh fresh = TestDatabases.fresh()) {
            KeyValueStore values = new KeyValueStore(fresh.database());
            updater(values, Updater.DEBIAN, null, List.of());
            updater(values, Updater.UBUNTU, "could not fetch", List.of());
            updater(values, Updater.ALPINE, null, List.of());
            values.put(UpdaterKeys.state(Updater.ORACLE), "nonsense");
            EnabledUpdaters enabled = EnabledUpdaters.of(List.of("debian", "oracle", "rhel", "ubuntu"), _ -> true);
            Map<String, Metrics.LastRun> runs = Updates.lastRuns(enabled, values, new Leases(fresh.database()));
            assertThat(runs).containsOnlyKeys("debian", "ubuntu");
            assertThat(runs.get("debian"))
                    .returns(7L, Metrics.LastRun::vulnerabilities)
                    .returns(false, Metrics.LastRun::failed);
            double since = Duration.between(ENDED, Instant.now()).toMillis() / 1000.0;
            assertThat(runs.get("ubuntu"))
                    .returns(true, Metrics.LastRun::failed)
                    .extracting(Metrics.LastRun::seconds, InstanceOfAssertFactories.DOUBLE)
                    .isCloseTo(since, Offset.offset(60.0));
        }
    }

    @Test
    void whoUpdatesIsSaid() throws Exception {
        try (TestDatabases.Fresh fresh = TestDatabases.fresh()) {
            assertThat(new Leases(fresh.database()).acquire("updater", "somebody\n", Duration.ofMinutes(10)))
                    .isPresent();
            Path file = configuration(fresh.source(), "interval: 90s, enabledupdaters: [debian]");
            try (RunningServer _ = RunningServer.over(
                    fresh.database(), ServerSettings.of(Configuration.read(file)), "test", Feeds.all())) {
                assertThat(status(file)).isEqualTo(1);
            }
        }
        assertThat(said())
                .containsPattern("health +:HEALTH, alive, not ready\n +the updater debian has never finished\n")
                .containsPattern("updates +every 1m30s\n +running: somebody\\\\n holds the lease for 9m5\\ds, and"
                        + " longer if it lives\n +none has ended yet\n")
                .endsWith("\nnot well: the server is alive, not ready; the updater debian has never finished\n");
    }

    @Test
    void aDatabaseWithoutTablesIsSaid() throws Exception {
        try (TestDatabases.Fresh empty = TestDatabases.empty(TestDatabases.chosen())) {
            assertThat(status(configuration(empty.source(), OFF))).isEqualTo(1);
        }
        assertThat(said())
                .containsPattern(
                        "schema +none, this Limpid has \\d+: the start of a server makes it so, or limpid migrate\n\n")
                .endsWith("not well: the server does not answer; the database has no tables\n");
    }

    /** After what is known without it. */
    @Test
    void aDatabaseThatIsNotThereIsAnError() throws Exception {
        try (TestDatabases.Fresh fresh = TestDatabases.fresh()) {
            ConnectionSource source = fresh.source();
            Path file = configuration(source, OFF);
            Files.writeString(file, Files.readString(file).replace(source.database(), "nowhere"));
            assertThat(status(file)).isEqualTo(1);
        }
        assertThat(said()).containsPattern("^API v1 +:API\nhealth +:HEALTH, does not answer\n.*\n$");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("error: database ", "cause: FATAL: database \"nowhere\" does not exist", "hint: ");
    }
}
