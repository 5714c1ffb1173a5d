package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.net.NetSettings;
import io.limpid.server.api.ApiOptions;
import io.limpid.server.api.ApiServer;
import io.limpid.server.api.Bounds;
import io.limpid.server.api.Endpoint;
import io.limpid.server.api.Health;
import io.limpid.server.api.v1.ApiV1;
import io.limpid.server.api.v1.PageTokens;
import io.limpid.server.api.v1.Readiness;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.LayerStore;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.TestDatabases;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.server.worker.LayerWorker;
import io.limpid.server.worker.WorkerSettings;
import io.limpid.testing.Shared;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges recorded on an original Clair 2.0, replayed against this server; differences are those that are listed. */
class ReplayTest {

    @ParameterizedTest
    @ValueSource(strings = {"layers", "vulns", "fixes", "errors"})
    void answersAsTheOriginal(String group) throws Exception {
        Path clair = Shared.require("clair/replay.py").getParent();
        Path inputs = clair.resolve("recordings/inputs");
        try (TestDatabases.Fresh fresh = TestDatabases.fresh();
                TestDatabases.Fresh other = TestDatabases.fresh();
                Running server = new Running(fresh, inputs, Duration.ofMinutes(15));
                Running impatient = new Running(other, inputs, Duration.ofMillis(500))) {
            Process replay = new ProcessBuilder(
                            "python3",
                            clair.resolve("replay.py").toString(),
                            "--base",
                            "http://127.0.0.1:" + server.api,
                            "--health",
                            "http://127.0.0.1:" + server.health,
                            "--timeout-base",
                            "http://127.0.0.1:" + impatient.api,
                            "--inputs",
                            inputs.toString(),
                            "--recordings",
                            clair.resolve("recordings/dev").toString(),
                            "--file-port",
                            Integer.toString(free()),
                            "--webhook-port",
                            Integer.toString(free()),
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

    private static int free() throws Exception {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    /** A server over a database of the test. */
    private static final class Running implements AutoCloseable {
        private final LayerWorker worker;
        private final ApiServer server;
        final int api;
        final int health;

        Running(TestDatabases.Fresh fresh, Path inputs, Duration timeout) throws Exception {
            api = free();
            health = free();
            Metrics metrics = new Metrics();
            LayerStore layers = new LayerStore(fresh.database(), 1000);
            worker = new LayerWorker(
                    layers,
                    WorkerSettings.DEFAULT.withLocalRoots(List.of(inputs)),
                    NetSettings.fromEnvironment(Map.of(), "test"));
            ApiV1 v1 = new ApiV1(
                    layers,
                    new VulnerabilityStore(fresh.database(), 1000),
                    new NotificationStore(fresh.database()),
                    worker,
                    Readiness.ALWAYS,
                    PageTokens.of(null, InstantSource.system()),
                    metrics);
            Health always = new Health() {
                @Override
                public boolean isAlive() {
                    return fresh.database().ping();
                }

                @Override
                public List<String> missing() {
                    return List.of();
                }
            };
            server = ApiServer.start(
                    new ApiOptions(
                            new Endpoint("127.0.0.1", api),
                            new Endpoint("127.0.0.1", health),
                            timeout,
                            null,
                            null,
                            Bounds.DEFAULT),
                    v1.routes(),
                    always,
                    metrics);
        }

        @Override
        public void close() throws Exception {
            server.close();
            worker.close();
        }
    }
}
