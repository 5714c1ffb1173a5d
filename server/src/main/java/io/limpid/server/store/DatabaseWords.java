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
