package io.limpid.snapshot;

import io.limpid.model.FeedRecord;
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

    /** Hears of each record that differs: advisories by release, package and id, then what else there is. */
    @FunctionalInterface
    public interface Changes {
        /** What only hears how many they are. */
        Changes NOT_TOLD = (_, _) -> {};

        /**
         * A record differs; both are of the same kind.
         *
         * @param before what the older generation says, null when it says nothing
         * @param now what the newer one says, null when it says nothing
         */
        void changed(@Nullable FeedRecord before, @Nullable FeedRecord now) throws IOException;
    }

    static Difference between(Snapshot before, Snapshot now) throws IOException {
        return between(before, now, Changes.NOT_TOLD);
    }

    static Difference between(Snapshot before, Snapshot now, Changes changes) throws IOException {
        return between(before.walk(), now.walk(), changes)
                .plus(between(before.walkDetails(), now.walkDetails(), changes))
                .plus(between(before.walkProducts(), now.walkProducts(), changes));
    }

    private Difference plus(Difference other) {
        return new Difference(added + other.added, removed + other.removed, changed + other.changed);
    }

    private static <T extends FeedRecord> Difference between(
            Snapshot.Walk<T> before, Snapshot.Walk<T> now, Changes changes) throws IOException {
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
                List<T> onlyGone = without(gone, come);
                List<T> onlyCome = without(come, gone);
                int both = Math.min(onlyGone.size(), onlyCome.size());
                added += onlyCome.size() - both;
                removed += onlyGone.size() - both;
                changed += both;
                for (int i = 0; i < Math.max(onlyGone.size(), onlyCome.size()); i++) {
                    changes.changed(
                            i < onlyGone.size() ? onlyGone.get(i) : null, i < onlyCome.size() ? onlyCome.get(i) : null);
                }
            }
        }
        return new Difference(added, removed, changed);
    }

    /** Those that are not among others, each as often as it is there more often: a group may have very many, so none is searched for. */
    private static <T> List<T> without(List<T> these, List<T> others) {
        Map<T, Integer> left = new HashMap<>();
        others.forEach(one -> left.merge(one, 1, Integer::sum));
        List<T> only = new ArrayList<>();
        for (T one : these) {
            if (left.merge(one, -1, Integer::sum) < 0) {
                only.add(one);
            }
        }
        return only;
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
