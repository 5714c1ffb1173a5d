package io.limpid.server.store;

import io.limpid.model.ClairSeverity;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rows of vulnerabilities as records, with their fixes. */
final class StoredVulnerabilities {
    private static final String SELECT = """
        SELECT v.id, n.name, n.version_format, v.name, v.description, v.link, v.severity, v.metadata
        FROM vulnerability v JOIN namespace n ON n.id = v.namespace_id
        """;
    private static final String BY_NAME = SELECT + "WHERE n.name = ? AND v.name = ? AND v.deleted_at IS NULL";
    private static final String BY_ID = SELECT + "WHERE v.id = ?";
    private static final String PAGE =
            SELECT + "WHERE v.namespace_id = ? AND v.deleted_at IS NULL AND v.id >= ? ORDER BY v.id LIMIT ?";
    private static final String FIXES = """
        SELECT f.name, i.version FROM fixed_in i JOIN feature f ON f.id = i.feature_id
        WHERE i.vulnerability_id = ? ORDER BY i.id\
        """;
    private static final String ALL_FIXES = """
        SELECT i.vulnerability_id, f.name, i.version, i.version_format
        FROM fixed_in i JOIN feature f ON f.id = i.feature_id
        WHERE i.vulnerability_id = ANY (?) ORDER BY i.id\
        """;

    private static final Map<String, ClairSeverity> SEVERITIES =
            Arrays.stream(ClairSeverity.values()).collect(Collectors.toMap(ClairSeverity::text, each -> each));

    private StoredVulnerabilities() {}

    /** A severity as it is stored, which is as Clair writes it. */
    static ClairSeverity severity(String text) {
        return Rows.present(SEVERITIES, text);
    }

    /** The one of a name that is not deleted. */
    static Optional<Vulnerability> current(Connection connection, String namespace, String name) throws SQLException {
        return one(connection, Rows.query(connection, BY_NAME, StoredVulnerabilities::read, namespace, name));
    }

    /** The one of an id, deleted or not. */
    static Optional<Vulnerability> byId(Connection connection, long id) throws SQLException {
        return one(connection, Rows.query(connection, BY_ID, StoredVulnerabilities::read, id));
    }

    /** Those that are not deleted, from an id on, and the one after a full page; without their fixes. */
    static List<Vulnerability> page(
            Connection connection, long namespace, long from, long limit, PageSize<Vulnerability> size)
            throws SQLException {
        return Rows.queryWhile(connection, PAGE, StoredVulnerabilities::read, size::takes, namespace, from, limit + 1);
    }

    /** How many characters one has, about. */
    static long text(Vulnerability vulnerability) {
        String metadata = vulnerability.metadata();
        return 256L
                + vulnerability.name().length()
                + vulnerability.description().length()
                + vulnerability.link().length()
                + (metadata == null ? 0 : metadata.length());
    }

    /** The fixes of many, in the order of their rows. */
    static Map<Long, Map<String, Fixes.Fixed>> fixes(Connection connection, Collection<Long> ids) throws SQLException {
        Map<Long, Map<String, Fixes.Fixed>> result = new HashMap<>();
        if (!ids.isEmpty()) {
            record Row(long vulnerability, String feature, Fixes.Fixed fixed) {}
            Rows.query(
                            connection,
                            ALL_FIXES,
                            row -> new Row(
                                    row.getLong(1),
                                    row.getString(2),
                                    new Fixes.Fixed(row.getString(3), row.getString(4))),
                            (Object) Rows.longs(ids))
                    .forEach(row -> result.computeIfAbsent(row.vulnerability(), _ -> new LinkedHashMap<>())
                            .put(row.feature(), row.fixed()));
        }
        return result;
    }

    private static Optional<Vulnerability> one(Connection connection, List<Vulnerability> found) throws SQLException {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Vulnerability bare = found.getFirst();
        List<FeatureVersion> fixes = new ArrayList<>(Rows.query(
                connection,
                FIXES,
                row -> new FeatureVersion(new Feature(bare.namespace(), row.getString(1)), row.getString(2)),
                bare.id()));
        return Optional.of(new Vulnerability(
                bare.id(),
                bare.namespace(),
                bare.name(),
                bare.description(),
                bare.link(),
                bare.severity(),
                bare.metadata(),
                List.copyOf(fixes),
                ""));
    }

    private static Vulnerability read(ResultSet row) throws SQLException {
        return new Vulnerability(
                row.getLong(1),
                new Namespace(row.getString(2), row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                severity(row.getString(7)),
                row.getString(8),
                List.of(),
                "");
    }
}
