package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Notification;
import io.limpid.server.clair.Notification.IntroducingLayer;
import io.limpid.server.clair.Notification.Side;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.store.StoreWatch.Question;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The news of vulnerabilities: kept until a receiver has read and deleted them. */
public final class NotificationStore {

    /**
     * The right to tell a notification, for a while.
     *
     * @param name the notification's
     * @param epoch another one each time it is claimed: who claimed it before can no longer do anything
     * @param failures how often telling it failed since it was last taken
     * @param age since it was made, by the database's clock
     */
    public record Claim(String name, long epoch, int failures, Duration age) {}

    /**
     * A notification that no receiver has taken yet, or not deleted since.
     *
     * @param created when it was made
     * @param told when it was taken last; null for never
     * @param failures how often telling it failed since it was last taken
     * @param failure why the last time; null when it did not
     * @param next before which nobody tells it; null for as soon as possible
     */
    public record Waiting(
            String name,
            Instant created,
            @Nullable Instant told,
            int failures,
            @Nullable String failure,
            @Nullable Instant next) {}

    private record Row(
            Notification bare,
            @Nullable Long before,
            @Nullable Long after) {}

    private static final String FIND = """
        SELECT name, created_at, notified_at, deleted_at, old_vulnerability_id, new_vulnerability_id
        FROM notification WHERE name = ?\
        """;
    /** Of each version only as many layers as the page has room for: however many have it, a page is no more work than that. */
    private static final String LAYERS = """
        SELECT l.id, l.name FROM (
            SELECT DISTINCT c.layer_id FROM affects a CROSS JOIN LATERAL (
                SELECT layer_id FROM layer_change
                WHERE feature_version_id = a.feature_version_id AND is_added AND layer_id >= ? ORDER BY layer_id LIMIT ?) c
            WHERE a.vulnerability_id = ? ORDER BY c.layer_id LIMIT ?) named
        JOIN layer l ON l.id = named.layer_id ORDER BY l.id\
        """;

    private static final String DELETE = "UPDATE notification SET deleted_at = now() WHERE name = ?";
    /** Those that were tried longest ago first, so that one whose telling fails keeps none from its turn. */
    private static final String CLAIM = """
        UPDATE notification SET claim_owner = ?, claim_epoch = claim_epoch + 1,
            claim_until = clock_timestamp() + ? * interval '1 millisecond'
        WHERE id = (
            SELECT id FROM notification
            WHERE deleted_at IS NULL AND (claim_until IS NULL OR claim_until <= clock_timestamp())
                AND (notified_at IS NULL OR notified_at < clock_timestamp() - ? * interval '1 millisecond')
            ORDER BY claim_until NULLS FIRST, id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING name, claim_epoch, failures,
            (extract(epoch FROM clock_timestamp() - created_at) * 1000)::bigint\
        """;

    private static final String CLAIMED = " WHERE name = ? AND claim_epoch = ? AND claim_owner IS NOT NULL";
    private static final String TOLD =
            "UPDATE notification SET notified_at = now(), claim_owner = NULL, claim_until = clock_timestamp(),"
                    + " failures = 0, failure = NULL" + CLAIMED;
    private static final String FAILED = """
        UPDATE notification SET claim_owner = NULL, claim_until = clock_timestamp() + ? * interval '1 millisecond',
            failures = failures + 1, failure = ?\
        """ + CLAIMED;
    private static final String RELEASE =
            "UPDATE notification SET claim_owner = NULL, claim_until = clock_timestamp()" + CLAIMED;

    /** Those that fail first. */
    private static final String WAITING = """
        SELECT name, created_at, notified_at, failures, failure, claim_until FROM notification
        WHERE deleted_at IS NULL ORDER BY failures DESC, notified_at NULLS FIRST, id LIMIT ?\
        """;

    private static final String AGAIN = """
        UPDATE notification SET failures = 0, failure = NULL, notified_at = NULL, claim_owner = NULL, claim_until = NULL,
            claim_epoch = claim_epoch + 1
        WHERE deleted_at IS NULL AND (claim_owner IS NULL OR claim_until <= clock_timestamp()) AND \
        """;
    private static final String FAILING = "failures > 0";
    private static final String NAMED = "name = ANY (?) RETURNING id";

    private final Database database;

    /** The notifications of a database. */
    public NotificationStore(Database database) {
        this.database = database;
    }

    /** A notification with one page of layers on each side. */
    public Optional<Notification> find(String name, long limit, Notification.Page page) throws ClairException {
        return database.read(Question.of("GetNotification"), connection -> {
            List<Row> found = Rows.query(connection, FIND, NotificationStore::read, name);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Row row = found.getFirst();
            Notification bare = row.bare();
            return Optional.of(new Notification(
                    bare.name(),
                    bare.created(),
                    bare.notified(),
                    bare.deleted(),
                    side(connection, row.before(), limit, page.before()),
                    side(connection, row.after(), limit, page.after())));
        });
    }

    private static Row read(ResultSet row) throws SQLException {
        Notification bare = new Notification(
                row.getString(1),
                row.getTimestamp(2).toInstant(),
                instant(row.getTimestamp(3)),
                instant(row.getTimestamp(4)),
                null,
                null);
        return new Row(bare, (Long) row.getObject(5), (Long) row.getObject(6));
    }

    private static @Nullable Instant instant(@Nullable Timestamp moment) {
        return moment == null ? null : moment.toInstant();
    }

    private static @Nullable Side side(Connection connection, @Nullable Long id, long limit, long from)
            throws SQLException {
        if (id == null) {
            return null;
        }
        var vulnerability = StoredVulnerabilities.byId(connection, id).orElseThrow();
        if (from == Notification.END) {
            return new Side(vulnerability, List.of(), Notification.END);
        }
        // One more than asked for: its row is where the next page begins. Of -1, as in Clair, that is none at all.
        PageSize<IntroducingLayer> size =
                new PageSize<>(limit, layer -> 64L + layer.name().length());
        List<IntroducingLayer> layers = Rows.queryWhile(
                connection,
                LAYERS,
                row -> new IntroducingLayer(row.getLong(1), row.getString(2)),
                size::takes,
                from,
                limit + 1,
                id,
                limit + 1);
        return limit < 0 || !size.isFull()
                ? new Side(vulnerability, layers, Notification.END)
                : new Side(
                        vulnerability,
                        List.copyOf(layers.subList(0, layers.size() - 1)),
                        layers.getLast().row());
    }

    /**
     * Marks a notification as read.
     *
     * @return whether it was known, deleted before or not
     */
    public boolean delete(String name) throws ClairException {
        boolean wasKnown = database.inTransaction(
                Question.of("DeleteNotification"), connection -> Rows.update(connection, DELETE, name) > 0);
        Failpoint.NOTIFICATION_GONE.hit();
        return wasKnown;
    }

    /**
     * Claims one that is to be told: not deleted, and never told or longer ago than a while.
     *
     * @param owner who tells it, for people
     * @param lease how long nobody else gets it
     * @param renotify after how long one is told again
     */
    public Optional<Claim> claim(String owner, Duration lease, Duration renotify) throws ClairException {
        return database.inTransaction(
                Question.of("GetAvailableNotification"),
                connection -> Rows.query(
                                connection,
                                CLAIM,
                                row -> new Claim(
                                        row.getString(1),
                                        row.getLong(2),
                                        row.getInt(3),
                                        Duration.ofMillis(row.getLong(4))),
                                owner,
                                lease.toMillis(),
                                renotify.toMillis())
                        .stream()
                        .findFirst());
    }

    /** Notes that a receiver took it, and ends the claim; whether it still was one. */
    public boolean told(Claim claim) throws ClairException {
        return database.inTransaction(
                Question.of("SetNotificationNotified"),
                connection -> Rows.update(connection, TOLD, claim.name(), claim.epoch()) > 0);
    }

    /**
     * Notes that a receiver did not take it, and ends the claim; whether it still was one.
     *
     * @param why for people
     * @param pause how long nobody gets it
     */
    public boolean failed(Claim claim, String why, Duration pause) throws ClairException {
        return database.inTransaction(
                connection -> Rows.update(connection, FAILED, pause.toMillis(), why, claim.name(), claim.epoch()) > 0);
    }

    /** Those that are not deleted, the ones that fail first; at most so many. */
    public List<Waiting> waiting(int most) throws ClairException {
        return database.read(connection -> Rows.query(
                connection,
                WAITING,
                row -> new Waiting(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        instant(row.getTimestamp(3)),
                        row.getInt(4),
                        row.getString(5),
                        instant(row.getTimestamp(6))),
                most));
    }

    /** Has all that fail told as soon as possible, as if they were new; gives how many. */
    public int replayFailing() throws ClairException {
        return database.inTransaction(connection -> Rows.update(connection, AGAIN + FAILING));
    }

    /** Has those of these names told as soon as possible, as if they were new, but for what is being told now; gives how many. */
    public int replay(List<String> names) throws ClairException {
        return database.inTransaction(connection ->
                Rows.ids(connection, AGAIN + NAMED, (Object) Rows.texts(names)).size());
    }

    /** Ends a claim without success or failure; whether it still was one. */
    public boolean release(Claim claim) throws ClairException {
        return database.inTransaction(connection -> Rows.update(connection, RELEASE, claim.name(), claim.epoch()) > 0);
    }
}
