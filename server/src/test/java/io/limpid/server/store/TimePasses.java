package io.limpid.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What becomes of a database when nothing happens for long. */
public final class TimePasses {
    private TimePasses() {}

    /** So long that the next update is due. */
    public static void untilTheNextUpdate(ConnectionSource source) throws SQLException {
        execute(source, "DELETE FROM key_value WHERE key IN ('updater/run', 'updater/last')");
    }

    /** So long that no lease is held that nobody renews. */
    public static void untilLeasesEnd(ConnectionSource source) throws SQLException {
        execute(source, "UPDATE lease SET until = '-infinity'");
    }

    private static void execute(ConnectionSource source, String sql) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + Database.SCHEMA);
            statement.execute(sql);
        }
    }
}
