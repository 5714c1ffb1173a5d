package io.limpid.server.chaos;

import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.TestCluster;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that takes part: a PostgreSQL, servers on it, a receiver of notifications, and a mirror of feeds where these are fetched. */
final class Stage implements AutoCloseable {
    private static final String DATABASE = "limpid";

    private final Path folder;
    private final int keptMinutes;
    private final @Nullable Duration updates;
    private final TestCluster cluster;
    private final Receiver receiver;
    private final @Nullable Mirror mirror;
    private final List<Machine> machines = new ArrayList<>();

    /**
     * Starts all but the servers.
     *
     * @param keptMinutes after how many what was deleted is swept
     * @param updates how often feeds change and are fetched; null where they are not fetched
     */
    Stage(Path folder, Receiver.Manners manners, int keptMinutes, @Nullable Duration updates)
            throws IOException, SQLException {
        this.folder = folder;
        this.keptMinutes = keptMinutes;
        this.updates = updates;
        this.cluster = TestDatabases.separate();
        this.receiver = Receiver.start(manners);
        this.mirror = updates == null ? null : Mirror.start(updates);
        try (Connection connection = cluster.source("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
    }

    /**
     * Starts one more server, and waits until it is healthy.
     *
     * @param environment what it has besides
     */
    Machine add(Map<String, String> environment) throws IOException, InterruptedException {
        String name = "server-" + (machines.size() + 1);
        Machine.Ports ports = new Machine.Ports(FreePort.next(), FreePort.next());
        Path configuration = Files.writeString(folder.resolve(name + ".yaml"), configuration(name, ports));
        Machine machine = Machine.start(name, ports, configuration, folder.resolve(name + ".log"), environment);
        machines.add(machine);
        if (!machine.awaitHealth()) {
            throw new IOException(name + " ended: " + machine.lastWords());
        }
        return machine;
    }

    private String configuration(String name, Machine.Ports ports) throws IOException {
        ConnectionSource.Server server = source().servers().getFirst();
        String updater = mirror == null || updates == null
                ? "    interval: 0"
                : """
                    interval: %ds
                    lease: 2s
                    enabledupdaters: [alpine]
                    mirror: "%s"\
                """.formatted(updates.toSeconds(), mirror.url());
        return """
            clair:
              database:
                options:
                  datafolder: %s
                  keepdeleted: %dm
                  source: host=%s port=%d dbname=%s user=%s sslmode=disable
              api:
                v1_addr: "127.0.0.1:%d"
                healthaddr: "127.0.0.1:%d"
              worker:
                local_layer_roots: [%s]
              updater:
            %s
              notifier:
                attempts: 20
                check_interval: 200ms
                claim: 2s
                http:
                  endpoint: "%s"
            """.formatted(
                        Files.createDirectories(folder.toRealPath().resolve(name)),
                        keptMinutes,
                        server.host(),
                        server.port(),
                        DATABASE,
                        source().user(),
                        ports.api(),
                        ports.health(),
                        folder.toRealPath(),
                        updater,
                        receiver.url());
    }

    ConnectionSource source() {
        return cluster.source(DATABASE);
    }

    TestCluster cluster() {
        return cluster;
    }

    Receiver receiver() {
        return receiver;
    }

    Optional<Mirror> mirror() {
        return Optional.ofNullable(mirror);
    }

    List<Machine> machines() {
        return machines;
    }

    List<Integer> ports() {
        return machines.stream().map(machine -> machine.ports().api()).toList();
    }

    @Override
    public void close() throws IOException {
        machines.forEach(Machine::close);
        receiver.close();
        if (mirror != null) {
            mirror.close();
        }
        cluster.close();
    }
}
