package io.limpid.feedformat.osv;

import io.limpid.feedformat.osv.OsvAffected.Event;
import io.limpid.feedformat.osv.OsvAffected.Event.Kind;
import io.limpid.model.VersionRange;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes intervals of OSV's events, which may come in any order.
 *
 * <p>Events of which some cannot be compared are taken in the document's order: what cannot be compared must stay in the intervals, for the matcher
 * then says that it cannot tell.
 */
final class Intervals {
    /** Before every version. */
    private static final String BEGINNING = "0";

    private static final String NO_LIMIT = "*";

    private final VersionScheme scheme;

    private Intervals(VersionScheme scheme) {
        this.scheme = scheme;
    }

    static List<VersionRange> of(OsvAffected affected, VersionScheme scheme) {
        Intervals intervals = new Intervals(scheme);
        Set<VersionRange> all = new LinkedHashSet<>();
        for (OsvAffected.Range range : affected.ranges()) {
            if (range.isOfVersions()) {
                all.addAll(intervals.range(range.events()));
            }
        }
        if (!all.contains(VersionRange.ALL)) {
            boolean none = all.isEmpty();
            Covered covered = new Covered(List.copyOf(all), scheme);
            for (String version : affected.versions()) {
                // One that cannot be compared with anything counts only where there is no range.
                boolean listed = none || scheme.compare(version, version) != Order.UNDECIDED;
                if (listed && !covered.has(version)) {
                    all.add(new VersionRange(version, null, version));
                }
            }
        }
        return List.copyOf(all);
    }

    static @Nullable String fixed(OsvAffected affected, VersionScheme scheme) {
        String newest = null;
        for (OsvAffected.Range range : affected.ranges()) {
            for (Event event : range.isOfVersions() ? range.events() : List.<Event>of()) {
                boolean fixes = event.kind() == Kind.FIXED;
                if (fixes && (newest == null || scheme.compare(event.version(), newest) == Order.AFTER)) {
                    newest = event.version();
                }
            }
        }
        return newest;
    }

    private List<VersionRange> range(List<Event> events) {
        List<VersionRange> intervals = new ArrayList<>();
        List<Event> sorted = Covered.sorted(
                events.stream().filter(event -> event.kind() != Kind.LIMIT).toList(), this::isBefore);
        String from = null;
        boolean open = false;
        for (Event event : sorted) {
            switch (event.kind()) {
                case INTRODUCED -> {
                    if (!open) {
                        from = event.version().equals(BEGINNING) ? null : event.version();
                        open = true;
                    }
                }
                case FIXED -> {
                    if (open) {
                        intervals.add(new VersionRange(from, event.version(), null));
                        open = false;
                    }
                }
                case LAST_AFFECTED -> {
                    if (open) {
                        intervals.add(new VersionRange(from, null, event.version()));
                        open = false;
                    }
                }
                case LIMIT -> {}
            }
        }
        if (open) {
            intervals.add(new VersionRange(from, null, null));
        }
        String limit = limit(events);
        return limit == null ? intervals : cut(intervals, limit);
    }

    private boolean isBefore(Event one, Event other) {
        if (one.version().equals(other.version())) {
            // What ends where something else begins does not end that; but before the beginning nothing began that
            // could end.
            return one.version().equals(BEGINNING)
                    ? one.kind() == Kind.INTRODUCED && other.kind() != Kind.INTRODUCED
                    : one.kind() != Kind.INTRODUCED
                            && one.kind() != Kind.LAST_AFFECTED
                            && other.kind() == Kind.INTRODUCED;
        }
        if (one.kind() == Kind.INTRODUCED && one.version().equals(BEGINNING)) {
            return true;
        }
        boolean first = other.kind() == Kind.INTRODUCED && other.version().equals(BEGINNING);
        return !first && scheme.compare(one.version(), other.version()) == Order.BEFORE;
    }

    /** The last of the limits; null when there is none. */
    private @Nullable String limit(List<Event> events) {
        String last = null;
        for (Event event : events) {
            if (event.kind() != Kind.LIMIT) {
                continue;
            }
            if (event.version().equals(NO_LIMIT)) {
                return null;
            }
            last = last == null || scheme.compare(event.version(), last) == Order.AFTER ? event.version() : last;
        }
        return last;
    }

    private List<VersionRange> cut(List<VersionRange> intervals, String limit) {
        List<VersionRange> cut = new ArrayList<>(intervals.size());
        for (VersionRange interval : intervals) {
            String from = interval.introduced();
            Order begins = from == null ? Order.BEFORE : scheme.compare(from, limit);
            String end = interval.fixed() != null ? interval.fixed() : interval.lastAffected();
            Order ends = end == null ? Order.AFTER : scheme.compare(end, limit);
            boolean all =
                    ends == Order.BEFORE || ends == Order.UNDECIDED || (ends == Order.SAME && interval.fixed() != null);
            if (begins == Order.BEFORE || begins == Order.UNDECIDED) {
                cut.add(all ? interval : new VersionRange(from, limit, null));
            }
        }
        return cut;
    }
}
