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

    static Difference between(Snapshot before, Snapshot now) throws IOException {
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

    /** How many more of each advisory there are than there were: a group may have very many, so none is searched for. */
    private static Map<Advisory, Integer> balances(List<Advisory> gone, List<Advisory> come) {
        Map<Advisory, Integer> balances = new HashMap<>();
        gone.forEach(advisory -> balances.merge(advisory, -1, Integer::sum));
        come.forEach(advisory -> balances.merge(advisory, 1, Integer::sum));
        return balances;
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
