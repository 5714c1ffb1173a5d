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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes generations of updaters current, namespace after namespace; each is as it was or as it is to be, whenever one looks. */
public final class GenerationStore {
    private static final String NAMESPACES = "SELECT DISTINCT namespace FROM next ORDER BY namespace";
    /** Those of which the updater said something before. */
    private static final String NAMESPACES_AND_GONE = """
        SELECT DISTINCT namespace FROM next UNION
        SELECT n.name FROM namespace n WHERE EXISTS (
            SELECT FROM vulnerability v WHERE v.namespace_id = n.id AND v.updater = ? AND v.deleted_at IS NULL)
        ORDER BY 1\
        """;

    private static final String COUNT = "SELECT count(*) FROM vulnerability WHERE updater = ? AND deleted_at IS NULL";
    private static final String PUT =
            "INSERT INTO key_value (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

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
     */
    public record Outcome(long vulnerabilities, long appeared, long changed, long disappeared, long tooLong) {}

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
     * @param notify whether what appears, changes or disappears is told of
     * @param remarks what is written down at the end, in the last transaction
     * @return empty when another one has got the lease: what was changed until then is whole
     */
    public Optional<Outcome> replace(
            String updater, Generation generation, Lease lease, boolean notify, Remarks remarks)
            throws ClairException, IOException {
        try (Connection connection = database.alone()) {
            running.set(connection);
            return replace(connection, updater, generation, lease, notify, remarks);
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
            Connection connection, String updater, Generation generation, Lease lease, boolean notify, Remarks remarks)
            throws SQLException, IOException {
        long tooLong = new GenerationTables(connection).write(generation);
        Failpoint.GENERATION_WRITTEN.hit();
        GenerationSwitch all = new GenerationSwitch(connection, updater, notify);
        Difference difference = Difference.NONE;
        for (String namespace : namespaces(connection, updater, generation.isComplete())) {
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
                tooLong);
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
                Difference made = all.of(namespace, generation.versionFormat(namespace), generation.isComplete());
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

    private static List<String> namespaces(Connection connection, String updater, boolean isComplete)
            throws SQLException {
        List<String> names = new ArrayList<>(
                isComplete
                        ? Rows.query(connection, NAMESPACES_AND_GONE, row -> row.getString(1), updater)
                        : Rows.query(connection, NAMESPACES, row -> row.getString(1)));
        connection.commit();
        return names;
    }
}
