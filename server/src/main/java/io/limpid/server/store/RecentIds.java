package io.limpid.server.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ids of committed rows by what names them, those that were not asked for longest forgotten first.
 *
 * @param <K> names a row
 * @param <V> its id
 */
final class RecentIds<K, V> {
    private final Map<K, V> ids;

    RecentIds(int most) {
        ids = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    synchronized @Nullable V get(K key) {
        return ids.get(key);
    }

    synchronized void putAll(Map<K, V> more) {
        ids.putAll(more);
    }

    synchronized void clear() {
        ids.clear();
    }
}
