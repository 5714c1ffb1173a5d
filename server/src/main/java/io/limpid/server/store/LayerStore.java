package io.limpid.server.store;

import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.VersionFormats;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.store.Names.FeatureKey;
import io.limpid.server.store.Names.NamespaceRow;
import io.limpid.server.store.Names.VersionKey;
import io.limpid.server.store.StoreWatch.Question;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The layers that were read, with what each added to and removed from the one below it. */
public final class LayerStore {

    /** How much of a layer is asked for. */
    public enum Depth {
        /** Name, engine, parent and namespace. */
        LAYER("all"),
        /** Its features too. */
        FEATURES("all/features"),
        /** Its features with their vulnerabilities. */
        VULNERABILITIES("all/features+vulnerabilities");

        private final String part;

        Depth(String part) {
            this.part = part;
        }

        Question question() {
            return new Question("FindLayer", part);
        }
    }

    private static final String FIND = """
        SELECT l.id, l.engine_version, p.name, n.name, n.version_format
        FROM layer l LEFT JOIN layer p ON p.id = l.parent_id LEFT JOIN namespace n ON n.id = l.namespace_id
        WHERE l.name = ?\
        """;
    /** As a reference does it: the parent cannot be deleted until the child is committed. */
    private static final String HOLD_PARENT = """
        SELECT l.id, n.name, n.version_format FROM layer l LEFT JOIN namespace n ON n.id = l.namespace_id
        WHERE l.name = ? FOR KEY SHARE OF l\
        """;

    private static final String MAKE = """
        INSERT INTO layer (name, engine_version, parent_id, namespace_id) VALUES (?, ?, ?, ?)
        ON CONFLICT (name) DO NOTHING RETURNING id\
        """;
    private static final String HOLD = "SELECT id, engine_version, parent_id FROM layer WHERE name = ? FOR UPDATE";
    private static final String RENEW = "UPDATE layer SET engine_version = ?, namespace_id = ? WHERE id = ?";
    private static final String FORGET_CHANGES = "DELETE FROM layer_change WHERE layer_id = ?";
    private static final String MAKE_CHANGES = """
        INSERT INTO layer_change (layer_id, feature_version_id, is_added)
        SELECT ?, id, is_added FROM unnest(?, ?) AS c (id, is_added)\
        """;
    private static final String MAKE_VERSIONS = """
        INSERT INTO feature_version (feature_id, version) SELECT * FROM unnest(?, ?)
        ON CONFLICT (feature_id, version) DO NOTHING RETURNING id, feature_id, version\
        """;
    /**
     * All at once, so that references among them are looked at when all are gone; in the order of ids, so that two whose trees have layers in common
     * do not wait in a circle.
     */
    private static final String DELETE = """
        WITH RECURSIVE above (id) AS (
            SELECT id FROM layer WHERE name = ?
            UNION ALL
            SELECT l.id FROM above a JOIN layer l ON l.parent_id = a.id
        ), held AS (
            SELECT id FROM layer WHERE id IN (SELECT id FROM above) ORDER BY id FOR UPDATE
        )
        DELETE FROM layer WHERE id IN (SELECT id FROM held)\
        """;

    private static final String REFERENCED = "23503";

    private final Database database;
    private final Names.Memory memory;

    /**
     * The layers of a database.
     *
     * @param known how many names' rows are remembered at most; 0 for none
     */
    public LayerStore(Database database, int known) {
        this.database = database;
        this.memory = new Names.Memory(known);
    }

    private record Found(long id, IndexedLayer layer) {}

    private record Held(long id, int engine, @Nullable Long parent) {}

    /** A parent's row, which stays until the end of the transaction. */
    private record Parent(long id, @Nullable Namespace namespace) {}

    /** The layer of a name, if it is known. */
    public Optional<IndexedLayer> find(String name, Depth depth) throws ClairException {
        return database.read(depth.question(), connection -> {
            Optional<Found> found = found(connection, name);
            if (found.isEmpty() || depth == Depth.LAYER) {
                return found.map(Found::layer);
            }
            IndexedLayer layer = found.get().layer();
            return Optional.of(new IndexedLayer(
                    layer.name(),
                    layer.engineVersion(),
                    layer.parent(),
                    layer.namespace(),
                    Contents.features(connection, found.get().id(), depth == Depth.VULNERABILITIES)));
        });
    }

    private static Optional<Found> found(Connection connection, String name) throws SQLException {
        return Rows.query(
                        connection,
                        FIND,
                        row -> {
                            String namespace = row.getString(4);
                            return new Found(
                                    row.getLong(1),
                                    new IndexedLayer(
                                            name,
                                            row.getInt(2),
                                            row.getString(3),
                                            namespace == null ? null : new Namespace(namespace, row.getString(5)),
                                            List.of()));
                        },
                        name)
                .stream()
                .findFirst();
    }

    /**
     * Stores a layer; one that somebody else stored under the same name in the meantime, with the same engine or a newer one, stays as it is.
     *
     * @throws ClairException {@code FEATURE_VERSION_INVALID} for a version that its namespace's format does not take, {@code PARENT_UNKNOWN} when its
     *     parent was deleted in the meantime, {@code BACKEND}
     */
    public void insert(IndexedLayer layer) throws ClairException {
        insert(layer, null);
    }

    /**
     * Stores a layer that has what a parent had when that was read.
     *
     * @param below the parent as it was read, with its features; null when that is not to be looked at
     * @return false, with nothing stored, when the parent is another one by now
     * @throws ClairException as {@link #insert(IndexedLayer)}
     */
    public boolean insert(IndexedLayer layer, @Nullable IndexedLayer below) throws ClairException {
        for (LayerFeature feature : layer.features()) {
            FeatureVersion version = feature.version();
            if (!VersionFormats.isValid(version.feature().namespace().versionFormat(), version.version())) {
                throw new ClairException(ClairError.FEATURE_VERSION_INVALID);
            }
            if (version.feature().name().isEmpty()) {
                throw new ClairException(ClairError.FEATURE_INVALID);
            }
        }
        boolean isStored = memory.inTransaction(
                database, Question.of("InsertLayer"), (connection, names) -> insert(connection, names, layer, below));
        Failpoint.LAYER_STORED.hit();
        return isStored;
    }

    private static boolean insert(Connection connection, Names names, IndexedLayer layer, @Nullable IndexedLayer below)
            throws SQLException, ClairException {
        List<Namespace> mentioned = new ArrayList<>();
        Namespace own = layer.namespace();
        if (own != null) {
            mentioned.add(own);
        }
        layer.features()
                .forEach(feature -> mentioned.add(feature.version().feature().namespace()));
        Map<String, NamespaceRow> namespaces = names.namespaces(new LinkedHashSet<>(mentioned));
        Object namespace = own == null
                ? new Rows.Absent(Types.BIGINT)
                : Rows.present(namespaces, own.name()).id();
        Parent parent = parent(connection, layer.parent());
        Map<FeatureVersion, Long> inherited = parent == null ? Map.of() : Contents.versions(connection, parent.id());
        if (below != null && !isStill(below, parent, inherited.keySet())) {
            return false;
        }
        Held held = held(connection, layer, parent, namespace);
        if (held == null) {
            return true;
        }
        Failpoint.LAYER_MADE.hit();
        Set<Long> has = versions(connection, names, namespaces, layer.features());
        Set<Long> had = new HashSet<>(below(connection, held, parent, inherited).values());
        List<Long> changed = new ArrayList<>();
        List<Boolean> added = new ArrayList<>();
        for (long id : new TreeSet<>(has)) {
            if (!had.contains(id)) {
                changed.add(id);
                added.add(true);
            }
        }
        for (long id : new TreeSet<>(had)) {
            if (!has.contains(id)) {
                changed.add(id);
                added.add(false);
            }
        }
        if (!changed.isEmpty()) {
            Rows.update(connection, MAKE_CHANGES, held.id(), Rows.longs(changed), added.toArray(Boolean[]::new));
        }
        return true;
    }

    /** What the stored parent has, which for a layer of an older engine need not be the one that is named now. */
    private static Map<FeatureVersion, Long> below(
            Connection connection, Held held, @Nullable Parent named, Map<FeatureVersion, Long> inherited)
            throws SQLException {
        if (held.parent() == null) {
            return Map.of();
        }
        return named != null && held.parent() == named.id() ? inherited : Contents.versions(connection, held.parent());
    }

    private static boolean isStill(IndexedLayer read, @Nullable Parent now, Set<FeatureVersion> versions) {
        Set<FeatureVersion> before = new HashSet<>();
        read.features().forEach(feature -> before.add(feature.version()));
        return now != null && Objects.equals(now.namespace(), read.namespace()) && versions.equals(before);
    }

    /** The layer's row without changes, new or of an older engine; null when there is nothing to do. */
    private static @Nullable Held held(
            Connection connection, IndexedLayer layer, @Nullable Parent parent, Object namespace) throws SQLException {
        // Again when the row in the way is deleted before it is looked at.
        while (true) {
            List<Long> made = Rows.ids(
                    connection,
                    MAKE,
                    layer.name(),
                    layer.engineVersion(),
                    parent == null ? new Rows.Absent(Types.BIGINT) : parent.id(),
                    namespace);
            if (!made.isEmpty()) {
                return new Held(made.getFirst(), layer.engineVersion(), parent == null ? null : parent.id());
            }
            List<Held> before = Rows.query(
                    connection,
                    HOLD,
                    row -> new Held(row.getLong(1), row.getInt(2), (Long) row.getObject(3)),
                    layer.name());
            if (!before.isEmpty()) {
                Held row = before.getFirst();
                if (row.engine() >= layer.engineVersion()) {
                    return null;
                }
                Rows.update(connection, RENEW, layer.engineVersion(), namespace, row.id());
                Rows.update(connection, FORGET_CHANGES, row.id());
                return row;
            }
        }
    }

    private static @Nullable Parent parent(Connection connection, @Nullable String name)
            throws SQLException, ClairException {
        if (name == null) {
            return null;
        }
        List<Parent> parent = Rows.query(
                connection,
                HOLD_PARENT,
                row -> {
                    String namespace = row.getString(2);
                    return new Parent(
                            row.getLong(1), namespace == null ? null : new Namespace(namespace, row.getString(3)));
                },
                name);
        if (parent.isEmpty()) {
            throw new ClairException(ClairError.PARENT_UNKNOWN);
        }
        return parent.getFirst();
    }

    /** The ids of a layer's versions; new ones are made, with what affects them. */
    private static Set<Long> versions(
            Connection connection, Names names, Map<String, NamespaceRow> namespaces, List<LayerFeature> features)
            throws SQLException {
        if (features.isEmpty()) {
            return Set.of();
        }
        Set<FeatureKey> keys = new LinkedHashSet<>();
        for (LayerFeature feature : features) {
            keys.add(key(namespaces, feature));
        }
        Map<FeatureKey, Long> ids = names.features(keys);
        TreeSet<VersionKey> wanted = new TreeSet<>();
        for (LayerFeature feature : features) {
            wanted.add(new VersionKey(
                    Rows.present(ids, key(namespaces, feature)),
                    feature.version().version()));
        }
        Map<VersionKey, Long> known = names.versions(wanted);
        Set<Long> result = new HashSet<>(known.values());
        wanted.removeAll(known.keySet());
        if (!wanted.isEmpty()) {
            long began = System.nanoTime();
            names.lockFeatures(wanted.stream().map(VersionKey::feature).toList(), "insertFeatureVersion");
            List<Affected.Version> made = Rows.query(
                    connection,
                    MAKE_VERSIONS,
                    row -> new Affected.Version(row.getLong(1), row.getLong(2), row.getString(3)),
                    wanted.stream().map(VersionKey::feature).toArray(Long[]::new),
                    wanted.stream().map(VersionKey::version).toArray(String[]::new));
            Affected.byNewVersions(connection, made);
            // Those too that somebody else made before the lock.
            Map<VersionKey, Long> rest = names.stored(wanted);
            wanted.removeAll(rest.keySet());
            Rows.requireAll(wanted);
            result.addAll(rest.values());
            names.asked(Question.of("insertFeatureVersion"), began);
        }
        return result;
    }

    private static FeatureKey key(Map<String, NamespaceRow> namespaces, LayerFeature feature) {
        var named = feature.version().feature();
        return new FeatureKey(Rows.present(namespaces, named.namespace().name()).id(), named.name());
    }

    /**
     * Deletes a layer and all above it.
     *
     * @return whether it was known
     */
    public boolean delete(String name) throws ClairException {
        boolean wasKnown = database.inTransaction(Question.of("DeleteLayer"), connection -> {
            while (true) {
                Savepoint before = connection.setSavepoint();
                try {
                    return Rows.update(connection, DELETE, name) > 0;
                } catch (SQLException e) {
                    // A child was committed while this waited for its parent: the next try sees it.
                    if (!REFERENCED.equals(e.getSQLState())) {
                        throw e;
                    }
                    connection.rollback(before);
                }
            }
        });
        Failpoint.LAYER_GONE.hit();
        return wasKnown;
    }
}
