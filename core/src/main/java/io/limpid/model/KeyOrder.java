package io.limpid.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An order by several keys, of which the first that differs decides; what has none (null) comes first.
 *
 * <p>{@link Comparator#comparing} would do, but the code of its serializable comparators is made anew in each process, and no start-up cache
 * keeps it.
 */
public final class KeyOrder<T> implements Comparator<T> {
    private final List<Comparator<T>> keys;

    private KeyOrder(List<Comparator<T>> keys) {
        this.keys = keys;
    }

    /** By this key. */
    public static <T, K extends Comparable<? super K>> KeyOrder<T> by(Function<T, @Nullable K> key) {
        return new KeyOrder<T>(List.of()).then(key);
    }

    /** Then by this key. */
    public <K extends Comparable<? super K>> KeyOrder<T> then(Function<T, @Nullable K> key) {
        return then(key, (one, other) -> one.compareTo(other));
    }

    /** Then by this key in an order of its own. */
    public <K> KeyOrder<T> then(Function<T, @Nullable K> key, Comparator<K> order) {
        List<Comparator<T>> more = new ArrayList<>(keys);
        more.add((one, other) -> compare(key.apply(one), key.apply(other), order));
        return new KeyOrder<>(List.copyOf(more));
    }

    @Override
    public int compare(T one, T other) {
        for (Comparator<T> key : keys) {
            int compared = key.compare(one, other);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private static <K> int compare(@Nullable K one, @Nullable K other, Comparator<K> order) {
        if (one == null) {
            return other == null ? 0 : -1;
        }
        return other == null ? 1 : order.compare(one, other);
    }
}
