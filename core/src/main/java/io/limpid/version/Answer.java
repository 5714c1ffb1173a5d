package io.limpid.version;

import io.limpid.model.VersionRange;
import java.util.function.Function;

/** Whether a version is one of those that something is about. */
public enum Answer {
    YES,
    NO,
    /** At least one of the versions is none of the scheme, so that nobody can tell. */
    UNDECIDED;

    /**
     * Whether an installed version is in a range.
     *
     * @param installed how it stands to a bound
     */
    public static Answer within(VersionRange range, Function<String, Order> installed) {
        String from = range.introduced();
        String end = range.fixed() != null ? range.fixed() : range.lastAffected();
        // A beginning that is not there is before every version, an end after.
        Order lower = from == null ? Order.AFTER : installed.apply(from);
        Order upper = end == null ? Order.BEFORE : installed.apply(end);
        if (lower == Order.BEFORE || upper == Order.AFTER || (upper == Order.SAME && range.fixed() != null)) {
            return NO;
        }
        return lower == Order.UNDECIDED || upper == Order.UNDECIDED ? UNDECIDED : YES;
    }
}
