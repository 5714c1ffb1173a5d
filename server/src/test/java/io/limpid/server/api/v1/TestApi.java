package io.limpid.server.api.v1;

import io.limpid.net.NetSettings;
import io.limpid.server.api.ApiOptions;
import io.limpid.server.api.ApiServer;
import io.limpid.server.api.Bounds;
import io.limpid.server.api.Endpoint;
import io.limpid.server.api.Health;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.LayerStore;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.TestDatabases;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.server.worker.LayerWorker;
import io.limpid.server.worker.WorkerSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** API v1 on loopback. */
final class TestApi implements AutoCloseable {
    private final ApiServer server;
    private final TestDatabases.Fresh fresh;
    private final LayerWorker worker;

    private TestApi(ApiServer server, TestDatabases.Fresh fresh, LayerWorker worker) {
        this.server = server;
        this.fresh = fresh;
        this.worker = worker;
    }

    static TestApi start() throws Exception {
        TestDatabases.Fresh fresh = TestDatabases.fresh();
        LayerStore layers = new LayerStore(fresh.database(), 1000);
        LayerWorker worker =
                new LayerWorker(layers, WorkerSettings.DEFAULT, NetSettings.fromEnvironment(Map.of(), "test"));
        Metrics metrics = new Metrics();
        ApiV1 v1 = new ApiV1(
                layers,
                new VulnerabilityStore(fresh.database(), 1000),
                new NotificationStore(fresh.database()),
                worker,
                Readiness.ALWAYS,
                PageTokens.of(null, Clock.systemUTC()),
                metrics);
        ApiOptions options = new ApiOptions(
                new Endpoint("127.0.0.1", 0),
                new Endpoint("127.0.0.1", 0),
                Duration.ofSeconds(30),
                null,
                null,
                Bounds.DEFAULT);
        return new TestApi(ApiServer.start(options, v1.routes(), new AllWell(), metrics), fresh, worker);
    }

    /** Nothing is missing. */
    private static final class AllWell implements Health {
        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public List<String> missing() {
            return List.of();
        }
    }

    int port() {
        return server.port();
    }

    int healthPort() {
        return server.healthPort();
    }

    @Override
    public void close() throws Exception {
        server.close();
        worker.close();
        fresh.close();
    }
}
