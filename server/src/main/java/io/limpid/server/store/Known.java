package io.limpid.server.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ids of the rows of names that were asked for last; only of rows that are committed and never change.
 *
 * @param <K> the name
 */
final class Known<K> {
    private final Map<K, Long> ids;

    Known(int most) {
        ids = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<Long> id(K name) {
        return Optional.ofNullable(ids.get(name));
    }

    synchronized void putAll(Map<K, Long> found) {
        ids.putAll(found);
    }
}
