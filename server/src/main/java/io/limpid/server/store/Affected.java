package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.VersionFormats;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows of table affects, gathered by comparing versions and stored in one statement. */
final class Affected {
    private final List<Long> versions = new ArrayList<>();
    private final List<Long> vulnerabilities = new ArrayList<>();
    private final List<Long> fixes = new ArrayList<>();

    /** Adds a row if a version is before the one that fixes it, or if nobody can tell. */
    void addIfBefore(String format, long versionId, String version, long vulnerability, long fix, String fixedIn) {
        if (isBefore(format, version, fixedIn)) {
            versions.add(versionId);
            vulnerabilities.add(vulnerability);
            fixes.add(fix);
        }
    }

    private static boolean isBefore(String format, String version, String fixedIn) {
        if (fixedIn.equals(VersionFormats.HIGHEST)) {
            return true;
        }
        try {
            return VersionFormats.compare(format, version, fixedIn) < 0;
        } catch (ClairException _) {
            // A fix was stored before the format of its namespace was known, and is none in it: it fixes nothing.
            return true;
        }
    }

    void store(Connection connection) throws SQLException {
        if (versions.isEmpty()) {
            return;
        }
        Sql.change(
                connection,
                """
                INSERT INTO affects (feature_version_id, vulnerability_id, fix_id)
                SELECT * FROM unnest(?, ?, ?) ON CONFLICT DO NOTHING
                """,
                Sql.longs(connection, versions),
                Sql.longs(connection, vulnerabilities),
                Sql.longs(connection, fixes));
    }
}
