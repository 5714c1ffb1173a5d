package io.limpid.server;

import io.limpid.feed.Feeds;
import io.limpid.server.config.Configuration;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.FreePort;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two servers on one PostgreSQL, in this JVM but with nothing in common: ports, connections and memory are their own. */
final class TwoServers implements AutoCloseable {
    /** How often each race is run: {@code -Dlimpid.rounds=N}. */
    static final int ROUNDS = Integer.getInteger("limpid.rounds", 4);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path folder;
    private final TestDatabases.Fresh database;
    private final List<RunningServer> servers = new ArrayList<>();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

    private final ApiAt one;
    private final ApiAt other;

    /** Starts both on a database that has its tables. */
    TwoServers(Path folder) throws Exception {
        this.folder = folder;
        this.database = TestDatabases.fresh();
        try {
            one = started();
            other = started();
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    private ApiAt started() throws Exception {
        ApiAt api = new ApiAt(FreePort.next());
        servers.add(start(folder, database.source(), api.port(), FreePort.next()));
        return api;
    }

    /** A server on a database, with layers from a folder. */
    static RunningServer start(Path folder, ConnectionSource source, int api, int health) throws Exception {
        Path file = configuration(folder, source, api, health);
        return RunningServer.start(ServerSettings.of(Configuration.read(file)), false, "test", Feeds.all(), PATIENCE);
    }

    /** The file of a server on a database, with layers from the folder. */
    static Path configuration(Path folder, ConnectionSource source, int api, int health) throws IOException {
        ConnectionSource.Server server = source.servers().getFirst();
        String text = "host=%s port=%d dbname=%s user=%s sslmode=disable"
                .formatted(server.host(), server.port(), source.database(), source.user());
        return configuration(folder, text, api, health);
    }

    /** As the other, with a connection string. */
    static Path configuration(Path folder, String source, int api, int health) throws IOException {
        return Files.writeString(
                folder.resolve("config-" + api + ".yaml"), """
                    clair:
                      database:
                        options:
                          source: %s
                      api:
                        v1_addr: "127.0.0.1:%d"
                        healthaddr: "127.0.0.1:%d"
                      updater:
                      worker:
                        local_layer_roots: [%s]
                    """.formatted(source, api, health, folder.toRealPath()));
    }

    ApiAt one() {
        return one;
    }

    ApiAt other() {
        return other;
    }

    List<ApiAt> both() {
        return List.of(one, other);
    }

    ConnectionSource source() {
        return database.source();
    }

    /** A layer in which packages are listed, name and version each with a space between. */
    Path archive(String name, String... packages) throws IOException {
        return archive(folder, name, packages);
    }

    static Path archive(Path folder, String name, String... packages) throws IOException {
        return Files.write(folder.toRealPath().resolve(name + ".tar"), bytes(packages));
    }

    static byte[] bytes(String... packages) {
        StringBuilder status = new StringBuilder();
        for (String each : packages) {
            String[] words = each.split(" ", 2);
            status.append("Package: ").append(words[0]).append("\nVersion: ").append(words[1]);
            status.append("\n\n");
        }
        return new TarMaker()
                .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
                .file("var/lib/dpkg/status", status.toString())
                .bytes();
    }

    /** What a client asks a server, with the status that it is answered. */
    @FunctionalInterface
    interface Request {
        int send() throws Exception;
    }

    /** Sends all at once, and gives the answers in the order of the requests. */
    List<Integer> race(Request... requests) throws Exception {
        CyclicBarrier start = new CyclicBarrier(requests.length);
        List<Future<Integer>> futures = new ArrayList<>();
        for (Request each : requests) {
            futures.add(clients.submit(() -> {
                start.await();
                return each.send();
            }));
        }
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> future : futures) {
            answers.add(future.get());
        }
        return answers;
    }

    List<Integer> race(List<Request> requests) throws Exception {
        return race(requests.toArray(Request[]::new));
    }

    /** Stops servers, all at once: each takes a while to be sure that nobody asks it any more. */
    static void stop(List<RunningServer> servers) {
        try (ExecutorService stops = Executors.newVirtualThreadPerTaskExecutor()) {
            servers.forEach(server -> stops.execute(server::close));
        }
    }

    @Override
    public void close() throws SQLException {
        stop(servers);
        clients.close();
        database.close();
    }
}
