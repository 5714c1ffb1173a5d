package io.limpid.server.store;

import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.VersionFormats;
import io.limpid.server.clair.Vulnerability;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a layer contains: the changes from the lowest layer to it, replayed by the database. */
final class Contents {
    private static final String CHAIN = """
        WITH RECURSIVE chain (id, parent_id, name, depth) AS (
            SELECT id, parent_id, name, 0 FROM layer WHERE id = ?
            UNION ALL
            SELECT l.id, l.parent_id, l.name, c.depth + 1 FROM chain c JOIN layer l ON l.id = c.parent_id
        ), last AS (
            SELECT DISTINCT ON (d.feature_version_id) d.feature_version_id, d.is_added, c.name
            FROM chain c JOIN layer_change d ON d.layer_id = c.id
            ORDER BY d.feature_version_id, c.depth
        )
        """;
    /** Versions are looked up one by one: how long chains are PostgreSQL overrates, and would rather read all versions that there are. */
    private static final String FEATURES = CHAIN + """
        SELECT last.feature_version_id, f.name, v.version, n.name, n.version_format, last.name
        FROM last CROSS JOIN LATERAL
            (SELECT feature_id, version FROM feature_version WHERE id = last.feature_version_id OFFSET 0) v
        JOIN feature f ON f.id = v.feature_id JOIN namespace n ON n.id = f.namespace_id
        WHERE last.is_added ORDER BY last.feature_version_id\
        """;

    private static final String VULNERABILITIES = """
        SELECT a.feature_version_id, v.id, n.name, n.version_format, v.name, v.description, v.link, v.severity,
               v.metadata, i.version
        FROM affects a JOIN vulnerability v ON v.id = a.vulnerability_id AND v.deleted_at IS NULL
        JOIN fixed_in i ON i.id = a.fixed_in_id JOIN namespace n ON n.id = v.namespace_id
        WHERE a.feature_version_id = ANY (?) ORDER BY v.id\
        """;

    private record Row(long id, FeatureVersion version, String addedBy) {}

    private Contents() {}

    /** The versions that a layer has, with their rows. */
    static Map<FeatureVersion, Long> versions(Connection connection, long layer) throws SQLException {
        Map<FeatureVersion, Long> versions = new HashMap<>();
        rows(connection, layer).forEach(row -> versions.put(row.version(), row.id()));
        return versions;
    }

    private static List<Row> rows(Connection connection, long layer) throws SQLException {
        return Rows.query(
                connection,
                FEATURES,
                row -> new Row(
                        row.getLong(1),
                        new FeatureVersion(
                                new Feature(new Namespace(row.getString(4), row.getString(5)), row.getString(2)),
                                row.getString(3)),
                        row.getString(6)),
                layer);
    }

    /** The features of a layer, with their vulnerabilities or without. */
    static List<LayerFeature> features(Connection connection, long layer, boolean withVulnerabilities)
            throws SQLException {
        List<Row> rows = rows(connection, layer);
        Map<Long, List<Vulnerability>> affectedBy = withVulnerabilities && !rows.isEmpty()
                ? vulnerabilities(connection, rows.stream().map(Row::id).toArray(Long[]::new))
                : Map.of();
        List<LayerFeature> features = new ArrayList<>(rows.size());
        for (Row row : rows) {
            features.add(new LayerFeature(row.version(), row.addedBy(), affectedBy.getOrDefault(row.id(), List.of())));
        }
        return List.copyOf(features);
    }

    private static Map<Long, List<Vulnerability>> vulnerabilities(Connection connection, Long[] versions)
            throws SQLException {
        Map<Long, List<Vulnerability>> result = new HashMap<>();
        Rows.query(connection, VULNERABILITIES, row -> Map.entry(row.getLong(1), vulnerability(row)), (Object) versions)
                .forEach(row -> result.computeIfAbsent(row.getKey(), _ -> new ArrayList<>())
                        .add(row.getValue()));
        return result;
    }

    private static Vulnerability vulnerability(ResultSet row) throws SQLException {
        return new Vulnerability(
                row.getLong(2),
                new Namespace(row.getString(3), row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                StoredVulnerabilities.severity(row.getString(8)),
                row.getString(9),
                List.of(),
                row.getString(10).equals(VersionFormats.HIGHEST) ? "" : row.getString(10));
    }
}
