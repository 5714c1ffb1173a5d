package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Feeds;
import io.limpid.server.config.Configuration;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.OnEachPostgres;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.FreePort;
import io.limpid.testing.Shared;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges recorded on an original Clair 2.0, replayed against this server; differences are those that are listed. */
@OnEachPostgres
class ReplayTest {

    @ParameterizedTest
    @ValueSource(strings = {"layers", "vulns", "fixes", "errors", "notifications"})
    void answersAsTheOriginal(String group) throws Exception {
        Path clair = Shared.require("clair").toAbsolutePath();
        Path inputs = clair.resolve("recordings/inputs");
        int api = FreePort.next();
        int health = FreePort.next();
        int impatient = FreePort.next();
        int webhook = FreePort.next();
        try (TestDatabases.Fresh fresh = TestDatabases.fresh();
                TestDatabases.Fresh other = TestDatabases.fresh();
                RunningServer _ = running(fresh, inputs, "900s", api, health, webhook);
                RunningServer _ = running(other, inputs, "500ms", impatient, FreePort.next(), FreePort.next())) {
            Process replay = new ProcessBuilder(
                            "python3",
                            clair.resolve("replay.py").toString(),
                            "--base",
                            "http://127.0.0.1:" + api,
                            "--health",
                            "http://127.0.0.1:" + health,
                            "--timeout-base",
                            "http://127.0.0.1:" + impatient,
                            "--inputs",
                            inputs.toString(),
                            "--recordings",
                            clair.resolve("recordings/dev").toString(),
                            "--file-port",
                            Integer.toString(FreePort.next()),
                            "--webhook-port",
                            Integer.toString(webhook),
                            "--except",
                            Path.of("..", "docs", "clair-differences.tsv").toString(),
                            "--group",
                            group)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(replay.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(replay.waitFor()).as(said).isZero();
            assertThat(said).as(said).containsPattern("(?m)^[1-9]\\d* passed, 0 failed$");
        }
    }

    /** A server over a database of the test. */
    private static RunningServer running(
            TestDatabases.Fresh fresh, Path inputs, String timeout, int api, int health, int webhook) throws Exception {
        Path file = Files.writeString(
                Files.createTempFile("replay", ".yaml"), """
                    clair:
                      api:
                        v1_addr: "127.0.0.1:%d"
                        healthaddr: "127.0.0.1:%d"
                        timeout: %s
                      updater:
                      notifier:
                        check_interval: 200ms
                        http:
                          endpoint: http://127.0.0.1:%d/hook
                      worker:
                        local_layer_roots: [%s]
                    """.formatted(api, health, timeout, webhook, inputs));
        try {
            return RunningServer.over(
                    fresh.database(), ServerSettings.of(Configuration.read(file)), "test", Feeds.all());
        } finally {
            Files.delete(file);
        }
    }
}
