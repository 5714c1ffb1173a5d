package io.limpid.server;

import io.limpid.feed.Feeds;
import io.limpid.server.api.RawHttp;
import io.limpid.server.config.Configuration;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.Database;
import io.limpid.testing.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A whole server on loopback, over a database of the test. */
final class Served implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final RunningServer server;
    private final int port;
    private final int health;

    /**
     * Starts one.
     *
     * @param more keys of the configuration, below {@code clair}
     */
    Served(Database database, String more) throws IOException {
        this(database, "", more);
    }

    /**
     * Starts one.
     *
     * @param api keys of the configuration, below {@code clair.api}
     * @param more keys below {@code clair}
     */
    Served(Database database, String api, String more) throws IOException {
        port = FreePort.next();
        health = FreePort.next();
        Path file = Files.createTempFile("served", ".yaml");
        try {
            Files.writeString(file, """
                clair:
                  api:
                    v1_addr: "127.0.0.1:%d"
                    healthaddr: "127.0.0.1:%d"
                %s  updater:
                """.formatted(port, health, api.indent(4)) + more.indent(2));
            server = RunningServer.over(database, ServerSettings.of(Configuration.read(file)), "test", Feeds.all());
        } finally {
            Files.delete(file);
        }
    }

    int port() {
        return port;
    }

    int healthPort() {
        return health;
    }

    RawHttp.Reply ask(String method, String target, String body) throws IOException {
        return RawHttp.exchange(port, method, target, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    RawHttp.Reply get(String target) throws IOException {
        return RawHttp.exchange(port, "GET", target);
    }

    RawHttp.Reply post(String layer, String path) throws IOException {
        return ask("POST", "/v1/layers", layer(layer, path));
    }

    /** The body that posts a layer. */
    static String layer(String name, String path) {
        return "{\"Layer\":{\"Name\":\"" + name + "\",\"Path\":\"" + path + "\",\"Format\":\"Docker\"}}";
    }

    int health() throws IOException {
        return RawHttp.exchange(health, "GET", "/health").status();
    }

    RawHttp.Reply readiness() throws IOException {
        return RawHttp.exchange(health, "GET", "/readyz");
    }

    /** What may become true on its own. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until something has become true. */
    static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
