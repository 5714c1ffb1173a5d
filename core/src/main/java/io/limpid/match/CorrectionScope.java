package io.limpid.match;

import io.limpid.model.Correction;
import io.limpid.model.InventoryPackage;
import io.limpid.model.SourcePackage;
import io.limpid.model.VersionRange;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whether a package is one that a correction is about. */
final class CorrectionScope {
    private final Map<String, VersionScheme> schemes = new HashMap<>();

    CorrectionScope(List<VersionScheme> all) {
        for (VersionScheme scheme : all) {
            scheme.packageTypes().forEach(type -> schemes.put(type, scheme));
        }
    }

    /** Whether it is. */
    enum Within {
        OTHER_PACKAGE,
        /** It has another version. */
        NO,
        /** Its version cannot be compared. */
        UNDECIDED,
        YES
    }

    Within within(Correction correction, InventoryPackage one) {
        String version = version(correction, one);
        if (version == null) {
            return Within.OTHER_PACKAGE;
        }
        VersionRange range = correction.versions();
        String from = range.introduced();
        String end = range.fixed() != null ? range.fixed() : range.lastAffected();
        // An end that is not there is after everything, a beginning before.
        Order lower = from == null ? Order.BEFORE : compare(one, from, version);
        Order upper = end == null ? Order.BEFORE : compare(one, version, end);
        if (lower == Order.AFTER || upper == Order.AFTER || (upper == Order.SAME && range.fixed() != null)) {
            return Within.NO;
        }
        return lower == Order.UNDECIDED || upper == Order.UNDECIDED ? Within.UNDECIDED : Within.YES;
    }

    /** How the installed version of a package that a correction is about stands to another. */
    Order compare(Correction correction, InventoryPackage one, String other) {
        String version = version(correction, one);
        return version == null ? Order.UNDECIDED : compare(one, version, other);
    }

    /** What was compared of a package that a correction is about, for people. */
    String comparison(Correction correction, InventoryPackage one) {
        String version = String.valueOf(version(correction, one));
        VersionRange range = correction.versions();
        List<String> parts = new ArrayList<>();
        if (range.introduced() != null) {
            parts.add(range.introduced() + sign(one, range.introduced(), version, true) + version);
        }
        String fixed = correction.fixedVersion() != null ? correction.fixedVersion() : range.fixed();
        if (fixed != null) {
            parts.add(version + sign(one, version, fixed, false) + fixed);
        } else if (range.lastAffected() != null) {
            parts.add(version + sign(one, version, range.lastAffected(), true) + range.lastAffected());
        }
        return parts.isEmpty() ? version + ", as every version" : String.join(" and ", parts);
    }

    private String sign(InventoryPackage one, String from, String to, boolean orSame) {
        return switch (compare(one, from, to)) {
            case BEFORE -> orSame ? " <= " : " < ";
            case SAME -> " = ";
            case AFTER -> " > ";
            case UNDECIDED -> " ? ";
        };
    }

    private Order compare(InventoryPackage one, String from, String to) {
        VersionScheme scheme = schemes.get(one.value().type());
        return scheme == null ? Order.UNDECIDED : scheme.compare(from, to);
    }

    /** The version that is meant: that of the source package where it is named; null where the package is another. */
    private static @Nullable String version(Correction correction, InventoryPackage one) {
        SourcePackage source = one.value().source();
        if (source != null && correction.isNamed(source.name())) {
            return source.version();
        }
        return correction.isNamed(one.value().name()) ? one.value().version() : null;
    }
}
