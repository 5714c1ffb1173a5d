package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.store.StoreWatch.Question;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Single values by their keys, as the time of the last update. */
public final class KeyValueStore {
    private static final String GET = "SELECT value FROM key_value WHERE key = ?";
    private static final String GET_ALL = "SELECT key, value FROM key_value WHERE key = ANY (?)";
    private static final String PUT =
            "INSERT INTO key_value (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

    private final Database database;

    /** The values of a database. */
    public KeyValueStore(Database database) {
        this.database = database;
    }

    /** The value of a key. */
    public Optional<String> get(String key) throws ClairException {
        return database.read(
                Question.of("GetKeyValue"),
                connection -> Rows.query(connection, GET, row -> row.getString(1), key).stream()
                        .findFirst());
    }

    /** The values of those of the keys that have one. */
    public Map<String, String> get(Collection<String> keys) throws ClairException {
        return database
                .read(
                        Question.of("GetKeyValues"),
                        connection -> Rows.query(
                                connection, GET_ALL, row -> Map.entry(row.getString(1), row.getString(2)), (Object)
                                        Rows.texts(keys)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Sets a value. */
    public void put(String key, String value) throws ClairException {
        database.change(connection -> Rows.update(connection, PUT, key, value));
        Failpoint.VALUE_PUT.hit();
    }

    /** Sets a value while a lease is held; whether it is. */
    public boolean put(String key, String value, Leases.Lease lease) throws ClairException {
        boolean isHeld = database.inTransaction(
                connection -> Leases.holds(connection, lease) && Rows.update(connection, PUT, key, value) > 0);
        Failpoint.VALUE_PUT.hit();
        return isHeld;
    }
}
