package io.limpid.server.store;

import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The layers that were read, with what each added to and removed from the one below it. */
public final class LayerStore {

    /** How much of a layer is asked for. */
    public enum Depth {
        /** Name, engine, parent and namespace. */
        LAYER,
        /** Its features too. */
        FEATURES,
        /** Its features with their vulnerabilities. */
        VULNERABILITIES
    }

    private record Row(
            long id,
            int engine,
            @Nullable String parent,
            @Nullable Namespace namespace) {}

    private record Present(long version, FeatureVersion featureVersion, String addedBy) {}

    private final Database database;
    private final NameStore names;

    /**
     * @param known how many names' rows are remembered
     */
    public LayerStore(Database database, int known) {
        this.database = database;
        names = new NameStore(database, known);
    }

    /** The layer of a name, if it is known. */
    public Optional<IndexedLayer> find(String name, Depth depth) throws ClairException {
        return database.read(connection -> {
            Optional<Row> row = row(connection, name);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            List<LayerFeature> features = depth == Depth.LAYER ? List.of() : features(connection, row.get().id, depth);
            return Optional.of(
                    new IndexedLayer(name, row.get().engine, row.get().parent, row.get().namespace, features));
        });
    }

    /**
     * Stores a layer; one that somebody else stored under the same name in the meantime, with the same engine or a newer one, stays as it is.
     *
     * @throws ClairException {@code FEATURE_VERSION_INVALID} for a version that its namespace's format does not take, {@code PARENT_UNKNOWN}
     *     when the parent was deleted in the meantime, {@code BACKEND}
     */
    public void insert(IndexedLayer layer) throws ClairException {
        Collection<Long> versions = names.versions(layer.features().stream()
                        .map(LayerFeature::version)
                        .distinct()
                        .toList())
                .values();
        Namespace own = layer.namespace();
        Long namespace = own == null ? null : (Long) names.namespace(own);
        database.change(connection -> store(connection, layer, namespace, new HashSet<>(versions)));
    }

    private static void store(Connection connection, IndexedLayer layer, @Nullable Long namespace, Set<Long> versions)
            throws SQLException, ClairException {
        Long parent = null;
        if (layer.parent() != null) {
            parent = Sql.first(
                            connection,
                            // Who deletes it waits until its child is there, and then deletes both.
                            "SELECT id FROM layer WHERE name = ? FOR KEY SHARE",
                            row -> row.getLong(1),
                            layer.parent())
                    .orElseThrow(() -> new ClairException(ClairError.PARENT_UNKNOWN));
        }
        Optional<Long> made = Sql.first(
                connection, """
                INSERT INTO layer (name, engine_version, parent_id, namespace_id) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING RETURNING id
                """, row -> row.getLong(1), layer.name(), layer.engineVersion(), parent, namespace);
        long id = made.isPresent() ? made.get() : older(connection, layer, namespace);
        if (id < 0) {
            return;
        }
        Set<Long> inherited = new HashSet<>();
        if (parent != null && made.isPresent()) {
            present(connection, parent).forEach(each -> inherited.add(each.version));
        }
        Set<Long> added = new HashSet<>(versions);
        added.removeAll(inherited);
        Set<Long> removed = new HashSet<>(inherited);
        removed.removeAll(versions);
        Sql.change(connection, """
            INSERT INTO layer_difference (layer_id, feature_version_id, is_added)
            SELECT ?, id, true FROM unnest(?) AS id UNION ALL SELECT ?, id, false FROM unnest(?) AS id
            """, id, Sql.longs(connection, added), id, Sql.longs(connection, removed));
    }

    /** Makes room for what a newer engine found in a layer that is known; its row, or -1 when it is to stay as it is. */
    private static long older(Connection connection, IndexedLayer layer, @Nullable Long namespace) throws SQLException {
        Optional<Long> older = Sql.first(
                connection,
                "SELECT id FROM layer WHERE name = ? AND engine_version < ? FOR UPDATE",
                row -> row.getLong(1),
                layer.name(),
                layer.engineVersion());
        if (older.isEmpty()) {
            return -1;
        }
        Sql.change(
                connection,
                "UPDATE layer SET engine_version = ?, namespace_id = ? WHERE id = ?",
                layer.engineVersion(),
                namespace,
                older.get());
        Sql.change(connection, "DELETE FROM layer_difference WHERE layer_id = ?", older.get());
        return older.get();
    }

    /**
     * Deletes a layer and all above it.
     *
     * @return whether it was known
     */
    public boolean delete(String name) throws ClairException {
        return database.inTransaction(connection -> {
            List<Long> ids = Sql.rows(connection, """
                WITH RECURSIVE above AS (
                    SELECT id FROM layer WHERE name = ?
                    UNION ALL SELECT layer.id FROM layer JOIN above ON layer.parent_id = above.id)
                SELECT layer.id FROM layer JOIN above ON above.id = layer.id ORDER BY layer.id FOR UPDATE OF layer
                """, row -> row.getLong(1), name);
            try {
                Sql.change(connection, "DELETE FROM layer WHERE id = ANY (?)", Sql.longs(connection, ids));
            } catch (SQLException e) {
                // A layer was put on one of them in the meantime: it goes too.
                throw "23503".equals(e.getSQLState()) ? Sql.conflict("a new child of a deleted layer") : e;
            }
            return !ids.isEmpty();
        });
    }

    private static Optional<Row> row(Connection connection, String name) throws SQLException {
        return Sql.first(
                connection,
                """
                SELECT layer.id, layer.engine_version, parent.name, namespace.name, namespace.version_format
                FROM layer
                LEFT JOIN layer AS parent ON parent.id = layer.parent_id
                LEFT JOIN namespace ON namespace.id = layer.namespace_id
                WHERE layer.name = ?
                """,
                row -> new Row(
                        row.getLong(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4) == null ? null : new Namespace(row.getString(4), row.getString(5))),
                name);
    }

    /** What a layer has: of each version what the topmost layer that says something of it says. */
    private static List<Present> present(Connection connection, long layer) throws SQLException {
        return Sql.rows(
                connection,
                """
                WITH RECURSIVE chain AS (
                    SELECT id, parent_id, name, 0 AS depth FROM layer WHERE id = ?
                    UNION ALL
                    SELECT layer.id, layer.parent_id, layer.name, depth + 1 FROM layer JOIN chain ON layer.id = chain.parent_id),
                latest AS (
                    SELECT DISTINCT ON (difference.feature_version_id)
                        difference.feature_version_id, difference.is_added, chain.name
                    FROM chain JOIN layer_difference AS difference ON difference.layer_id = chain.id
                    ORDER BY difference.feature_version_id, chain.depth)
                SELECT version.id, namespace.name, namespace.version_format, feature.name, version.version, latest.name
                FROM latest
                JOIN feature_version AS version ON version.id = latest.feature_version_id
                JOIN feature ON feature.id = version.feature_id
                JOIN namespace ON namespace.id = feature.namespace_id
                WHERE latest.is_added
                ORDER BY version.id
                """,
                row -> new Present(
                        row.getLong(1),
                        new FeatureVersion(
                                new Feature(new Namespace(row.getString(2), row.getString(3)), row.getString(4)),
                                row.getString(5)),
                        row.getString(6)),
                layer);
    }

    private static List<LayerFeature> features(Connection connection, long layer, Depth depth) throws SQLException {
        List<Present> present = present(connection, layer);
        Map<Long, List<Vulnerability>> vulnerabilities =
                depth == Depth.VULNERABILITIES ? vulnerabilities(connection, present) : Map.of();
        List<LayerFeature> features = new ArrayList<>();
        for (Present each : present) {
            features.add(new LayerFeature(
                    each.featureVersion, each.addedBy, vulnerabilities.getOrDefault(each.version, List.of())));
        }
        return features;
    }

    private static Map<Long, List<Vulnerability>> vulnerabilities(Connection connection, List<Present> present)
            throws SQLException {
        Map<Long, List<Vulnerability>> found = new HashMap<>();
        Sql.each(
                connection,
                """
                    SELECT affects.feature_version_id, fix.version,
                    """ + VulnerabilityRow.COLUMNS + """
                    FROM affects
                    JOIN vulnerability ON vulnerability.id = affects.vulnerability_id AND vulnerability.deleted_at IS NULL
                    JOIN namespace ON namespace.id = vulnerability.namespace_id
                    JOIN fix ON fix.id = affects.fix_id
                    WHERE affects.feature_version_id = ANY (?)
                    ORDER BY affects.feature_version_id, vulnerability.id
                    """,
                row -> found.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(vulnerability(row)),
                Sql.longs(connection, present.stream().map(Present::version).toList()));
        return found;
    }

    private static Vulnerability vulnerability(ResultSet row) throws SQLException {
        return VulnerabilityRow.read(row, 3, List.of(), VulnerabilityRow.fixedBy(row.getString(2)));
    }
}
