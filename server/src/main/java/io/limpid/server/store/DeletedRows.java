package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import java.time.Duration;
import java.util.List;

/**
 * What was deleted and is kept for a while: notifications, whose receivers may still ask for them, and vulnerabilities, which notifications tell of.
 *
 * <p>Rows of the names of packages and versions are never deleted: there are as many as packages were ever published.
 */
public final class DeletedRows {
    private static final String NOTIFICATIONS = """
        DELETE FROM notification WHERE id IN (
            SELECT id FROM notification WHERE deleted_at < now() - ? * interval '1 millisecond'
            ORDER BY deleted_at LIMIT ? FOR UPDATE SKIP LOCKED)\
        """;
    private static final String OLD = """
        SELECT v.id FROM vulnerability v WHERE v.deleted_at < now() - ? * interval '1 millisecond'
          AND NOT EXISTS (SELECT FROM notification n WHERE n.old_vulnerability_id = v.id)
          AND NOT EXISTS (SELECT FROM notification n WHERE n.new_vulnerability_id = v.id)
        ORDER BY v.deleted_at LIMIT ? FOR UPDATE SKIP LOCKED\
        """;
    /** As who adds versions does: what they affect by a fix that goes is written before it goes, and goes with it, or not at all. */
    private static final String LOCK_FEATURES = """
        SELECT id FROM feature WHERE id IN (SELECT feature_id FROM fixed_in WHERE vulnerability_id = ANY (?))
        ORDER BY id FOR NO KEY UPDATE\
        """;

    private static final List<String> OF_VULNERABILITIES = List.of(
            "DELETE FROM affects WHERE vulnerability_id = ANY (?)",
            "DELETE FROM fixed_in WHERE vulnerability_id = ANY (?)",
            "DELETE FROM vulnerability WHERE id = ANY (?)");
    /** So few that nobody waits for them: one vulnerability may affect ten thousand versions. */
    private static final int AT_ONCE = 100;

    private final Database database;

    /** The deleted rows of a database. */
    public DeletedRows(Database database) {
        this.database = database;
    }

    /**
     * How much was swept.
     *
     * @param mayBeMore whether there was so much that there may be more
     */
    public record Swept(int notifications, int vulnerabilities, boolean mayBeMore) {}

    /** Sweeps some of what was deleted so long ago; of any number of servers at once. */
    public Swept sweep(Duration kept) throws ClairException {
        return database.inTransaction(connection -> {
            int notifications = Rows.update(connection, NOTIFICATIONS, kept.toMillis(), AT_ONCE);
            List<Long> old = Rows.ids(connection, OLD, kept.toMillis(), AT_ONCE);
            if (!old.isEmpty()) {
                Rows.ids(connection, LOCK_FEATURES, (Object) Rows.longs(old));
                for (String statement : OF_VULNERABILITIES) {
                    Rows.update(connection, statement, (Object) Rows.longs(old));
                }
            }
            return new Swept(notifications, old.size(), notifications == AT_ONCE || old.size() == AT_ONCE);
        });
    }
}
