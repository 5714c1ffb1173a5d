package io.limpid.server.api.v1;

import io.limpid.model.LimpidException;
import io.limpid.server.api.ApiOptions;
import io.limpid.server.api.ApiServer;
import io.limpid.server.api.Bounds;
import io.limpid.server.api.Endpoint;
import io.limpid.server.api.Health;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.LayerStore;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.server.worker.LayerWorker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** API v1 on loopback. */
final class TestApi implements AutoCloseable {
    private final ApiServer server;

    private TestApi(ApiServer server) {
        this.server = server;
    }

    static TestApi start() throws LimpidException {
        Metrics metrics = new Metrics();
        ApiV1 v1 = new ApiV1(
                new LayerStore(),
                new VulnerabilityStore(),
                new NotificationStore(),
                new LayerWorker(),
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
        return new TestApi(ApiServer.start(options, v1.routes(), new AllWell(), metrics));
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
    public void close() {
        server.close();
    }
}
