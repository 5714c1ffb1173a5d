package io.limpid.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is in all tables, told by names: databases in which the same things were done say the same, whatever their ids and times. */
public final class StoreDump {
    /** A vulnerability's row with its fixes. */
    private static final String TOLD = """
        WITH told AS (
            SELECT v.id, concat_ws(' ', n.name, v.name, v.severity, v.description, v.link, coalesce(v.metadata, 'null'),
                coalesce(v.updater, 'null'), v.content::text,
                CASE WHEN v.deleted_at IS NULL THEN 'current' ELSE 'deleted' END,
                (SELECT string_agg(concat_ws(' ', f.name, i.version, i.version_format), ', ' ORDER BY f.name)
                 FROM fixed_in i JOIN feature f ON f.id = i.feature_id WHERE i.vulnerability_id = v.id)) AS text
            FROM vulnerability v JOIN namespace n ON n.id = v.namespace_id)
        """;

    private static final List<String> ALL = List.of(
            "SELECT concat_ws(' ', 'step', version, description, success) FROM flyway_schema_history",
            "SELECT concat_ws(' ', 'namespace', name, version_format) FROM namespace",
            """
            SELECT concat_ws(' ', 'layer', l.name, l.engine_version, 'on', coalesce(p.name, 'nothing'), n.name)
            FROM layer l LEFT JOIN layer p ON p.id = l.parent_id LEFT JOIN namespace n ON n.id = l.namespace_id\
            """,
            """
            SELECT concat_ws(' ', 'version', n.name, f.name, v.version)
            FROM feature f JOIN namespace n ON n.id = f.namespace_id LEFT JOIN feature_version v ON v.feature_id = f.id\
            """,
            """
            SELECT concat_ws(' ', 'layer', l.name, CASE WHEN c.is_added THEN 'adds' ELSE 'removes' END, f.name, v.version)
            FROM layer_change c JOIN layer l ON l.id = c.layer_id JOIN feature_version v ON v.id = c.feature_version_id
            JOIN feature f ON f.id = v.feature_id\
            """,
            TOLD + "SELECT concat_ws(' ', 'vulnerability', text) FROM told",
            TOLD + """
                SELECT concat_ws(' ', f.name, v.version, 'is affected by', t.text)
                FROM affects a JOIN told t ON t.id = a.vulnerability_id JOIN feature_version v ON v.id = a.feature_version_id
                JOIN feature f ON f.id = v.feature_id\
                """,
            TOLD + """
                SELECT concat_ws(' ', 'notification', CASE WHEN n.deleted_at IS NULL THEN 'current' ELSE 'deleted' END, 'of',
                    coalesce(o.text, 'nothing'), 'to', coalesce(t.text, 'nothing'))
                FROM notification n LEFT JOIN told o ON o.id = n.old_vulnerability_id
                LEFT JOIN told t ON t.id = n.new_vulnerability_id\
                """,
            "SELECT concat_ws(' ', 'value', key, CASE WHEN key LIKE '%/parts' THEN value END) FROM key_value",
            "SELECT concat_ws(' ', 'lease', name) FROM lease");

    private StoreDump() {}

    /** All rows, in an order of their own. */
    public static List<String> of(ConnectionSource source) throws SQLException {
        List<String> all = new ArrayList<>();
        for (String question : ALL) {
            all.addAll(texts(source, question));
        }
        all.sort(null);
        return all;
    }

    /** The names of all notifications. */
    public static SortedSet<String> notifications(ConnectionSource source) throws SQLException {
        return new TreeSet<>(texts(source, "SELECT name FROM notification"));
    }

    /** Whether an update ended, with nothing left to do, and gave its lease back. */
    public static boolean isUpdated(ConnectionSource source) throws SQLException {
        return texts(source, "SELECT key FROM key_value WHERE key IN ('updater/run', 'updater/last')")
                                .size()
                        == 2
                && texts(source, "SELECT name FROM lease WHERE until > clock_timestamp()")
                        .isEmpty();
    }

    private static List<String> texts(ConnectionSource source, String question) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + Database.SCHEMA);
            try (ResultSet rows = statement.executeQuery(question)) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
        }
        return texts;
    }
}
