package io.limpid.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.store.StoreWatch.Question;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's PostgreSQL: connections kept open, and transactions on them.
 *
 * <p>Unqualified names are those of schema {@value #SCHEMA}; the tables of an original Clair in schema {@code public} stay untouched.
 */
public final class Database implements AutoCloseable {
    /** The schema of all tables. */
    public static final String SCHEMA = "limpid";

    private static final Logger log = LoggerFactory.getLogger(Database.class);
    /** How often a transaction is tried that others are in the way of: the sum of the pauses is at most about 10 s. */
    private static final int CONFLICT_TRIES = 12;

    private static final int LOST_CONNECTION_TRIES = 2;
    private static final int PING_SECONDS = 2;
    private static final int FAULT = 500;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Duration LONG_WORK = Duration.ofMinutes(30);
    /** Others hold a lock for a request only. */
    private static final Duration LOCK_OF_LONG_WORK = Duration.ofMinutes(2);

    private static final String CONSISTENT_READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /**
     * How many connections, and how long what may take.
     *
     * @param connections at most
     * @param statement the longest statement
     * @param lock the longest wait for a lock
     * @param idle the longest pause within a transaction
     * @param connection the longest wait for a connection
     */
    public record Settings(int connections, Duration statement, Duration lock, Duration idle, Duration connection) {
        public static final Settings DEFAULT = new Settings(
                16, Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    /** What is done on a connection; again from its beginning when others were in the way, so all that it changes is in the database. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException, ClairException;
    }

    /** {@link Work} without a result. */
    @FunctionalInterface
    public interface Step {
        void on(Connection connection) throws SQLException, ClairException;
    }

    private final ConnectionSource source;
    private final HikariDataSource pool;
    /** Of several servers; null of one. */
    private final @Nullable PrimarySource primary;

    private volatile StoreWatch watch = StoreWatch.NOBODY;
    // Fair: who has waited gets the answer of the one before it, and does not wait for those who came later.
    private final ReentrantLock pinging = new ReentrantLock(true);
    private @Nullable Connection pinged;
    private long pingEnded;
    private boolean pingAnswered;

    private Database(ConnectionSource source, HikariDataSource pool, @Nullable PrimarySource primary) {
        this.source = source;
        this.pool = pool;
        this.primary = primary;
    }

    /** A database that is asked for nothing yet: it need not be there. */
    public static Database open(ConnectionSource source, Settings settings) throws ClairException {
        try {
            HikariConfig config = new HikariConfig();
            config.setPoolName("limpid");
            DataSource connections = source.withProperty("reWriteBatchedInserts", "true")
                    .withProperty("socketTimeout", Long.toString(silence(source, settings)))
                    .dataSource();
            config.setDataSource(connections);
            config.setMaximumPoolSize(settings.connections());
            config.setMinimumIdle(Math.min(2, settings.connections()));
            config.setAutoCommit(false);
            // Whatever the database's default is: who has waited for a lock must see what was committed before it.
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            // What the pool asks of an idle connection is not left open as a transaction, which PostgreSQL would end
            // after a while.
            config.setIsolateInternalQueries(true);
            config.setConnectionTimeout(settings.connection().toMillis());
            config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
            // The pool exists before the database does.
            config.setInitializationFailTimeout(-1);
            config.setConnectionInitSql(sessionSettings(source, settings));
            PrimarySource primary = connections instanceof PrimarySource several ? several : null;
            if (primary != null) {
                primary.watch();
            }
            return new Database(source, new HikariDataSource(config), primary);
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /** The server ends a statement; this ends the wait for a server that no longer says anything. In seconds, 0 for never. */
    private static long silence(ConnectionSource source, Settings settings) {
        String configured = source.settings().get("statement_timeout");
        if (configured == null) {
            Duration more =
                    settings.statement().compareTo(LONGEST_SILENCE) < 0 ? settings.statement() : LONGEST_SILENCE;
            return settings.statement().plus(more).toSeconds() + 1;
        }
        return configured.matches("[1-9]\\d{0,8}")
                ? Long.parseLong(configured) / 1000 + LONGEST_SILENCE.toSeconds()
                : 0;
    }

    private static String sessionSettings(ConnectionSource source, Settings settings) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("statement_timeout", Long.toString(settings.statement().toMillis()));
        all.put("lock_timeout", Long.toString(settings.lock().toMillis()));
        all.put(
                "idle_in_transaction_session_timeout",
                Long.toString(settings.idle().toMillis()));
        all.putAll(source.settings());
        return "SET search_path TO " + SCHEMA + "; "
                + all.entrySet().stream().map(ConnectionSource::set).collect(Collectors.joining("; "));
    }

    /** From now on somebody is told what is asked. */
    public void watchedBy(StoreWatch other) {
        watch = other;
    }

    StoreWatch watch() {
        return watch;
    }

    /** How often another server became the primary: what was known before may not be true of that one. */
    long switches() {
        return primary == null ? 0 : primary.switches();
    }

    /** Where it is. */
    public ConnectionSource source() {
        return source;
    }

    /** As {@link #read(Work)}, and somebody is told how long it took. */
    <T extends @Nullable Object> T read(Question question, Work<T> work) throws ClairException {
        return watched(question, () -> read(work));
    }

    /** As {@link #inTransaction(Work)}, and somebody is told how long it took. */
    <T extends @Nullable Object> T inTransaction(Question question, Work<T> work) throws ClairException {
        return watched(question, () -> inTransaction(work));
    }

    private interface Asking<T extends @Nullable Object> {
        T answer() throws ClairException;
    }

    private <T extends @Nullable Object> T watched(Question question, Asking<T> asking) throws ClairException {
        long began = System.nanoTime();
        try {
            return asking.answer();
        } catch (ClairException e) {
            if (e.status() >= FAULT) {
                log.atError()
                        .setCause(e)
                        .addKeyValue("Description", question.name())
                        .log("Handled Database Error");
                watch.failed(question);
            }
            throw e;
        } finally {
            watch.asked(question, System.nanoTime() - began);
        }
    }

    /** Reads in a transaction that sees one state of the database, however many statements it makes. */
    public <T extends @Nullable Object> T read(Work<T> work) throws ClairException {
        return repeated(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(CONSISTENT_READ);
            }
            return work.on(connection);
        });
    }

    /** Does all of the work or nothing; a deadlock or a conflict is not an error but does it again, for a while. */
    public <T extends @Nullable Object> T inTransaction(Work<T> work) throws ClairException {
        T result = repeated(connection -> {
            T made = work.on(connection);
            Failpoint.TRANSACTION_DONE.hit();
            return made;
        });
        Failpoint.TRANSACTION_COMMITTED.hit();
        return result;
    }

    /** As {@link #inTransaction}, without a result. */
    public void change(Step step) throws ClairException {
        this.<@Nullable Void>inTransaction(connection -> {
            step.on(connection);
            return null;
        });
    }

    private <T extends @Nullable Object> T repeated(Work<T> work) throws ClairException {
        int lost = 0;
        int conflicts = 0;
        while (true) {
            Attempt attempt = new Attempt();
            try {
                return attempt.make(work);
            } catch (SQLException e) {
                DatabaseFailure failure = DatabaseFailure.of(e);
                boolean again = switch (failure) {
                    case CONFLICT -> ++conflicts < CONFLICT_TRIES;
                    // Whether a commit took place is not known when its answer is lost: then it is not made again.
                    case GONE -> attempt.connected && !attempt.committing && ++lost < LOST_CONNECTION_TRIES;
                    case BUSY, FAULT -> false;
                };
                if (!again) {
                    throw translated(e);
                }
                if (failure == DatabaseFailure.GONE) {
                    // What ended one connection has most often ended all: the next try is not to meet another of them.
                    pool.getHikariPoolMXBean().softEvictConnections();
                }
                pause(conflicts, e);
            }
        }
    }

    /**
     * A connection outside of the pool for work that may take long and has a session's own tables; nothing is committed by itself, and closing takes back
     * the rest.
     */
    Connection alone() throws SQLException {
        Connection connection = source.withProperty("socketTimeout", Long.toString(2 * LONG_WORK.toSeconds()))
                // Tables that come and go make plans that were kept worthless.
                .withProperty("prepareThreshold", "0")
                .connect();
        try (var statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + SCHEMA + "; SET statement_timeout TO " + LONG_WORK.toMillis()
                    + "; SET lock_timeout TO " + LOCK_OF_LONG_WORK.toMillis()
                    + "; SET idle_in_transaction_session_timeout TO " + LONG_WORK.toMillis()
                    + "; SET work_mem TO '64MB'; SET temp_buffers TO '64MB'");
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private final class Attempt {
        private boolean connected;
        private boolean committing;

        <T extends @Nullable Object> T make(Work<T> work) throws SQLException, ClairException {
            // Closing takes back what was not committed.
            try (Connection connection = pool.getConnection()) {
                connected = true;
                T result;
                try {
                    result = work.on(connection);
                } catch (SQLException | ClairException | RuntimeException | Error e) {
                    rollback(connection, e);
                    throw e;
                }
                committing = true;
                connection.commit();
                return result;
            }
        }

        private void rollback(Connection connection, Throwable cause) {
            try {
                connection.rollback();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private static void pause(int conflicts, SQLException cause) throws ClairException {
        long bound = Math.min(2_000, 4L << Math.min(conflicts, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw translated(cause);
        }
    }

    static ClairException translated(SQLException e) {
        ClairError error = DatabaseFailure.of(e).error();
        return new ClairException(error, error.message() + DatabaseWords.because(e), e);
    }

    /**
     * Whether the database answers; on a connection of its own, so that a busy pool is no dead database.
     *
     * <p>Of many who ask while one is asking, all get the next answer: a database that hangs holds each for a few seconds only.
     */
    public boolean ping() {
        long began = System.nanoTime();
        pinging.lock();
        try {
            if (pingEnded - began < 0 || pingEnded == 0) {
                pingAnswered = answers();
                pingEnded = System.nanoTime();
            }
            return pingAnswered;
        } finally {
            pinging.unlock();
        }
    }

    private boolean answers() {
        try {
            if (pinged == null || !pinged.isValid(PING_SECONDS)) {
                closePinged();
                pinged = primary != null ? primary.now() : onlyServer();
            }
            return pinged.isValid(PING_SECONDS);
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("database does not answer");
            return false;
        }
    }

    private Connection onlyServer() throws SQLException {
        return source.withProperty("connectTimeout", Integer.toString(PING_SECONDS))
                .withProperty("socketTimeout", Integer.toString(PING_SECONDS))
                // With TLS and without it are two attempts, and this is for both.
                .withProperty("loginTimeout", Integer.toString(PING_SECONDS))
                .connect();
    }

    private void closePinged() {
        Connection old = pinged;
        pinged = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                log.atDebug().setCause(e).log("connection was not closed");
            }
        }
    }

    @Override
    public void close() {
        if (primary != null) {
            primary.close();
        }
        pool.close();
        pinging.lock();
        try {
            closePinged();
        } finally {
            pinging.unlock();
        }
    }
}
