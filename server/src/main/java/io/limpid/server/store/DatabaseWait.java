package io.limpid.server.store;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a database that is not up yet; what will not pass by waiting, such as a wrong password, ends it at once. */
public final class DatabaseWait {
    private static final String LOGIN_SECONDS = "30";
    private static final int LOOK_SECONDS = 10;
    private static final String UNKNOWN_DATABASE = "3D000";
    private static final Logger log = LoggerFactory.getLogger(DatabaseWait.class);
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5_000;

    private DatabaseWait() {}

    /**
     * Comes back when the database answers; says once that it waits, and once that it need not any more.
     *
     * @param bound how long at most, null for as long as it takes
     * @throws LimpidException when the bound is reached, or the database says no
     */
    public static void until(ConnectionSource source, @Nullable Duration bound)
            throws LimpidException, InterruptedException {
        long begin = System.nanoTime();
        long pause = FIRST_PAUSE;
        boolean said = false;
        // A database that takes the connection and says nothing is not up either.
        ConnectionSource asked = source.withProperty("loginTimeout", LOGIN_SECONDS);
        while (true) {
            try (Connection connection = asked.connect()) {
                if (connection.isValid(LOOK_SECONDS)) {
                    if (said) {
                        log.atInfo()
                                .addKeyValue("database", source)
                                .addKeyValue("waited", seconds(begin))
                                .log("database answers");
                    }
                    return;
                }
            } catch (SQLException e) {
                boolean passes = DatabaseFailure.of(e) != DatabaseFailure.FAULT;
                boolean over = bound != null && System.nanoTime() - begin > bound.toNanos();
                if (!passes || over) {
                    throw failure(source, e, passes ? " does not answer within " + seconds(begin) : "");
                }
                if (!said) {
                    said = true;
                    log.atWarn()
                            .addKeyValue("database", source)
                            .addKeyValue("reason", DatabaseWords.of(e))
                            .log("database is not up yet; waiting for it");
                }
            }
            Thread.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
            pause = Math.min(LONGEST_PAUSE, pause * 2);
        }
    }

    /**
     * Why a database does not answer just now; empty when it does.
     *
     * @throws LimpidException for what will not pass by waiting; that the database is not made yet will
     */
    public static Optional<String> whyNot(ConnectionSource source) throws LimpidException {
        try (Connection connection =
                source.withProperty("loginTimeout", LOGIN_SECONDS).connect()) {
            return connection.isValid(LOOK_SECONDS) ? Optional.empty() : Optional.of("it is silent");
        } catch (SQLException e) {
            if (DatabaseFailure.of(e) == DatabaseFailure.FAULT && !UNKNOWN_DATABASE.equals(e.getSQLState())) {
                throw failure(source, e, "");
            }
            return Optional.of(DatabaseWords.of(e));
        }
    }

    private static String seconds(long begin) {
        return (System.nanoTime() - begin) / 1_000_000_000 + " s";
    }

    private static LimpidException failure(ConnectionSource source, SQLException e, String how) {
        LimpidException failure = new LimpidException(
                ErrorCode.NETWORK, "database " + source + how, DatabaseWords.of(e), DatabaseWords.hint(e));
        failure.initCause(e);
        return failure;
    }
}
