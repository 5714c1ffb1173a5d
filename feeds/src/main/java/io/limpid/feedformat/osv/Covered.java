package io.limpid.feedformat.osv;

import io.limpid.model.VersionRange;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The versions that some ranges have together, sorted so that each of many versions is found in a few steps.
 *
 * <p>A range with a bound that cannot be compared has no version that can.
 */
final class Covered {
    private final VersionScheme scheme;
    /** By where they begin. */
    private final List<VersionRange> ranges;
    /** Of each range and those before it the one that ends last. */
    private final List<VersionRange> last;

    Covered(List<VersionRange> ranges, VersionScheme scheme) {
        this.scheme = scheme;
        this.ranges = sorted(
                ranges.stream()
                        .filter(range -> isComparable(range.introduced()) && isComparable(end(range)))
                        .toList(),
                this::beginsBefore);
        this.last = new ArrayList<>(this.ranges.size());
        for (VersionRange range : this.ranges) {
            boolean further = last.isEmpty() || endsBefore(last.getLast(), range);
            last.add(further ? range : last.getLast());
        }
    }

    /** Whether a version is in one of the ranges. */
    boolean has(String version) {
        int from = 0;
        int to = ranges.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            String begin = ranges.get(middle).introduced();
            if (begin == null || isAtLeast(version, begin)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        if (from == 0) {
            return false;
        }
        VersionRange range = last.get(from - 1);
        return range.fixed() != null
                ? scheme.compare(version, range.fixed()) == Order.BEFORE
                : range.lastAffected() == null || isAtLeast(range.lastAffected(), version);
    }

    private boolean isComparable(@Nullable String bound) {
        return bound == null || scheme.compare(bound, bound) != Order.UNDECIDED;
    }

    private static @Nullable String end(VersionRange range) {
        return range.fixed() == null ? range.lastAffected() : range.fixed();
    }

    private boolean beginsBefore(VersionRange one, VersionRange other) {
        return other.introduced() != null
                && (one.introduced() == null || scheme.compare(one.introduced(), other.introduced()) == Order.BEFORE);
    }

    private boolean endsBefore(VersionRange one, VersionRange other) {
        String end = end(one);
        String further = end(other);
        if (end == null || further == null) {
            return end != null;
        }
        Order order = scheme.compare(end, further);
        return order == Order.BEFORE || (order == Order.SAME && one.fixed() != null && other.fixed() == null);
    }

    private boolean isAtLeast(String version, String bound) {
        Order order = scheme.compare(version, bound);
        return order == Order.AFTER || order == Order.SAME;
    }

    /**
     * The same in order; what is not before something else stays behind it.
     *
     * <p>Not every pair of versions can be compared, which the sorting of the JDK refuses when it notices.
     */
    static <T> List<T> sorted(List<T> list, BiPredicate<T, T> isBefore) {
        if (list.size() <= 1) {
            return list;
        }
        int half = list.size() / 2;
        List<T> left = sorted(list.subList(0, half), isBefore);
        List<T> right = sorted(list.subList(half, list.size()), isBefore);
        List<T> merged = new ArrayList<>(list.size());
        int next = 0;
        for (T one : left) {
            while (next < right.size() && isBefore.test(right.get(next), one)) {
                merged.add(right.get(next++));
            }
            merged.add(one);
        }
        merged.addAll(right.subList(next, right.size()));
        return merged;
    }
}
