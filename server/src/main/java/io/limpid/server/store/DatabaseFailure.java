package io.limpid.server.store;

import io.limpid.server.clair.ClairError;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** What a database's SQLSTATE means for who asked it. */
enum DatabaseFailure {
    /** Somebody else was in the way: the same again may do. */
    CONFLICT,
    /** The connection is gone or there is none. */
    GONE,
    /** The database is there, but cannot do this now: full, too many clients, locked or at work for too long, a replica. */
    BUSY,
    /** A fault in what was asked, or in the database. */
    FAULT;

    static DatabaseFailure of(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return GONE;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return of(sql.getSQLState());
            }
        }
        return FAULT;
    }

    private static DatabaseFailure of(@Nullable String state) {
        if (state == null || state.length() != 5) {
            return FAULT;
        }
        return switch (state) {
            case "40P01", "40001" -> CONFLICT;
            // The administrator's stop, a crash, a start that is not over, a session that idled for too long.
            case "57P01", "57P02", "57P03", "57P05", "25P03" -> GONE;
            case "55P03", "25006", "57014", "58030" -> BUSY;
            default ->
                switch (state.substring(0, 2)) {
                    case "08" -> GONE;
                    case "53" -> BUSY;
                    default -> FAULT;
                };
        };
    }

    /** How a client is told. */
    ClairError error() {
        return switch (this) {
            case GONE, BUSY -> ClairError.UNAVAILABLE;
            case CONFLICT, FAULT -> ClairError.BACKEND;
        };
    }
}
