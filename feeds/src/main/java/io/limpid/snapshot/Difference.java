package io.limpid.snapshot;

import io.limpid.model.Advisory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By how many advisories two generations differ; texts are not compared.
 *
 * @param added advisories that only the newer one has
 * @param removed advisories that only the older one has
 * @param changed advisories of the same release, package and id that say something else
 */
public record Difference(long added, long removed, long changed) {

    /** Hears of each advisory that differs, by release, package and id. */
    @FunctionalInterface
    public interface Changes {
        /** What only hears how many they are. */
        Changes NOT_TOLD = (_, _) -> {};

        /**
         * An advisory differs.
         *
         * @param before what the older generation says, null when it says nothing
         * @param now what the newer one says, null when it says nothing
         */
        void changed(@Nullable Advisory before, @Nullable Advisory now) throws IOException;
    }

    static Difference between(Snapshot before, Snapshot now) throws IOException {
        return between(before, now, Changes.NOT_TOLD);
    }

    static Difference between(Snapshot before, Snapshot now, Changes changes) throws IOException {
        Side old = new Side(before.walk());
        Side current = new Side(now.walk());
        long added = 0;
        long removed = 0;
        long changed = 0;
        while (old.key != null || current.key != null) {
            int order = old.compareTo(current);
            List<Advisory> gone = order <= 0 ? old.group() : List.of();
            List<Advisory> come = order >= 0 ? current.group() : List.of();
            if (!gone.equals(come)) {
                List<Advisory> onlyGone = without(gone, come);
                List<Advisory> onlyCome = without(come, gone);
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
    private static List<Advisory> without(List<Advisory> these, List<Advisory> others) {
        Map<Advisory, Integer> left = new HashMap<>();
        others.forEach(advisory -> left.merge(advisory, 1, Integer::sum));
        List<Advisory> only = new ArrayList<>();
        for (Advisory advisory : these) {
            if (left.merge(advisory, -1, Integer::sum) < 0) {
                only.add(advisory);
            }
        }
        return only;
    }

    /** One generation, group after group of advisories with the same key. */
    private static final class Side {
        private final Snapshot.AdvisoryWalk walk;
        private @Nullable Advisory next;
        private @Nullable Key key;

        Side(Snapshot.AdvisoryWalk walk) throws IOException {
            this.walk = walk;
            advance();
        }

        private void advance() throws IOException {
            next = walk.next();
            key = next == null ? null : new AdvisoryRecord(next, 0).key();
        }

        /** After its end it is greater than everything. */
        int compareTo(Side other) {
            if (key == null || other.key == null) {
                return key == null ? 1 : -1;
            }
            return key.compareTo(other.key);
        }

        List<Advisory> group() throws IOException {
            List<Advisory> group = new ArrayList<>();
            Key first = key;
            while (next != null && key != null && key.equals(first)) {
                group.add(next);
                advance();
            }
            return group;
        }
    }
}
