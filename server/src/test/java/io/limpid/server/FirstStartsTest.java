package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.Migrations;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.FreePort;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Two servers that are started at once on a database without tables: one makes them, both serve.
 *
 * <p>{@code -Dlimpid.rounds=N} starts N pairs in this JVM and an eighth as many of processes; {@code -Dlimpid.kills=N} kills N processes while they make
 * the tables.
 */
class FirstStartsTest {
    private static final int PAIRS_OF_PROCESSES = Math.max(1, TwoServers.ROUNDS / 8);
    private static final int KILLS = Integer.getInteger("limpid.kills", 1);
    private static final int PATIENCE_SECONDS = 180;

    /** Whoever comes to the command of this number, of those that change the schema, waits in it for who holds the advisory lock 42. */
    private static final String STOP = """
        CREATE SEQUENCE public.commands;
        CREATE FUNCTION public.stop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
            IF nextval('public.commands') = %d THEN PERFORM pg_advisory_xact_lock(42); END IF;
        END $$;
        CREATE EVENT TRIGGER stop ON ddl_command_end EXECUTE FUNCTION public.stop()\
        """;

    private static final String STEPS =
            "SELECT string_agg(version || ' ' || success, ', ' ORDER BY installed_rank) FROM"
                    + " limpid.flyway_schema_history WHERE version IS NOT NULL";
    private static final String WAITING =
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM"
                    + " pg_database WHERE datname = current_database()) AND ";

    /** Whoever is kept from going on by what the killed one had begun, which PostgreSQL still executes. */
    private static final String KEPT = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND pid NOT IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = 42)
        AND (wait_event_type = 'Lock' AND wait_event <> 'advisory' OR query LIKE '%pg_try_advisory%')\
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void pairsInOneJvm() throws Exception {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger logger = (Logger) LoggerFactory.getLogger(RunningServer.class);
        logger.addAppender(said);
        try (ExecutorService starts = Executors.newFixedThreadPool(2);
                ExecutorService stops = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> stopped = new ArrayList<>();
            for (int i = 0; i < TwoServers.ROUNDS; i++) {
                TestDatabases.Fresh fresh = TestDatabases.empty(TestDatabases.chosen());
                said.list.clear();
                ApiAt one = new ApiAt(FreePort.next());
                ApiAt other = new ApiAt(FreePort.next());
                List<Callable<RunningServer>> pair = new ArrayList<>();
                for (ApiAt each : List.of(one, other)) {
                    pair.add(() -> TwoServers.start(folder, fresh.source(), each.port(), FreePort.next()));
                }
                List<RunningServer> servers = new ArrayList<>();
                for (Future<RunningServer> server : starts.invokeAll(pair)) {
                    servers.add(server.get());
                }
                assertThat(said.list)
                        .extracting(ILoggingEvent::getMessage)
                        .filteredOn("database schema migrated"::equals)
                        .hasSize(1);
                bothServe(fresh.source(), one, other);
                // Stopping takes longer than starting.
                stopped.add(stops.submit(() -> {
                    TwoServers.stop(servers);
                    fresh.close();
                    return null;
                }));
            }
            for (Future<?> each : stopped) {
                each.get();
            }
        } finally {
            logger.detachAppender(said);
        }
    }

    @Test
    void pairsOfProcesses() throws Exception {
        for (int i = 0; i < PAIRS_OF_PROCESSES; i++) {
            try (var fresh = TestDatabases.empty(TestDatabases.chosen());
                    ServerProcess one = ServerProcess.start(folder, fresh.source());
                    ServerProcess other = ServerProcess.start(folder, fresh.source())) {
                one.awaitHealth();
                other.awaitHealth();
                assertThat(List.of(one.hasMigrated(), other.hasMigrated()))
                        .as(one.log() + other.log())
                        .containsExactlyInAnyOrder(true, false);
                bothServe(fresh.source(), one.api(), other.api());
            }
        }
    }

    /** The tables are those of one migration, and what is stored by either is there for both. */
    private void bothServe(ConnectionSource source, ApiAt one, ApiAt other) throws Exception {
        assertThat(query(source, STEPS)).isEqualTo("1 true, 2 true, 3 true");
        String archive = TwoServers.archive(folder, "first", "a 1", "b 1").toString();
        assertThat(one.postLayer("l", null, archive)).isEqualTo(201);
        assertThat(other.postVulnerability("V", "Low", List.of("a 2"))).isEqualTo(201);
        assertThat(other.postLayer("m", "l", archive)).isEqualTo(201);
        for (ApiAt each : List.of(one, other)) {
            for (String name : List.of("l", "m")) {
                assertThat(each.layer(name)).contains(new TreeMap<>(Map.of("a 1", "V Low 2", "b 1", "")));
            }
        }
    }

    @Test
    void oneIsKilledWhileItMakesTheTables() throws Exception {
        int commands = commands();
        for (int i = 0; i < KILLS; i++) {
            // The first kill is somewhere in the middle, the next ones are everywhere.
            killAt((commands / 2 + i) % commands + 1, i % 2 == 0);
        }
    }

    /** How many commands it takes. */
    private static int commands() throws Exception {
        try (var fresh = TestDatabases.empty(TestDatabases.chosen())) {
            execute(fresh.source(), STOP.formatted(0));
            new Migrations().migrate(fresh.source());
            int commands = Integer.parseInt(query(fresh.source(), "SELECT last_value FROM public.commands"));
            assertThat(commands).isGreaterThan(20);
            return commands;
        }
    }

    /**
     * Kills whoever migrates within a command.
     *
     * @param isAwaited whether another one waits to migrate at that time, or comes later
     */
    private void killAt(int command, boolean isAwaited) throws Exception {
        try (var fresh = TestDatabases.empty(TestDatabases.chosen());
                Connection gate = fresh.source().connect()) {
            execute(fresh.source(), STOP.formatted(command));
            execute(gate, "SELECT pg_advisory_lock(42)");
            ServerProcess other = null;
            try (ServerProcess killed = ServerProcess.start(folder, fresh.source())) {
                await(fresh.source(), killed, WAITING + "objid = 42");
                if (isAwaited) {
                    other = ServerProcess.start(folder, fresh.source());
                    await(fresh.source(), other, WAITING + "objid <> 42");
                    killed.kill();
                    await(fresh.source(), other, KEPT);
                } else {
                    killed.kill();
                }
                execute(gate, "SELECT pg_advisory_unlock(42)");
                if (other == null) {
                    other = ServerProcess.start(folder, fresh.source());
                }
                other.awaitHealth();
                assertThat(killed.hasMigrated()).isFalse();
                assertThat(other.hasMigrated())
                        .as("killed in command " + command + ": " + other.log())
                        .isTrue();
                bothServe(fresh.source(), other.api(), other.api());
            } finally {
                if (other != null) {
                    other.close();
                }
            }
        }
    }

    /** Comes back when the count of a query is not 0. */
    private static void await(ConnectionSource source, ServerProcess server, String sql) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (query(source, sql).equals("0")) {
            assertThat(server.isAlive()).as(server.log()).isTrue();
            assertThat(System.nanoTime()).as(sql).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static String query(ConnectionSource source, String sql) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private static void execute(ConnectionSource source, String sql) throws SQLException {
        try (Connection connection = source.connect()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
