package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import java.util.Optional;

/** Single values by name: how far an updater got, when it ran last. */
public final class KeyValueStore {
    private final Database database;

    public KeyValueStore(Database database) {
        this.database = database;
    }

    /** The value of a key, if it was ever put. */
    public Optional<String> get(String key) throws ClairException {
        return database.read(connection ->
                Sql.first(connection, "SELECT value FROM key_value WHERE key = ?", row -> row.getString(1), key));
    }

    /** Puts a value in the place of the one that was there. */
    public void put(String key, String value) throws ClairException {
        database.change(connection -> Sql.change(connection, """
            INSERT INTO key_value (key, value) VALUES (?, ?)
            ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value
            """, key, value));
    }
}
