package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.failpoint.Failpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Work that one server at a time does, for a while by the database's clock. */
public final class Leases {

    /**
     * The right to do the work of a name.
     *
     * @param epoch another one each time somebody gets it: who had it before is told so by every change that it guards
     */
    public record Lease(String name, String owner, long epoch) {}

    private static final String ACQUIRE = """
        INSERT INTO lease AS l (name, owner, epoch, until)
        VALUES (?, ?, 1, clock_timestamp() + ? * interval '1 millisecond')
        ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, epoch = l.epoch + 1, until = excluded.until
        WHERE l.until <= clock_timestamp()
        RETURNING epoch\
        """;
    private static final String MINE = " WHERE name = ? AND epoch = ?";
    private static final String RENEW =
            "UPDATE lease SET until = clock_timestamp() + ? * interval '1 millisecond'" + MINE;
    private static final String RELEASE = "UPDATE lease SET until = '-infinity', epoch = epoch + 1" + MINE;
    /** Nobody else gets the lease until the change is committed. */
    private static final String GUARD = "SELECT epoch FROM lease" + MINE + " FOR SHARE";

    private static final String LEFT = """
        SELECT greatest(0, extract(epoch FROM until - clock_timestamp()) * 1000)::bigint FROM lease
        WHERE name = ? AND until > clock_timestamp()\
        """;

    private static final String NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private final Database database;

    /** The leases of a database. */
    public Leases(Database database) {
        this.database = database;
    }

    /**
     * Gets a lease that nobody has.
     *
     * @param owner who works, for people
     */
    public Optional<Lease> acquire(String name, String owner, Duration length) throws ClairException {
        Optional<Lease> acquired = database.inTransaction(
                connection -> Rows.ids(connection, ACQUIRE, name, owner, length.toMillis()).stream()
                        .findFirst()
                        .map(epoch -> new Lease(name, owner, epoch)));
        Failpoint.LEASE_ACQUIRED.hit();
        return acquired;
    }

    /** Holds a lease for longer, also one that ended and that nobody got since; whether it is still held. */
    public boolean renew(Lease lease, Duration length) throws ClairException {
        boolean isHeld = database.inTransaction(
                connection -> Rows.update(connection, RENEW, length.toMillis(), lease.name(), lease.epoch()) > 0);
        Failpoint.LEASE_RENEWED.hit();
        return isHeld;
    }

    /** Gives a lease back; whether it was still held. */
    public boolean release(Lease lease) throws ClairException {
        boolean wasHeld =
                database.inTransaction(connection -> Rows.update(connection, RELEASE, lease.name(), lease.epoch()) > 0);
        Failpoint.LEASE_RELEASED.hit();
        return wasHeld;
    }

    /** How long somebody still has the lease of a name; empty when nobody has. */
    public Optional<Duration> left(String name) throws ClairException {
        return database.read(connection ->
                Rows.ids(connection, LEFT, name).stream().findFirst().map(Duration::ofMillis));
    }

    /** The time by the database's clock. */
    public Instant now() throws ClairException {
        return database.read(
                connection -> Instant.ofEpochMilli(Rows.ids(connection, NOW).getFirst()));
    }

    /** Whether a lease is held, and will be until the end of the transaction. */
    static boolean holds(Connection connection, Lease lease) throws SQLException {
        return !Rows.ids(connection, GUARD, lease.name(), lease.epoch()).isEmpty();
    }
}
