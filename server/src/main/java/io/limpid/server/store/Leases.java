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

    private static final String MAKE =
            "INSERT INTO lease (name, owner, epoch, until) VALUES (?, '', 0, '-infinity') ON CONFLICT (name) DO"
                    + " NOTHING";
    /** Nothing where it has not ended, or while something is committed that it guarded. */
    private static final String LOCK_FREE =
            "SELECT epoch FROM lease WHERE name = ? AND until <= clock_timestamp() FOR UPDATE SKIP LOCKED";

    private static final String ACQUIRE = """
        UPDATE lease SET owner = ?, epoch = epoch + 1, until = clock_timestamp() + ? * interval '1 millisecond'
        WHERE name = ? RETURNING epoch\
        """;
    private static final String MINE = " WHERE name = ? AND epoch = ?";
    private static final String RENEW =
            "UPDATE lease SET until = clock_timestamp() + ? * interval '1 millisecond'" + MINE;
    private static final String RELEASE = "UPDATE lease SET until = '-infinity', epoch = epoch + 1" + MINE;
    /** Nobody else gets the lease until the change is committed; it may be renewed and given back. */
    private static final String GUARD = "SELECT epoch FROM lease" + MINE + " FOR KEY SHARE";

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
        Optional<Lease> acquired = database.inTransaction(connection -> {
            Rows.update(connection, MAKE, name);
            if (Rows.ids(connection, LOCK_FREE, name).isEmpty()) {
                return Optional.empty();
            }
            long epoch = Rows.ids(connection, ACQUIRE, owner, length.toMillis(), name)
                    .getFirst();
            return Optional.of(new Lease(name, owner, epoch));
        });
        if (acquired.isPresent()) {
            Failpoint.LEASE_ACQUIRED.hit();
        }
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
