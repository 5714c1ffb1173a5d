package io.limpid.server.store;

import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Feature;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.VersionFormats;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows of namespaces, features and their versions, made where there are none.
 *
 * <p>They are made in transactions of their own, before those that refer to them: they are never deleted, so one too many does no harm, and
 * nobody waits for names while holding anything else. Rows are made and locked in the order of their names, so nobody waits in a circle.
 */
final class NameStore {
    private record FeatureName(long namespace, String name) {}

    private record VersionName(long feature, String version) {}

    private record NamespaceRow(String name, long id, String format) {}

    /** A row of table fix, as far as versions are compared with it. */
    private record Fix(long id, long vulnerability, long feature, String version) {}

    private final Database database;
    private final Known<FeatureName> features;
    private final Known<VersionName> versions;

    /**
     * @param known how many names' rows are remembered
     */
    NameStore(Database database, int known) {
        this.database = database;
        features = new Known<>(known);
        versions = new Known<>(known);
    }

    /** The row of a namespace, which is given the format of versions if it has none yet. */
    long namespace(Namespace namespace) throws ClairException {
        return namespaces(List.of(namespace)).getOrDefault(namespace.name(), 0L);
    }

    /** The rows of namespaces by their names. */
    Map<String, Long> namespaces(Collection<Namespace> wanted) throws ClairException {
        Map<String, String> formats = new TreeMap<>();
        for (Namespace namespace : wanted) {
            formats.merge(namespace.name(), namespace.versionFormat(), (one, other) -> one.isEmpty() ? other : one);
        }
        Map<String, Long> ids = database.read(connection -> namespacesOf(connection, formats));
        if (ids.size() == formats.size()) {
            return ids;
        }
        return database.inTransaction(connection -> {
            Sql.change(
                    connection, """
                    INSERT INTO namespace AS known (name, version_format)
                    SELECT name, format FROM unnest(?, ?) AS wanted (name, format) ORDER BY name
                    ON CONFLICT (name) DO UPDATE SET version_format = EXCLUDED.version_format
                    WHERE known.version_format = '' AND EXCLUDED.version_format <> ''
                    """, Sql.texts(connection, formats.keySet()), Sql.texts(connection, formats.values()));
            Map<String, Long> made = new HashMap<>();
            Sql.each(
                    connection,
                    "SELECT name, id FROM namespace WHERE name = ANY (?)",
                    row -> made.put(row.getString(1), row.getLong(2)),
                    Sql.texts(connection, formats.keySet()));
            return made;
        });
    }

    /** The rows of those that are there and need no format any more. */
    private static Map<String, Long> namespacesOf(Connection connection, Map<String, String> formats)
            throws SQLException {
        Map<String, Long> ids = new HashMap<>();
        for (NamespaceRow row : Sql.rows(
                connection,
                "SELECT name, id, version_format FROM namespace WHERE name = ANY (?)",
                row -> new NamespaceRow(row.getString(1), row.getLong(2), row.getString(3)),
                Sql.texts(connection, formats.keySet()))) {
            if (!row.format.isEmpty() || formats.getOrDefault(row.name, "").isEmpty()) {
                ids.put(row.name, row.id);
            }
        }
        return ids;
    }

    /** The rows of features. */
    Map<Feature, Long> features(Collection<Feature> wanted) throws ClairException {
        Map<String, Long> namespaces =
                namespaces(wanted.stream().map(Feature::namespace).distinct().toList());
        Map<Feature, Long> ids = new HashMap<>();
        SequencedMap<FeatureName, Feature> missing =
                new TreeMap<>(Comparator.comparingLong(FeatureName::namespace).thenComparing(FeatureName::name));
        for (Feature feature : wanted) {
            FeatureName name =
                    new FeatureName(namespaces.getOrDefault(feature.namespace().name(), 0L), feature.name());
            features.id(name).ifPresentOrElse(id -> ids.put(feature, id), () -> missing.put(name, feature));
        }
        if (missing.isEmpty()) {
            return ids;
        }
        Map<FeatureName, Long> made = database.inTransaction(connection -> featuresMade(connection, missing.keySet()));
        features.putAll(made);
        for (Feature feature : wanted) {
            Long id = made.get(
                    new FeatureName(namespaces.getOrDefault(feature.namespace().name(), 0L), feature.name()));
            if (id != null) {
                ids.put(feature, id);
            }
        }
        return ids;
    }

    private static Map<FeatureName, Long> featuresMade(Connection connection, Collection<FeatureName> names)
            throws SQLException {
        List<Long> namespaces = names.stream().map(FeatureName::namespace).toList();
        List<String> words = names.stream().map(FeatureName::name).toList();
        Sql.change(connection, """
            INSERT INTO feature (namespace_id, name)
            SELECT namespace_id, name FROM unnest(?, ?) AS wanted (namespace_id, name) ORDER BY 1, name COLLATE "C"
            ON CONFLICT DO NOTHING
            """, Sql.longs(connection, namespaces), Sql.texts(connection, words));
        Map<FeatureName, Long> made = new HashMap<>();
        Sql.each(
                connection,
                """
                SELECT feature.namespace_id, feature.name, feature.id
                FROM unnest(?, ?) AS wanted (namespace_id, name)
                JOIN feature ON feature.namespace_id = wanted.namespace_id AND feature.name = wanted.name
                """,
                row -> made.put(new FeatureName(row.getLong(1), row.getString(2)), row.getLong(3)),
                Sql.longs(connection, namespaces),
                Sql.texts(connection, words));
        return made;
    }

    /**
     * The rows of versions that are installed; of new ones it is found out what affects them.
     *
     * @throws ClairException {@code FEATURE_VERSION_INVALID} for one that the format of its namespace does not take
     */
    SequencedMap<FeatureVersion, Long> versions(Collection<FeatureVersion> wanted) throws ClairException {
        for (FeatureVersion version : wanted) {
            if (version.feature().name().isEmpty()
                    || !VersionFormats.isValid(version.feature().namespace().versionFormat(), version.version())) {
                throw new ClairException(ClairError.FEATURE_VERSION_INVALID);
            }
        }
        Map<Feature, Long> ids =
                features(wanted.stream().map(FeatureVersion::feature).distinct().toList());
        SequencedMap<FeatureVersion, Long> found = new LinkedHashMap<>();
        List<FeatureVersion> missing = new ArrayList<>();
        for (FeatureVersion version : wanted) {
            long feature = ids.getOrDefault(version.feature(), 0L);
            versions.id(new VersionName(feature, version.version()))
                    .ifPresentOrElse(id -> found.put(version, id), () -> missing.add(version));
        }
        if (!missing.isEmpty()) {
            Map<VersionName, Long> made = database.inTransaction(connection -> versionsMade(connection, missing, ids));
            versions.putAll(made);
            for (FeatureVersion version : missing) {
                Long id = made.get(new VersionName(ids.getOrDefault(version.feature(), 0L), version.version()));
                if (id == null) {
                    throw new IllegalStateException("no row was made of a version");
                }
                found.put(version, id);
            }
        }
        return found;
    }

    private static Map<VersionName, Long> versionsMade(
            Connection connection, List<FeatureVersion> wanted, Map<Feature, Long> ids) throws SQLException {
        Map<Long, String> formats = new HashMap<>();
        List<Long> features = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (FeatureVersion version : wanted) {
            long feature = ids.getOrDefault(version.feature(), 0L);
            formats.put(feature, version.feature().namespace().versionFormat());
            features.add(feature);
            words.add(version.version());
        }
        Map<VersionName, Long> found = new HashMap<>();
        findVersions(connection, features, words, found);
        if (found.size() == Math.max(1, new TreeSet<>(pairs(features, words)).size())) {
            return found;
        }
        lock(connection, formats.keySet());
        List<Long> made = Sql.rows(
                connection, """
                INSERT INTO feature_version (feature_id, version)
                SELECT DISTINCT feature_id, version FROM unnest(?, ?) AS wanted (feature_id, version)
                ON CONFLICT DO NOTHING RETURNING id
                """, row -> row.getLong(1), Sql.longs(connection, features), Sql.texts(connection, words));
        found.clear();
        findVersions(connection, features, words, found);
        addAffected(connection, found, made, formats);
        return found;
    }

    private static List<String> pairs(List<Long> features, List<String> words) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            pairs.add(features.get(i) + " " + words.get(i));
        }
        return pairs;
    }

    private static void findVersions(
            Connection connection, List<Long> features, List<String> words, Map<VersionName, Long> found)
            throws SQLException {
        Sql.each(
                connection,
                """
                SELECT known.feature_id, known.version, known.id
                FROM unnest(?, ?) AS wanted (feature_id, version)
                JOIN feature_version AS known ON known.feature_id = wanted.feature_id AND known.version = wanted.version
                """,
                row -> found.put(new VersionName(row.getLong(1), row.getString(2)), row.getLong(3)),
                Sql.longs(connection, features),
                Sql.texts(connection, words));
    }

    /** Fixes of deleted vulnerabilities count too: notifications tell of them. */
    private static void addAffected(
            Connection connection, Map<VersionName, Long> found, List<Long> made, Map<Long, String> formats)
            throws SQLException {
        Map<Long, List<Fix>> fixes = new HashMap<>();
        Sql.each(
                connection,
                "SELECT id, vulnerability_id, feature_id, version FROM fix WHERE feature_id = ANY (?)",
                row -> fixes.computeIfAbsent(row.getLong(3), _ -> new ArrayList<>())
                        .add(new Fix(row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4))),
                Sql.longs(connection, formats.keySet()));
        Affected affected = new Affected();
        found.forEach((name, id) -> {
            if (made.contains(id)) {
                for (Fix fix : fixes.getOrDefault(name.feature(), List.of())) {
                    affected.addIfBefore(
                            formats.getOrDefault(name.feature(), ""),
                            id,
                            name.version(),
                            fix.vulnerability,
                            fix.id,
                            fix.version);
                }
            }
        });
        affected.store(connection);
    }

    /** Locks rows of features until the end of the transaction: nobody else adds a version or a fix of them meanwhile. */
    static void lock(Connection connection, Collection<Long> features) throws SQLException {
        Sql.each(
                connection,
                "SELECT id FROM feature WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE",
                row -> row.getLong(1),
                Sql.longs(connection, features));
    }
}
