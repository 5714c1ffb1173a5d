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
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** API v1 on loopback, over a database of its own. */
final class TestApi implements AutoCloseable {
    private static final int KNOWN = 16_384;

    private final TestDatabases.Fresh database;
    private final Metrics metrics = new Metrics();
    private final LayerWorker worker;
    private final ApiV1 v1;
    private final ApiServer server;

    private TestApi(TestDatabases.Fresh database, Readiness readiness, List<Path> roots) throws Exception {
        this.database = database;
        LayerStore layers = new LayerStore(database.database(), KNOWN);
        worker = new LayerWorker(
                layers, WorkerSettings.DEFAULT.withLocalRoots(roots), NetSettings.fromEnvironment(Map.of(), "test"));
        v1 = new ApiV1(
                layers,
                new VulnerabilityStore(database.database(), KNOWN),
                new NotificationStore(database.database()),
                worker,
                readiness,
                Corrections.NONE,
                PageTokens.of(null, Clock.systemUTC()),
                metrics);
        server = serve(Duration.ofSeconds(60));
    }

    /**
     * Starts one.
     *
     * @param roots of local layers
     */
    static TestApi start(Readiness readiness, Path... roots) throws Exception {
        return new TestApi(TestDatabases.fresh(), readiness, List.of(roots));
    }

    static TestApi start() throws Exception {
        return start(Readiness.ALWAYS);
    }

    /** Another server over the same stores. */
    ApiServer serve(Duration timeout) throws Exception {
        Endpoint any = new Endpoint("127.0.0.1", 0);
        ApiOptions options = new ApiOptions(any, any, timeout, null, null, Bounds.DEFAULT);
        return ApiServer.start(options, v1.routes(), new OfDatabase(database), metrics);
    }

    /** Alive as long as the database is. */
    private record OfDatabase(TestDatabases.Fresh database) implements Health {
        @Override
        public boolean isAlive() {
            return database.database().ping();
        }

        @Override
        public List<String> missing() {
            return List.of();
        }
    }

    TestDatabases.Fresh database() {
        return database;
    }

    int port() {
        return server.port();
    }

    int healthPort() {
        return server.healthPort();
    }

    @Override
    public void close() throws SQLException {
        server.close();
        worker.close();
        database.close();
    }
}
