package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.store.GenerationSwitch.Difference;
import io.limpid.server.store.Leases.Lease;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes generations of updaters current, namespace after namespace; each is as it was or as it is to be, whenever one looks. */
public final class GenerationStore {
    private static final String NAMESPACES = """
        SELECT DISTINCT namespace FROM next UNION
        SELECT n.name FROM namespace n WHERE EXISTS (
            SELECT FROM vulnerability v WHERE v.namespace_id = n.id AND v.updater = ? AND v.deleted_at IS NULL)
        ORDER BY 1\
        """;

    private static final String COUNT = "SELECT count(*) FROM vulnerability WHERE updater = ? AND deleted_at IS NULL";
    private static final String PUT =
            "INSERT INTO key_value (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

    /** Of those that were there before, the namespaces with how many there were and are now. */
    private static final String COUNTS = """
        SELECT n.name, before.rows, coalesce(now.rows, 0)
        FROM (SELECT namespace_id, count(*) AS rows FROM vulnerability
              WHERE updater = ? AND deleted_at IS NULL GROUP BY namespace_id) before
        JOIN namespace n ON n.id = before.namespace_id
        LEFT JOIN (SELECT namespace, count(*) AS rows FROM next GROUP BY namespace) now ON now.namespace = n.name
        ORDER BY n.name\
        """;
    /** Less than so many of a hundred are left: more was lost than any publisher takes back in one go. */
    private static final int LEAST_PERCENT = 40;
    /** Fewer come and go. */
    private static final int FEW = 50;

    private static final int TRIES = 5;

    private static final Logger log = LoggerFactory.getLogger(GenerationStore.class);

    private final Database database;
    private final AtomicReference<@Nullable Connection> running = new AtomicReference<>();

    /** The generations of a database. */
    public GenerationStore(Database database) {
        this.database = database;
    }

    /**
     * What became of a generation.
     *
     * @param vulnerabilities how many the updater has now
     * @param appeared how many of them are new
     * @param changed how many say something else than before
     * @param disappeared how many there are no more
     * @param tooLong rows that were left out because no name is so long
     * @param heldBack which namespaces were left as they were because suspiciously little was told of them, sentences for people
     */
    public record Outcome(
            long vulnerabilities, long appeared, long changed, long disappeared, long tooLong, List<String> heldBack) {
        public Outcome {
            heldBack = List.copyOf(heldBack);
        }
    }

    /**
     * How a generation becomes current.
     *
     * @param isTold whether what appears, changes or disappears is told of: there was a whole generation before
     * @param isForced whether it becomes so too where it is suspiciously small
     */
    public record Rules(boolean isTold, boolean isForced) {}

    /** Writes down that a generation is current, by keys. */
    @FunctionalInterface
    public interface Remarks {
        Map<String, String> of(Outcome outcome);
    }

    /**
     * Makes a generation current.
     *
     * @param updater whose it is: what others and people made by the API stays, but for vulnerabilities of the same names
     * @param lease without which nothing is changed
     * @param remarks what is written down at the end, in the last transaction
     * @return empty when another one has got the lease: what was changed until then is whole
     */
    public Optional<Outcome> replace(String updater, Generation generation, Lease lease, Rules rules, Remarks remarks)
            throws ClairException, IOException {
        try (Connection connection = database.alone()) {
            running.set(connection);
            return replace(connection, updater, generation, lease, rules, remarks);
        } catch (SQLException e) {
            throw Database.translated(e);
        } finally {
            running.set(null);
        }
    }

    /** Cuts off what runs: it ends as if the database were gone. */
    public void cancel() {
        Connection connection = running.get();
        try {
            if (connection != null) {
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("connection was not cut off");
        }
    }

    private static Optional<Outcome> replace(
            Connection connection, String updater, Generation generation, Lease lease, Rules rules, Remarks remarks)
            throws SQLException, IOException {
        long tooLong = new GenerationTables(connection, updater).write(generation);
        Failpoint.GENERATION_WRITTEN.hit();
        GenerationSwitch all = new GenerationSwitch(connection, updater, rules.isTold());
        Difference difference = Difference.NONE;
        Map<String, String> heldBack =
                rules.isTold() && !rules.isForced() ? suspicious(connection, updater, generation) : Map.of();
        for (String namespace : namespaces(connection, updater)) {
            if (!generation.replaces(namespace) || heldBack.containsKey(namespace)) {
                continue;
            }
            Optional<Difference> made = switched(connection, all, namespace, generation, lease);
            if (made.isEmpty()) {
                return Optional.empty();
            }
            difference = difference.plus(made.get());
        }
        if (!Leases.holds(connection, lease)) {
            return Optional.empty();
        }
        Outcome outcome = new Outcome(
                Rows.ids(connection, COUNT, updater).getFirst(),
                difference.appeared(),
                difference.changed(),
                difference.disappeared(),
                tooLong,
                List.copyOf(heldBack.values()));
        for (var remark : remarks.of(outcome).entrySet()) {
            Rows.update(connection, PUT, remark.getKey(), remark.getValue());
        }
        Failpoint.GENERATION_REMARKED.hit();
        connection.commit();
        Failpoint.GENERATION_NOTED.hit();
        return Optional.of(outcome);
    }

    /** One namespace in one transaction, again where others were in the way; empty when the lease is somebody else's. */
    private static Optional<Difference> switched(
            Connection connection, GenerationSwitch all, String namespace, Generation generation, Lease lease)
            throws SQLException {
        for (int conflicts = 1; ; conflicts++) {
            try {
                if (!Leases.holds(connection, lease)) {
                    return Optional.empty();
                }
                all.name(namespace, generation.versionFormat(namespace));
                connection.commit();
                if (!Leases.holds(connection, lease)) {
                    return Optional.empty();
                }
                Difference made = all.of(namespace);
                Failpoint.GENERATION_MADE.hit();
                connection.commit();
                Failpoint.GENERATION_SWITCHED.hit();
                return Optional.of(made);
            } catch (SQLException e) {
                if (conflicts == TRIES || DatabaseFailure.of(e) != DatabaseFailure.CONFLICT) {
                    throw e;
                }
                connection.rollback();
            }
        }
    }

    /** Those of which the updater says something, or said something before. */
    private static List<String> namespaces(Connection connection, String updater) throws SQLException {
        List<String> names = Rows.query(connection, NAMESPACES, row -> row.getString(1), updater);
        connection.commit();
        return names;
    }

    private record Counts(String namespace, long before, long now) {
        boolean isShrunk() {
            return before >= FEW && now * 100 < before * LEAST_PERCENT;
        }

        String said() {
            return "there were " + before + " vulnerabilities of " + namespace + " and now there are only " + now;
        }
    }

    /**
     * What is held back, by namespace, and why: a server that has kept nothing of a document cannot tell by itself that it is cut. A release that is no longer
     * there at all is one that its publisher dropped, unless most of all is gone.
     */
    private static Map<String, String> suspicious(Connection connection, String updater, Generation generation)
            throws SQLException {
        List<Counts> counts = new ArrayList<>();
        long before = 0;
        long now = 0;
        for (Counts one : Rows.query(
                connection, COUNTS, row -> new Counts(row.getString(1), row.getLong(2), row.getLong(3)), updater)) {
            if (generation.replaces(one.namespace)) {
                counts.add(one);
                before += one.before;
                now += one.now;
            }
        }
        connection.commit();
        boolean isAllShrunk = new Counts("", before, now).isShrunk();
        Map<String, String> suspicious = new TreeMap<>();
        for (Counts one : counts) {
            if (isAllShrunk || (one.now > 0 && one.isShrunk())) {
                suspicious.put(one.namespace, "newer data are held back: " + one.said());
            }
        }
        return suspicious;
    }
}
