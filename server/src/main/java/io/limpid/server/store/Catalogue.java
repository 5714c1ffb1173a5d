package io.limpid.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tables and sequences that are there, as PostgreSQL lists them. */
final class Catalogue {
    private static final String TABLES = """
        SELECT c.relname, string_agg(a.attname, ',' ORDER BY a.attnum)
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        WHERE n.nspname = 'limpid' AND c.relkind = 'r' AND c.relname <> 'flyway_schema_history'
        GROUP BY c.relname ORDER BY c.relname
        """;

    private static final String REFERENCES = """
        SELECT c.relname, f.relname
        FROM pg_constraint r
        JOIN pg_class c ON c.oid = r.conrelid
        JOIN pg_class f ON f.oid = r.confrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'limpid' AND r.contype = 'f' AND c.oid <> f.oid
        """;

    private static final String SEQUENCES = """
        SELECT sequencename, increment_by
        FROM pg_sequences WHERE schemaname = 'limpid' ORDER BY 1
        """;

    private Catalogue() {}

    /** Names to columns, what is referred to before what refers. */
    static Map<String, List<String>> tables(Connection connection) throws SQLException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        Map<String, Set<String>> waits = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (String column : rows.getString(2).split(",", -1)) {
                    columns.add(BackupManifest.name(column));
                }
                all.put(BackupManifest.name(rows.getString(1)), columns);
                waits.put(rows.getString(1), new TreeSet<>());
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(REFERENCES)) {
            while (rows.next()) {
                Set<String> first = waits.get(rows.getString(1));
                if (first != null) {
                    first.add(rows.getString(2));
                }
            }
        }
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        while (ordered.size() < all.size()) {
            int before = ordered.size();
            for (var table : all.entrySet()) {
                Set<String> first = waits.getOrDefault(table.getKey(), Set.of());
                if (!ordered.containsKey(table.getKey()) && ordered.keySet().containsAll(first)) {
                    ordered.put(table.getKey(), table.getValue());
                }
            }
            if (ordered.size() == before) {
                throw new SQLException("tables refer to each other in a circle: " + waits.keySet());
            }
        }
        return ordered;
    }

    static List<BackupManifest.Sequence> sequences(Connection connection) throws SQLException {
        Map<String, Long> steps = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SEQUENCES)) {
            while (rows.next()) {
                steps.put(BackupManifest.name(rows.getString(1)), rows.getLong(2));
            }
        }
        List<BackupManifest.Sequence> sequences = new ArrayList<>();
        for (var step : steps.entrySet()) {
            // The view of all sequences does not know the next number of one that was set and not used since.
            String sql = "SELECT last_value + CASE WHEN is_called THEN " + step.getValue()
                    + " ELSE 0 END FROM limpid.\"" + step.getKey() + "\"";
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                sequences.add(new BackupManifest.Sequence(step.getKey(), rows.getLong(1)));
            }
        }
        return sequences;
    }
}
