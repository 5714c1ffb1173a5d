package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.VersionFormats;
import io.limpid.server.store.StoreWatch.Question;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Rows of namespaces, features and their versions by their names, found or made within one transaction.
 *
 * <p>These rows are never deleted, so ids may be remembered once they are committed. Everything is made in the order of names and locked in the order of
 * ids: namespaces first, then features, then locks on features. Whoever waits in one of these steps holds only what comes from the same or earlier ones,
 * in the same order, so nobody waits in a circle.
 */
final class Names {

    /** A namespace's row. */
    record NamespaceRow(long id, String format) {
        /** Of a row with these two columns. */
        static NamespaceRow of(ResultSet row) throws SQLException {
            return new NamespaceRow(row.getLong(1), row.getString(2));
        }
    }

    /** What names a feature. */
    record FeatureKey(long namespace, String name) implements Comparable<FeatureKey> {
        @Override
        public int compareTo(FeatureKey other) {
            int order = Long.compare(namespace, other.namespace);
            return order != 0 ? order : name.compareTo(other.name);
        }
    }

    /** What names a version of a feature. */
    record VersionKey(long feature, String version) implements Comparable<VersionKey> {
        @Override
        public int compareTo(VersionKey other) {
            int order = Long.compare(feature, other.feature);
            return order != 0 ? order : version.compareTo(other.version);
        }
    }

    /** What is remembered between transactions. */
    static final class Memory {
        private static final int MOST_NAMESPACES = 1_024;

        private final RecentIds<String, NamespaceRow> namespaces;
        private final RecentIds<FeatureKey, Long> features;
        private final RecentIds<VersionKey, Long> versions;
        private final AtomicLong known = new AtomicLong();

        /**
         * @param most rows of a kind
         */
        Memory(int most) {
            namespaces = new RecentIds<>(Math.min(most, MOST_NAMESPACES));
            features = new RecentIds<>(most);
            versions = new RecentIds<>(most);
        }

        /** A step of a transaction that names things. */
        @FunctionalInterface
        interface Work<T extends @Nullable Object> {
            T on(Connection connection, Names names) throws SQLException, ClairException;
        }

        /** A transaction whose ids are remembered once they are committed. */
        <T extends @Nullable Object> T inTransaction(Database database, Question question, Work<T> work)
                throws ClairException {
            List<Names> tries = new ArrayList<>();
            try {
                T result = database.inTransaction(question, connection -> {
                    tries.forEach(Names::unlocked);
                    long switches = database.switches();
                    forgetAfter(switches);
                    Names names = new Names(this, connection, database.watch(), switches);
                    tries.add(names);
                    return work.on(connection, names);
                });
                if (database.switches() == tries.getLast().switches) {
                    tries.getLast().remember();
                }
                return result;
            } catch (ClairException e) {
                if (e.status() >= 500) {
                    forget();
                }
                throw e;
            } finally {
                tries.forEach(Names::unlocked);
            }
        }

        private void forgetAfter(long switches) {
            if (known.getAndSet(switches) != switches) {
                forget();
            }
        }

        /** Of a database that lost commits, or was put back to an earlier state, other ids are true. */
        private void forget() {
            namespaces.clear();
            features.clear();
            versions.clear();
        }
    }

    private static final Question INSERT_NAMESPACE = Question.of("insertNamespace");
    private static final Question INSERT_FEATURE = Question.of("insertFeature");
    private static final String FIND_NAMESPACES = "SELECT id, name, version_format FROM namespace WHERE name = ANY (?)";
    private static final String MAKE_NAMESPACE =
            "INSERT INTO namespace (name, version_format) VALUES (?, ?) ON CONFLICT (name) DO NOTHING";
    private static final String LEARN_FORMAT =
            "UPDATE namespace SET version_format = ? WHERE name = ? AND version_format = ''";
    private static final String FIND_FEATURES = """
        SELECT f.id, f.namespace_id, f.name FROM unnest(?, ?) AS k (namespace_id, name)
        JOIN feature f ON f.namespace_id = k.namespace_id AND f.name = k.name\
        """;
    private static final String MAKE_FEATURES = """
        INSERT INTO feature (namespace_id, name) SELECT * FROM unnest(?, ?)
        ON CONFLICT (namespace_id, name) DO NOTHING\
        """;
    private static final String FIND_VERSIONS = """
        SELECT v.id, v.feature_id, v.version FROM unnest(?, ?) AS k (feature_id, version)
        JOIN feature_version v ON v.feature_id = k.feature_id AND v.version = k.version\
        """;
    private static final String LOCK_FEATURES =
            "SELECT id FROM feature WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE";

    private final Memory memory;
    private final Connection connection;
    private final StoreWatch watch;
    private final long switches;
    private int locks;
    private final Map<String, NamespaceRow> namespaces = new HashMap<>();
    private final Map<FeatureKey, Long> features = new HashMap<>();
    private final Map<VersionKey, Long> versions = new HashMap<>();

    /**
     * @param switches of the database when the transaction began
     */
    private Names(Memory memory, Connection connection, StoreWatch watch, long switches) {
        this.memory = memory;
        this.connection = connection;
        this.watch = watch;
        this.switches = switches;
    }

    private void unlocked() {
        watch.locking(-locks);
        locks = 0;
    }

    private void remember() {
        memory.namespaces.putAll(namespaces);
        memory.features.putAll(features);
        memory.versions.putAll(versions);
    }

    /** Something was asked since a moment. */
    void asked(Question question, long began) {
        watch.asked(question, System.nanoTime() - began);
    }

    /** The rows of those namespaces that are known. */
    Map<String, NamespaceRow> known(Collection<String> names) throws SQLException {
        for (String name : new TreeSet<>(names)) {
            watch.remembered("namespace", memory.namespaces.get(name) != null);
        }
        return found(names);
    }

    private Map<String, NamespaceRow> found(Collection<String> names) throws SQLException {
        Map<String, NamespaceRow> result = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String name : new TreeSet<>(names)) {
            NamespaceRow row = memory.namespaces.get(name);
            // One without a format may have got one since.
            if (row == null || row.format().isEmpty()) {
                missing.add(name);
            } else {
                result.put(name, row);
            }
        }
        if (!missing.isEmpty()) {
            Rows.query(
                            connection,
                            FIND_NAMESPACES,
                            row -> Map.entry(row.getString(2), new NamespaceRow(row.getLong(1), row.getString(3))),
                            (Object) Rows.texts(missing))
                    .forEach(row -> result.put(row.getKey(), row.getValue()));
        }
        namespaces.putAll(result);
        return result;
    }

    /**
     * The rows of namespaces; those that are new are made, those without a format get one when one is given.
     *
     * @param wanted several of one name: the first format that is known counts
     */
    Map<String, NamespaceRow> namespaces(Collection<Namespace> wanted) throws SQLException {
        long began = System.nanoTime();
        TreeMap<String, String> formats = new TreeMap<>();
        for (Namespace namespace : wanted) {
            String format = VersionFormats.isKnown(namespace.versionFormat()) ? namespace.versionFormat() : "";
            formats.merge(namespace.name(), format, (one, two) -> one.isEmpty() ? two : one);
        }
        Map<String, NamespaceRow> result = known(formats.keySet());
        boolean isChanged = false;
        for (var entry : formats.entrySet()) {
            NamespaceRow row = result.get(entry.getKey());
            if (row == null) {
                Rows.update(connection, MAKE_NAMESPACE, entry.getKey(), entry.getValue());
                isChanged = true;
            }
            // Also after making it: somebody else may have made it without.
            if ((row == null || row.format().isEmpty()) && !entry.getValue().isEmpty()) {
                Rows.update(connection, LEARN_FORMAT, entry.getValue(), entry.getKey());
                isChanged = true;
            }
        }
        if (isChanged) {
            result = found(formats.keySet());
            Set<String> missing = new TreeSet<>(formats.keySet());
            missing.removeAll(result.keySet());
            Rows.requireAll(missing);
        }
        asked(INSERT_NAMESPACE, began);
        return result;
    }

    /** The ids of features; those that are new are made. */
    Map<FeatureKey, Long> features(Collection<FeatureKey> wanted) throws SQLException {
        long began = System.nanoTime();
        Map<FeatureKey, Long> result = new HashMap<>();
        TreeSet<FeatureKey> missing = new TreeSet<>();
        for (FeatureKey key : wanted) {
            Long id = memory.features.get(key);
            watch.remembered("feature", id != null);
            if (id == null) {
                missing.add(key);
            } else {
                result.put(key, id);
            }
        }
        findFeatures(missing, result);
        if (!missing.isEmpty()) {
            Rows.update(connection, MAKE_FEATURES, spaces(missing), names(missing));
            findFeatures(missing, result);
            Rows.requireAll(missing);
        }
        asked(INSERT_FEATURE, began);
        return result;
    }

    private void findFeatures(Set<FeatureKey> missing, Map<FeatureKey, Long> result) throws SQLException {
        if (missing.isEmpty()) {
            return;
        }
        Rows.query(
                        connection,
                        FIND_FEATURES,
                        row -> Map.entry(new FeatureKey(row.getLong(2), row.getString(3)), row.getLong(1)),
                        spaces(missing),
                        names(missing))
                .forEach(row -> {
                    missing.remove(row.getKey());
                    result.put(row.getKey(), row.getValue());
                    features.put(row.getKey(), row.getValue());
                });
    }

    private static Object spaces(Collection<FeatureKey> keys) {
        return keys.stream().map(FeatureKey::namespace).toArray(Long[]::new);
    }

    private static Object names(Collection<FeatureKey> keys) {
        return keys.stream().map(FeatureKey::name).toArray(String[]::new);
    }

    /** The ids of those versions that are known; what affects them is complete. */
    Map<VersionKey, Long> versions(Collection<VersionKey> wanted) throws SQLException {
        for (VersionKey key : wanted) {
            watch.remembered("featureversion", memory.versions.get(key) != null);
        }
        return stored(wanted);
    }

    /** As {@link #versions}, of those just made. */
    Map<VersionKey, Long> stored(Collection<VersionKey> wanted) throws SQLException {
        Map<VersionKey, Long> result = new HashMap<>();
        List<VersionKey> missing = new ArrayList<>();
        for (VersionKey key : wanted) {
            Long id = memory.versions.get(key);
            if (id == null) {
                missing.add(key);
            } else {
                result.put(key, id);
            }
        }
        if (!missing.isEmpty()) {
            Rows.query(
                            connection,
                            FIND_VERSIONS,
                            row -> Map.entry(new VersionKey(row.getLong(2), row.getString(3)), row.getLong(1)),
                            missing.stream().map(VersionKey::feature).toArray(Long[]::new),
                            missing.stream().map(VersionKey::version).toArray(String[]::new))
                    .forEach(row -> {
                        result.put(row.getKey(), row.getValue());
                        versions.put(row.getKey(), row.getValue());
                    });
        }
        return result;
    }

    /**
     * Keeps others from adding versions and fixes to features until the end of the transaction; what they committed is seen by the statements after this.
     *
     * <p>Who adds a version and who adds a fix both hold this lock while they add theirs and read the other's. So the later of the two sees what the
     * earlier one committed, and makes the row of {@code affects}: none is missed, whoever comes first. Clair locks the whole table for that.
     */
    void lockFeatures(Collection<Long> ids, String question) throws SQLException {
        if (!ids.isEmpty()) {
            long began = System.nanoTime();
            locks++;
            watch.locking(1);
            Rows.ids(connection, LOCK_FEATURES, (Object) Rows.longs(new TreeSet<>(ids)));
            asked(new Question(question, "lock"), began);
        }
    }
}
