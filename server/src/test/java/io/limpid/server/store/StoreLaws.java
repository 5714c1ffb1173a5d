package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.VersionFormats;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What is true of all tables together after whatever was stored, changed and deleted by whomever at once. */
public final class StoreLaws {
    private static final String AFFECTED = """
        SELECT v.id, i.vulnerability_id, i.id, v.version, i.version,
               CASE WHEN i.version_format = '' THEN n.version_format ELSE i.version_format END
        FROM fixed_in i JOIN feature f ON f.id = i.feature_id JOIN namespace n ON n.id = f.namespace_id
        JOIN feature_version v ON v.feature_id = i.feature_id\
        """;
    private static final String STORED = "SELECT feature_version_id, vulnerability_id, fixed_in_id FROM affects";
    /** Each change of a vulnerability tells of what was before and what is after it; an updater's first fill tells nobody. */
    private static final String UNTOLD = """
        SELECT v.name, v.id FROM vulnerability v WHERE NOT EXISTS (
            SELECT FROM notification n WHERE n.new_vulnerability_id = v.id)
          AND (v.updater IS NULL OR EXISTS (SELECT FROM vulnerability o
                   WHERE o.namespace_id = v.namespace_id AND o.name = v.name AND o.id < v.id))
        OR v.deleted_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM notification n WHERE n.old_vulnerability_id = v.id)\
        """;

    private StoreLaws() {}

    /** What is broken; nothing when all is well. */
    public static List<String> broken(ConnectionSource source) throws SQLException, ClairException {
        List<String> broken = new ArrayList<>();
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + Database.SCHEMA);
            TreeSet<String> expected = new TreeSet<>();
            try (ResultSet rows = statement.executeQuery(AFFECTED)) {
                while (rows.next()) {
                    if (VersionFormats.compare(rows.getString(6), rows.getString(4), rows.getString(5)) < 0) {
                        expected.add(key(rows));
                    }
                }
            }
            TreeSet<String> stored = new TreeSet<>();
            try (ResultSet rows = statement.executeQuery(STORED)) {
                while (rows.next()) {
                    stored.add(key(rows));
                }
            }
            expected.stream()
                    .filter(row -> !stored.contains(row))
                    .forEach(row -> broken.add("affects lacks " + row + ": a wrong clean"));
            stored.stream()
                    .filter(row -> !expected.contains(row))
                    .forEach(row -> broken.add("affects has " + row + ", which nothing says"));
            try (ResultSet rows = statement.executeQuery(UNTOLD)) {
                while (rows.next()) {
                    broken.add("no notification tells of " + rows.getString(1) + " as row " + rows.getLong(2));
                }
            }
        }
        return broken;
    }

    private static String key(ResultSet row) throws SQLException {
        return "version " + row.getLong(1) + ", vulnerability " + row.getLong(2) + ", fix " + row.getLong(3);
    }
}
