package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a database is and has, for people.
 *
 * @param server PostgreSQL's version
 * @param schema the newest step of the tables; 0 when there are none
 * @param now by its clock
 * @param contents null when the tables lack steps that this version knows
 */
public record StoreSummary(
        String server, int schema, Instant now, @Nullable Contents contents) {

    /**
     * What is stored.
     *
     * @param vulnerabilities those that are not deleted
     * @param notifications that are not deleted
     * @param failing of them those that were tried in vain
     * @param untold of them those that were never tried
     * @param holder who has the lease that was asked for
     */
    public record Contents(
            long layers,
            long vulnerabilities,
            long notifications,
            long failing,
            long untold,
            Optional<Holder> holder) {}

    /**
     * Who holds a lease.
     *
     * @param owner who works, for people
     * @param left for how long at most, unless it is renewed
     */
    public record Holder(String owner, Duration left) {}

    private static final String SERVER =
            "SELECT current_setting('server_version'), (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    private static final String CONTENTS = """
        SELECT (SELECT count(*) FROM layer), (SELECT count(*) FROM vulnerability WHERE deleted_at IS NULL), count(*),
            count(*) FILTER (WHERE failures > 0), count(*) FILTER (WHERE failures = 0 AND notified_at IS NULL)
        FROM notification WHERE deleted_at IS NULL\
        """;
    private static final String HOLDER = """
        SELECT owner, (extract(epoch FROM until - clock_timestamp()) * 1000)::bigint FROM lease
        WHERE name = ? AND until > clock_timestamp()\
        """;

    /**
     * Asks a database, which may have no tables.
     *
     * @param known the newest step that this version knows
     * @param lease whose holder is asked for
     */
    public static StoreSummary of(Database database, int known, String lease) throws ClairException {
        return database.read(connection -> {
            int schema = Migrations.version(connection);
            Contents contents = schema < known ? null : contents(connection, lease);
            return Rows.query(
                            connection,
                            SERVER,
                            row -> new StoreSummary(
                                    row.getString(1), schema, Instant.ofEpochMilli(row.getLong(2)), contents))
                    .getFirst();
        });
    }

    private static Contents contents(Connection connection, String lease) throws SQLException {
        List<Holder> holders = Rows.query(
                connection, HOLDER, row -> new Holder(row.getString(1), Duration.ofMillis(row.getLong(2))), lease);
        Optional<Holder> holder = holders.stream().findFirst();
        return Rows.query(
                        connection,
                        CONTENTS,
                        row -> new Contents(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), holder))
                .getFirst();
    }
}
