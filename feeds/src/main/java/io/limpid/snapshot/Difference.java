package io.limpid.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By how many records two generations differ; texts are not compared.
 *
 * @param added records that only the newer one has
 * @param removed records that only the older one has
 * @param changed records that are filed under the same names and say something else
 */
public record Difference(long added, long removed, long changed) {

    static Difference between(Snapshot before, Snapshot now) throws IOException {
        return between(before.walk(), now.walk())
                .plus(between(before.walkDetails(), now.walkDetails()))
                .plus(between(before.walkProducts(), now.walkProducts()));
    }

    private Difference plus(Difference other) {
        return new Difference(added + other.added, removed + other.removed, changed + other.changed);
    }

    private static <T> Difference between(Snapshot.Walk<T> before, Snapshot.Walk<T> now) throws IOException {
        Side<T> old = new Side<>(before);
        Side<T> current = new Side<>(now);
        long added = 0;
        long removed = 0;
        long changed = 0;
        while (old.next != null || current.next != null) {
            int order = old.compareTo(current);
            List<T> gone = order <= 0 ? old.group() : List.of();
            List<T> come = order >= 0 ? current.group() : List.of();
            if (!gone.equals(come)) {
                long onlyGone = 0;
                long onlyCome = 0;
                for (int balance : balances(gone, come).values()) {
                    onlyGone += Math.max(0, -balance);
                    onlyCome += Math.max(0, balance);
                }
                long both = Math.min(onlyGone, onlyCome);
                added += onlyCome - both;
                removed += onlyGone - both;
                changed += both;
            }
        }
        return new Difference(added, removed, changed);
    }

    /** How many more of each record there are than there were: a group may have very many, so none is searched for. */
    private static <T> Map<T, Integer> balances(List<T> gone, List<T> come) {
        Map<T, Integer> balances = new HashMap<>();
        gone.forEach(one -> balances.merge(one, -1, Integer::sum));
        come.forEach(one -> balances.merge(one, 1, Integer::sum));
        return balances;
    }

    /** One generation, group after group of records with the same key. */
    private static final class Side<T> {
        private final Snapshot.Walk<T> walk;
        private Snapshot.Walk.@Nullable Entry<T> next;

        Side(Snapshot.Walk<T> walk) throws IOException {
            this.walk = walk;
            next = walk.next();
        }

        /** After its end it is greater than everything. */
        int compareTo(Side<T> other) {
            if (next == null || other.next == null) {
                return next == null ? 1 : -1;
            }
            return next.key().compareTo(other.next.key());
        }

        List<T> group() throws IOException {
            List<T> group = new ArrayList<>();
            Key first = next == null ? null : next.key();
            while (next != null && next.key().equals(first)) {
                group.add(next.value());
                next = walk.next();
            }
            return group;
        }
    }
}
