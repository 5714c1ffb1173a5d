package io.limpid.server.store;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A database's failure in words for people: why, and what to do. */
final class DatabaseWords {
    private DatabaseWords() {}

    /** Why, in one line. */
    static String of(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "the host " + cause.getMessage() + " is not known";
            }
            if (cause instanceof ConnectException) {
                return firstLine(failure.getSQLState() == null ? cause : failure);
            }
            if (cause instanceof IOException) {
                return "the connection ended: " + firstLine(cause);
            }
        }
        return firstLine(failure);
    }

    /** What a client of the API is told besides, of what passes by itself once somebody does something; empty for all else. */
    static String because(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return switch (sql.getSQLState()) {
                    case "53100" -> " (its disk is full: make room on the disk of the database)";
                    case "53200" -> " (it is out of memory)";
                    case "53300" -> " (it has too many clients: raise its max_connections, or stop other clients)";
                    case "25006" -> " (it is read-only: name the primary in database.options.source)";
                    case "55P03" -> " (others have locked what is to be changed)";
                    case "57014" -> " (it took too long)";
                    case "58030" -> " (it cannot read or write its files: its log says more)";
                    default -> "";
                };
            }
        }
        return "";
    }

    /** What to do, when that is known. */
    static @Nullable String hint(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return null;
        }
        return switch (state) {
            case "28P01", "28000" -> "check user and password in database.options.source, and the server's pg_hba.conf";
            case "3D000" -> "create the database: createdb NAME";
            case "42501" -> "let the user create a schema in it: GRANT CREATE ON DATABASE ... TO ...";
            case "53100" -> "make room on the disk of the database";
            case "53300" -> "raise max_connections of the database, or stop other clients";
            case "25006" -> "name the primary, or add target_session_attrs=read-write with all hosts";
            default -> state.startsWith("08") ? "check that PostgreSQL runs and that its address is right" : null;
        };
    }

    static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        return message.strip().lines().findFirst().orElse("").strip();
    }
}
