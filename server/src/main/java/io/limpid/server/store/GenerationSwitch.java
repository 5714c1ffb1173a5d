package io.limpid.server.store;

import io.limpid.server.store.Names.NamespaceRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes what an updater says of one namespace current: finds what differs from what is, and changes that, in one transaction and with statements that work
 * on all of it at once.
 */
final class GenerationSwitch {
    private static final String MAKE_NAMESPACE =
            "INSERT INTO namespace (name, version_format) VALUES (?, ?) ON CONFLICT (name) DO NOTHING";
    private static final String LEARN_FORMAT =
            "UPDATE namespace SET version_format = ? WHERE name = ? AND version_format = ''";
    private static final String FIND_NAMESPACE = "SELECT id, version_format FROM namespace WHERE name = ?";
    private static final String CHANGE = """
        CREATE TEMP TABLE change ON COMMIT DROP AS
        SELECT n.name, v.id AS before FROM next n
        LEFT JOIN vulnerability v ON v.namespace_id = ? AND v.name = n.name AND v.deleted_at IS NULL
        WHERE n.namespace = ? AND (v.id IS NULL OR v.content IS DISTINCT FROM n.content)\
        """;
    private static final String GONE = """
        UPDATE vulnerability v SET deleted_at = now()
        WHERE v.namespace_id = ? AND v.updater = ? AND v.deleted_at IS NULL
          AND NOT EXISTS (SELECT FROM next n WHERE n.namespace = ? AND n.name = v.name) RETURNING v.id\
        """;
    private static final String REPLACED =
            "UPDATE vulnerability SET deleted_at = now() WHERE id IN (SELECT before FROM change)";
    private static final String MAKE = """
        INSERT INTO vulnerability (namespace_id, name, description, link, severity, metadata, updater, content)
        SELECT ?, n.name, n.description, n.link, n.severity, n.metadata, ?, n.content
        FROM change c JOIN next n ON n.namespace = ? AND n.name = c.name ORDER BY n.name\
        """;
    private static final String MADE = """
        CREATE TEMP TABLE made ON COMMIT DROP AS
        SELECT v.id, v.name, c.before FROM change c
        JOIN vulnerability v ON v.namespace_id = ? AND v.name = c.name AND v.deleted_at IS NULL\
        """;
    /** Without these joins compare each with each: a table that nobody has looked at is believed to be small. */
    private static final String INDEX_MADE = "CREATE UNIQUE INDEX ON made (name)";

    private static final String KNOW_MADE = "ANALYZE made";
    private static final String MAKE_FEATURES = """
        INSERT INTO feature (namespace_id, name)
        SELECT n.id, f.feature FROM (SELECT DISTINCT namespace, feature FROM fix WHERE namespace = ?) f
        JOIN namespace n ON n.name = f.namespace
        WHERE NOT EXISTS (SELECT FROM feature e WHERE e.namespace_id = n.id AND e.name = f.feature)
        ORDER BY f.feature COLLATE "C" ON CONFLICT (namespace_id, name) DO NOTHING\
        """;
    /** Nobody counts them before this ends, and a new namespace is believed to have one. */
    private static final String KNOW_FEATURES = "ANALYZE feature (namespace_id)";

    private static final String MAKE_FIXES = """
        INSERT INTO fixed_in (vulnerability_id, feature_id, version)
        SELECT m.id, e.id, f.version FROM made m JOIN fix f ON f.namespace = ? AND f.name = m.name
        JOIN feature e ON e.namespace_id = ? AND e.name = f.feature ORDER BY m.id, e.name\
        """;
    /** Who adds a version to one of them waits for the end, and then finds the new fixes: see {@link Names#lockFeatures}. */
    private static final String LOCK = """
        SELECT id FROM feature
        WHERE id IN (SELECT i.feature_id FROM made m JOIN fixed_in i ON i.vulnerability_id = m.id)
        ORDER BY id FOR NO KEY UPDATE\
        """;
    /** Of all layers that are known: each package and version is one row, however many layers have it. */
    private static final String KNOWN = """
        SELECT i.id, i.vulnerability_id, i.version, v.id, v.version FROM made m
        JOIN fixed_in i ON i.vulnerability_id = m.id JOIN feature_version v ON v.feature_id = i.feature_id\
        """;

    private static final String AFFECTED = """
        INSERT INTO affects (feature_version_id, vulnerability_id, fixed_in_id) SELECT * FROM unnest(?, ?, ?)
        ON CONFLICT (feature_version_id, vulnerability_id) DO NOTHING\
        """;
    private static final String NOTIFY_OF_MADE = """
        INSERT INTO notification (name, old_vulnerability_id, new_vulnerability_id)
        SELECT gen_random_uuid()::text, before, id FROM made ORDER BY id\
        """;
    private static final String NOTIFY_OF_GONE = """
        INSERT INTO notification (name, old_vulnerability_id) SELECT gen_random_uuid()::text, id FROM unnest(?) AS g (id)\
        """;
    private static final int AT_ONCE = 50_000;
    private static final int MANY = 100;

    private final Connection connection;
    private final String updater;
    private final boolean notify;

    /**
     * How a namespace changed.
     *
     * @param changed how many there were before with another content
     */
    record Difference(long appeared, long changed, long disappeared) {
        static final Difference NONE = new Difference(0, 0, 0);

        Difference plus(Difference other) {
            return new Difference(appeared + other.appeared, changed + other.changed, disappeared + other.disappeared);
        }
    }

    GenerationSwitch(Connection connection, String updater, boolean notify) {
        this.connection = connection;
        this.updater = updater;
        this.notify = notify;
    }

    /** Makes the rows of names, in a transaction of their own: whoever posts layers with the same names need not wait for the changes. */
    void name(String namespace, String format) throws SQLException {
        VulnerabilityStore.lockNamespace(connection, namespace);
        Rows.update(connection, MAKE_NAMESPACE, namespace, format);
        Rows.update(connection, LEARN_FORMAT, format, namespace);
        if (Rows.update(connection, MAKE_FEATURES, namespace) >= MANY) {
            Rows.update(connection, KNOW_FEATURES);
        }
    }

    /** Makes the changes to a namespace that has its names. */
    Difference of(String namespace) throws SQLException {
        VulnerabilityStore.lockNamespace(connection, namespace);
        NamespaceRow row = Rows.query(connection, FIND_NAMESPACE, NamespaceRow::of, namespace)
                .getFirst();
        long id = row.id();
        Rows.update(connection, CHANGE, id, namespace);
        List<Long> gone = Rows.ids(connection, GONE, id, updater, namespace);
        if (notify && !gone.isEmpty()) {
            Rows.update(connection, NOTIFY_OF_GONE, (Object) Rows.longs(gone));
        }
        long changed = Rows.update(connection, REPLACED);
        long made = Rows.update(connection, MAKE, id, updater, namespace);
        if (made > 0) {
            Rows.update(connection, MADE, id);
            Rows.update(connection, INDEX_MADE);
            Rows.update(connection, KNOW_MADE);
            Rows.update(connection, MAKE_FIXES, namespace, id);
            Rows.query(connection, LOCK, _ -> true);
            // The first who named it said in which order its versions are; that is the one for all.
            affect(row.format());
            if (notify) {
                Rows.update(connection, NOTIFY_OF_MADE);
            }
        }
        return new Difference(made - changed, changed, gone.size());
    }

    private void affect(String format) throws SQLException {
        List<Long> versions = new ArrayList<>();
        List<Long> vulnerabilities = new ArrayList<>();
        List<Long> fixes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
            statement.setFetchSize(AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (Affected.isBefore(format, rows.getString(5), rows.getString(3))) {
                        fixes.add(rows.getLong(1));
                        vulnerabilities.add(rows.getLong(2));
                        versions.add(rows.getLong(4));
                        if (fixes.size() == AT_ONCE) {
                            insert(versions, vulnerabilities, fixes);
                        }
                    }
                }
            }
        }
        insert(versions, vulnerabilities, fixes);
    }

    private void insert(List<Long> versions, List<Long> vulnerabilities, List<Long> fixes) throws SQLException {
        if (!fixes.isEmpty()) {
            Rows.update(connection, AFFECTED, Rows.longs(versions), Rows.longs(vulnerabilities), Rows.longs(fixes));
            versions.clear();
            vulnerabilities.clear();
            fixes.clear();
        }
    }
}
