package io.limpid.server.store;

import io.limpid.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A primary and a standby that has everything before the primary acknowledges it; they keep their ports, whichever is the primary. */
public final class StandbyPair implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Path programs;
    private final List<Integer> ports;
    private TestCluster primary;
    private TestCluster standby;

    private StandbyPair(Path programs, TestCluster primary, TestCluster standby) {
        this.programs = programs;
        this.ports = List.of(primary.port(), standby.port());
        this.primary = primary;
        this.standby = standby;
    }

    /** The programs of a PostgreSQL that can make standbys, of the newest that Debian has installed. */
    public static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/pg_basebackup")))
                    .filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
                    .max(Comparator.comparingInt(StandbyPair::number))
                    .map(version -> version.resolve("bin"));
        }
    }

    private static int number(Path version) {
        return Integer.parseInt(version.getFileName().toString());
    }

    /** Starts both; the test is skipped where there are no programs for it. */
    public static StandbyPair start() throws IOException, SQLException {
        Optional<Path> programs = programs();
        Assumptions.assumeTrue(programs.isPresent(), "skipped: no pg_basebackup in " + VERSIONS + "/*/bin");
        TestCluster primary = TestCluster.start(programs.get(), true);
        TestCluster standby = TestCluster.standbyOf(primary, programs.get(), FreePort.next());
        StandbyPair pair = new StandbyPair(programs.get(), primary, standby);
        pair.synchronize();
        return pair;
    }

    /** The connection string that names both, always in the same order. */
    public String source() {
        return "host=127.0.0.1,127.0.0.1 port=" + ports.getFirst() + "," + ports.getLast()
                + " user=limpid dbname=postgres sslmode=disable target_session_attrs=read-write";
    }

    public TestCluster primary() {
        return primary;
    }

    /** Makes the standby the primary. The other one is nobody's any more. */
    public void promote() throws IOException {
        standby.promote(programs);
    }

    /** From now on the standby gets nothing more, and nobody waits for it: what is acknowledged is lost with the primary. */
    void separate() throws SQLException {
        execute("ALTER SYSTEM RESET synchronous_standby_names");
        execute("SELECT pg_reload_conf()");
        try (Connection connection = standby.source("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET primary_conninfo = ''");
            statement.execute("SELECT pg_reload_conf()");
        }
        for (long end = System.nanoTime() + PATIENCE_NANOS; isFollowed(); ) {
            if (System.nanoTime() > end) {
                throw new SQLException("the standby still follows");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** A standby again, in the place of the primary that was lost. */
    public void replaceLost() throws IOException, SQLException {
        int port = primary.port();
        primary.close();
        primary = standby;
        standby = TestCluster.standbyOf(primary, programs, port);
        synchronize();
    }

    /** Only now: before, there was nobody to wait for. The copy does not have the setting, and waits for nobody when it is the primary. */
    private void synchronize() throws SQLException {
        execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
        execute("SELECT pg_reload_conf()");
        for (long end = System.nanoTime() + PATIENCE_NANOS; !isSynchronous(); ) {
            if (System.nanoTime() > end) {
                throw new SQLException("no synchronous standby");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean isSynchronous() throws SQLException {
        return isTrue("SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync' AND state = 'streaming'");
    }

    private boolean isFollowed() throws SQLException {
        return isTrue("SELECT count(*) > 0 FROM pg_stat_replication");
    }

    private boolean isTrue(String question) throws SQLException {
        try (Connection connection = primary.source("postgres").connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = primary.source("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        standby.close();
        primary.close();
    }
}
