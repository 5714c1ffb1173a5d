package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Notification;
import io.limpid.server.clair.Notification.IntroducingLayer;
import io.limpid.server.clair.Notification.Side;
import io.limpid.server.clair.Vulnerability;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The news of vulnerabilities: kept until a receiver has read and deleted them, and after. */
public final class NotificationStore {

    private record Row(
            Instant created,
            @Nullable Instant notified,
            @Nullable Instant deleted,
            @Nullable Long before,
            @Nullable Long after) {}

    private final Database database;

    public NotificationStore(Database database) {
        this.database = database;
    }

    /**
     * A notification with one page of layers on each side.
     *
     * @param limit layers of each side at most; with a negative one there are none, and no next page
     */
    public Optional<Notification> find(String name, int limit, Notification.Page page) throws ClairException {
        return database.read(connection -> {
            Optional<Row> row = Sql.first(connection, """
                SELECT created_at, notified_at, deleted_at, old_vulnerability_id, new_vulnerability_id
                FROM notification WHERE name = ?
                """, NotificationStore::row, name);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Notification(
                    name,
                    row.get().created,
                    row.get().notified,
                    row.get().deleted,
                    side(connection, row.get().before, limit, page.before()),
                    side(connection, row.get().after, limit, page.after())));
        });
    }

    /**
     * Marks a notification as read.
     *
     * @return whether it was known, deleted before or not
     */
    public boolean delete(String name) throws ClairException {
        return database.inTransaction(connection ->
                Sql.change(connection, "UPDATE notification SET deleted_at = now() WHERE name = ?", name) > 0);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject(1, OffsetDateTime.class).toInstant(),
                instant(row, 2),
                instant(row, 3),
                row.getObject(4, Long.class),
                row.getObject(5, Long.class));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Side side(Connection connection, @Nullable Long vulnerability, int limit, long from)
            throws SQLException {
        if (vulnerability == null) {
            return null;
        }
        Vulnerability found = VulnerabilityRow.withFixes(
                connection,
                Sql.first(
                                connection,
                                "SELECT " + VulnerabilityRow.COLUMNS + """
                                    FROM vulnerability JOIN namespace ON namespace.id = vulnerability.namespace_id
                                    WHERE vulnerability.id = ?
                                    """,
                                row -> VulnerabilityRow.read(row, 1, List.of(), ""),
                                vulnerability)
                        .orElseThrow());
        if (from == Notification.END || limit < 0) {
            return new Side(found, List.of(), Notification.END);
        }
        List<IntroducingLayer> layers = Sql.rows(
                connection,
                """
                SELECT DISTINCT layer.id, layer.name
                FROM affects
                JOIN layer_difference AS difference
                    ON difference.feature_version_id = affects.feature_version_id AND difference.is_added
                JOIN layer ON layer.id = difference.layer_id
                WHERE affects.vulnerability_id = ? AND layer.id >= ?
                ORDER BY layer.id LIMIT ?
                """,
                row -> new IntroducingLayer(row.getLong(1), row.getString(2)),
                vulnerability,
                from,
                limit + 1L);
        return layers.size() > limit
                ? new Side(found, layers.subList(0, limit), layers.get(limit).row())
                : new Side(found, layers, Notification.END);
    }
}
