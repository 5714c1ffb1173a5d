package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.VersionFormats;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which versions of features are affected by which vulnerabilities, as rows that are made when either is new. */
final class Affected {
    /** A fix's row with the order it is compared in. */
    record Fix(long id, long vulnerability, long feature, String version, String format) {}

    /** A row of a version of a feature. */
    record Version(long id, long feature, String version) {}

    private static final String VERSIONS =
            "SELECT id, feature_id, version FROM feature_version WHERE feature_id = ANY (?)";
    /** Also those of vulnerabilities that were deleted: the old side of a notification goes on growing, as in Clair. */
    private static final String FIXES = """
        SELECT i.id, i.vulnerability_id, i.feature_id, i.version,
               CASE WHEN i.version_format = '' THEN n.version_format ELSE i.version_format END
        FROM fixed_in i JOIN feature f ON f.id = i.feature_id JOIN namespace n ON n.id = f.namespace_id
        WHERE i.feature_id = ANY (?)\
        """;

    private static final String MAKE = """
        INSERT INTO affects (feature_version_id, vulnerability_id, fixed_in_id) SELECT * FROM unnest(?, ?, ?)
        ON CONFLICT (feature_version_id, vulnerability_id) DO NOTHING\
        """;

    private Affected() {}

    /** Makes the rows of new versions, whose features are locked. */
    static void byNewVersions(Connection connection, List<Version> versions) throws SQLException {
        if (versions.isEmpty()) {
            return;
        }
        Long[] features = versions.stream().map(Version::feature).distinct().toArray(Long[]::new);
        make(
                connection,
                versions,
                Rows.query(
                        connection,
                        FIXES,
                        row -> new Fix(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4), row.getString(5)),
                        (Object) features));
    }

    /** Makes the rows of new fixes, whose features are locked. */
    static void byNewFixes(Connection connection, List<Fix> fixes) throws SQLException {
        if (fixes.isEmpty()) {
            return;
        }
        Long[] features = fixes.stream().map(Fix::feature).distinct().toArray(Long[]::new);
        make(
                connection,
                Rows.query(
                        connection,
                        VERSIONS,
                        row -> new Version(row.getLong(1), row.getLong(2), row.getString(3)),
                        (Object) features),
                fixes);
    }

    private static void make(Connection connection, List<Version> versions, List<Fix> fixes) throws SQLException {
        Map<Long, List<Version>> byFeature = new HashMap<>();
        for (Version version : versions) {
            byFeature.computeIfAbsent(version.feature(), _ -> new ArrayList<>()).add(version);
        }
        List<Long> affected = new ArrayList<>();
        List<Long> vulnerabilities = new ArrayList<>();
        List<Long> causes = new ArrayList<>();
        for (Fix fix : fixes) {
            for (Version version : byFeature.getOrDefault(fix.feature(), List.of())) {
                if (isBefore(fix.format(), version.version(), fix.version())) {
                    affected.add(version.id());
                    vulnerabilities.add(fix.vulnerability());
                    causes.add(fix.id());
                }
            }
        }
        if (!affected.isEmpty()) {
            Rows.update(connection, MAKE, Rows.longs(affected), Rows.longs(vulnerabilities), Rows.longs(causes));
        }
    }

    /** Whether a version is affected, being before the one that is without the vulnerability. */
    static boolean isBefore(String format, String version, String fix) {
        try {
            return VersionFormats.compare(format, version, fix) < 0;
        } catch (ClairException _) {
            // A fix in another format than its namespace's: what cannot be told is not called clean.
            return true;
        }
    }
}
