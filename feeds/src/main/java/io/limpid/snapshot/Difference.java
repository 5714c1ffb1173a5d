package io.limpid.snapshot;

import io.limpid.model.Advisory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
                List<Advisory> onlyGone = without(gone, come);
                List<Advisory> onlyCome = without(come, gone);
                int both = Math.min(onlyGone.size(), onlyCome.size());
                added += onlyCome.size() - both;
                removed += onlyGone.size() - both;
                changed += both;
            }
        }
        return new Difference(added, removed, changed);
    }

    private static List<Advisory> without(List<Advisory> all, List<Advisory> others) {
        List<Advisory> left = new ArrayList<>(all);
        others.forEach(left::remove);
        return left;
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
