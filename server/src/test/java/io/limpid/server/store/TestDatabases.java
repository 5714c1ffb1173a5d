package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Fresh databases on a real PostgreSQL that all test classes of a JVM share: of the kind whose turn it is in a class that is {@link
 * OnEachPostgres}; else {@code -Dlimpid.postgres=debian} or the environment's {@code LIMPID_POSTGRES} chooses which.
 */
public final class TestDatabases {
    private static final String TEMPLATE = "limpid_template";
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql/15/bin");
    private static final Map<Kind, TestCluster> CLUSTERS = new EnumMap<>(Kind.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Whose PostgreSQL. */
    public enum Kind {
        /** The binaries that the server ships. */
        EMBEDDED,
        /** PostgreSQL 15 as Debian installs it. */
        DEBIAN
    }

    private static volatile @Nullable Kind turn;

    private TestDatabases() {}

    /** A database of one test: gone when it is closed. */
    public static final class Fresh implements AutoCloseable {
        private final TestCluster cluster;
        private final ConnectionSource source;
        private final Database database;

        private Fresh(TestCluster cluster, ConnectionSource source) throws ClairException {
            this.cluster = cluster;
            this.source = source;
            this.database = Database.open(source, Database.Settings.DEFAULT);
        }

        public Database database() {
            return database;
        }

        public ConnectionSource source() {
            return source;
        }

        /** Has a vulnerability that is stored be one that an updater told of. */
        public void toldBy(String updater, String vulnerability) throws ClairException {
            database.inTransaction(connection -> Rows.update(
                    connection, "UPDATE vulnerability SET updater = ? WHERE name = ?", updater, vulnerability));
        }

        @Override
        public void close() throws SQLException {
            database.close();
            execute(cluster, "DROP DATABASE IF EXISTS " + source.database() + " WITH (FORCE)");
        }
    }

    /** Whose turn it is from now on; null: the one that the run of the tests chose. */
    static void choose(@Nullable Kind kind) {
        turn = kind;
    }

    /** The kind whose turn it is, or that this run of the tests uses. */
    public static Kind chosen() {
        if (turn != null) {
            return turn;
        }
        String name =
                System.getProperty("limpid.postgres", System.getenv().getOrDefault("LIMPID_POSTGRES", "embedded"));
        return Kind.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The kinds that this machine has. */
    public static List<Kind> available() {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.EMBEDDED));
        if (Files.isExecutable(DEBIAN.resolve("postgres"))) {
            kinds.add(Kind.DEBIAN);
        }
        return kinds;
    }

    /** A database with all tables. */
    public static Fresh fresh() throws IOException, SQLException, ClairException {
        return fresh(chosen());
    }

    /** A database with all tables on a kind of PostgreSQL; the test is skipped when this machine has none. */
    public static Fresh fresh(Kind kind) throws IOException, SQLException, ClairException {
        return create(kind, " TEMPLATE " + TEMPLATE);
    }

    /** A database with nothing in it. */
    public static Fresh empty(Kind kind) throws IOException, SQLException, ClairException {
        return create(kind, "");
    }

    /** A database with what is in another one, to which nobody is connected any more. */
    public static Fresh copy(Fresh other) throws IOException, SQLException, ClairException {
        other.database.close();
        return create(chosen(), " TEMPLATE " + other.source.database());
    }

    private static Fresh create(Kind kind, String options) throws IOException, SQLException, ClairException {
        TestCluster cluster = cluster(kind);
        String name = "test_" + COUNT.incrementAndGet();
        execute(cluster, "CREATE DATABASE " + name + options);
        return new Fresh(cluster, cluster.source(name));
    }

    /** A cluster of the chosen kind that nobody else uses: it may be made to fail. */
    public static TestCluster separate() throws IOException {
        return TestCluster.start(chosen() == Kind.DEBIAN ? DEBIAN : null, true);
    }

    static synchronized TestCluster cluster(Kind kind) throws IOException, SQLException {
        Assumptions.assumeTrue(available().contains(kind), "skipped: there is no PostgreSQL 15 in " + DEBIAN);
        TestCluster known = CLUSTERS.get(kind);
        if (known != null) {
            return known;
        }
        TestCluster cluster = TestCluster.start(kind == Kind.DEBIAN ? DEBIAN : null, false);
        execute(cluster, "CREATE DATABASE " + TEMPLATE);
        new Migrations().migrate(cluster.source(TEMPLATE));
        CLUSTERS.put(kind, cluster);
        return cluster;
    }

    /** Creating from a template and dropping want nobody else to do so just then. */
    private static synchronized void execute(TestCluster cluster, String sql) throws SQLException {
        try (Connection connection = cluster.source("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
