package io.limpid.server.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/**
 * Connections to the primary among several servers, the one that was promoted last.
 *
 * <p>The driver's own search waits for a server that takes a connection and says nothing, and does not come to the next one. Here each has a
 * few seconds. A server that goes on as a primary after another was promoted is not asked any more: what it says is old.
 */
final class PrimarySource implements DataSource, AutoCloseable {
    private static final org.slf4j.Logger log = LoggerFactory.getLogger(PrimarySource.class);
    private static final String SERVER_SECONDS = "3";
    private static final long LOOK_MILLIS = 1_000;
    private static final long PAUSE_MILLIS = 200;
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final String TAKES_WRITES =
            "SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off'";
    /** The cluster, and the number that grows with each promotion. */
    private static final String PLACE =
            "SELECT system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_control_system()";

    private static final String CONNECTION_REFUSED = "08001";

    /** A primary's history: a later one of the same cluster was promoted later. */
    private record Place(int server, String cluster, String timeline) {
        boolean isBefore(@Nullable Place other) {
            return other != null && cluster.equals(other.cluster) && timeline.compareTo(other.timeline) < 0;
        }
    }

    /** A connection to a server, and its place when that is a primary. */
    private record Found(Connection connection, @Nullable Place place) {
        boolean isBefore(Found other) {
            return place != null && place.isBefore(other.place);
        }
    }

    private final List<ConnectionSource.Server> names;
    private final List<PGSimpleDataSource> servers = new ArrayList<>();
    private final int silenceMillis;
    private final Map<Connection, Place> open = new ConcurrentHashMap<>();
    private final Object changing = new Object();
    private volatile @Nullable Place newest;
    private final AtomicLong switches = new AtomicLong();
    private volatile boolean isClosed;
    private volatile @Nullable Thread watch;

    PrimarySource(ConnectionSource source) throws SQLException {
        names = source.servers();
        silenceMillis = 1000 * Integer.parseInt(source.properties().getOrDefault("socketTimeout", "0"));
        String each = source.properties().getOrDefault("connectTimeout", SERVER_SECONDS);
        for (int i = 0; i < names.size(); i++) {
            servers.add(source.only(i)
                    .withProperty("connectTimeout", each)
                    .withProperty("socketTimeout", each)
                    // With TLS and without it are two attempts, and this is for both.
                    .withProperty("loginTimeout", each)
                    .ofDriver());
        }
    }

    /** From now on a promotion is seen by itself, and ends the connections to the server that was the primary before. */
    void watch() {
        watch = Thread.ofVirtual().name("primary").start(this::look);
    }

    /** How often another server, or another history, became the primary: what was known of the one before may not be true. */
    long switches() {
        return switches.get();
    }

    /** When it is watched, and none of the servers is a primary, waits for a while for one: the pool's own pauses grow to seconds. */
    @Override
    public Connection getConnection() throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            try {
                return now();
            } catch (SQLException e) {
                boolean passes = DatabaseFailure.of(e) == DatabaseFailure.GONE;
                if (watch == null || isClosed || !passes || System.nanoTime() - begun > PATIENCE_NANOS) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(SQLException cause) throws SQLException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }

    /** A connection, if there is a primary just now. */
    Connection now() throws SQLException {
        Place known = newest;
        SQLException failure = null;
        Found best = null;
        for (int server : order(known)) {
            try {
                Found found = connected(server);
                if (found.place == null || found.place.isBefore(newest) || (best != null && !best.isBefore(found))) {
                    found.connection.close();
                    continue;
                }
                if (best != null) {
                    best.connection.close();
                }
                best = found;
                if (known != null) {
                    break;
                }
            } catch (SQLException e) {
                failure = e;
            }
        }
        if (best == null || best.place == null) {
            throw failure != null ? failure : new SQLException("none of the servers is a primary", CONNECTION_REFUSED);
        }
        best.connection.setNetworkTimeout(Runnable::run, silenceMillis);
        opened(best.connection, best.place);
        return best.connection;
    }

    private Found connected(int server) throws SQLException {
        Connection connection = servers.get(server).getConnection();
        try {
            return new Found(connection, place(connection, server));
        } catch (SQLException e) {
            abort(connection);
            throw e;
        }
    }

    /** The last primary first. Without one all are asked: which was promoted last is not known. */
    private List<Integer> order(@Nullable Place known) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            order.add(known != null && i == known.server ? 0 : order.size(), i);
        }
        return order;
    }

    /** Null for a standby; of a server that does not tell its history only which it is. */
    private static @Nullable Place place(Connection connection, int server) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(TAKES_WRITES)) {
                if (!rows.next() || !rows.getBoolean(1)) {
                    return null;
                }
            }
            try (ResultSet rows = statement.executeQuery(PLACE)) {
                rows.next();
                return new Place(server, rows.getString(1), rows.getString(2));
            } catch (SQLException e) {
                if (DatabaseFailure.of(e) == DatabaseFailure.FAULT) {
                    return new Place(server, "", "");
                }
                throw e;
            }
        }
    }

    private void opened(Connection connection, Place place) throws SQLException {
        open.put(connection, place);
        for (Iterator<Connection> all = open.keySet().iterator(); all.hasNext(); ) {
            if (all.next().isClosed()) {
                all.remove();
            }
        }
        found(place);
        if (place.isBefore(newest)) {
            open.remove(connection);
            connection.close();
            throw new SQLException("another server was promoted meanwhile", CONNECTION_REFUSED);
        }
    }

    /** A primary; when it is another one than before, nobody goes on with that. */
    private void found(Place place) {
        synchronized (changing) {
            Place before = newest;
            if (place.equals(before) || place.isBefore(before)) {
                return;
            }
            newest = place;
            if (before == null) {
                return;
            }
            switches.incrementAndGet();
            log.atWarn()
                    .addKeyValue(
                            "server",
                            names.get(place.server).host() + ":"
                                    + names.get(place.server).port())
                    .log("another database server is the primary");
        }
        open.forEach((connection, of) -> {
            if (!of.equals(place)) {
                open.remove(connection);
                abort(connection);
            }
        });
    }

    /** Also ends a wait for a server that says nothing. */
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("connection was not closed");
        }
    }

    /** Asks the servers that are not the primary whether they are now, each on a connection that stays. */
    private void look() {
        @Nullable Connection[] kept = new @Nullable Connection[servers.size()];
        try {
            while (!isClosed) {
                Thread.sleep(LOOK_MILLIS);
                for (int i = 0; i < kept.length; i++) {
                    Place known = newest;
                    if (known != null && known.server != i) {
                        kept[i] = looked(i, kept[i], known);
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            for (Connection connection : kept) {
                if (connection != null) {
                    abort(connection);
                }
            }
        }
    }

    private @Nullable Connection looked(int server, @Nullable Connection kept, Place known) {
        Connection connection = kept;
        try {
            if (connection == null) {
                connection = servers.get(server).getConnection();
            }
            Place place = place(connection, server);
            if (place != null && known.isBefore(place)) {
                found(place);
            }
            return connection;
        } catch (SQLException e) {
            // As long as it is a standby, nobody needs it.
            log.atDebug().setCause(e).log("standby does not answer");
            if (connection != null) {
                abort(connection);
            }
            return null;
        }
    }

    @Override
    public void close() {
        isClosed = true;
        Thread watching = watch;
        if (watching != null) {
            watching.interrupt();
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    /** Each server has a time of its own. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
