package io.limpid.match;

import io.limpid.model.Correction;
import io.limpid.model.InventoryPackage;
import io.limpid.model.SourcePackage;
import io.limpid.model.VersionRange;
import io.limpid.version.Order;
import io.limpid.version.VersionScheme;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells whether a package is one that a correction is about: by the names and versions by which advisories are about it. */
final class CorrectionScope {
    private final ComparedPackages compared;
    private final Map<InventoryPackage, Map<String, InstalledVersion>> known = new HashMap<>();

    CorrectionScope(ComparedPackages compared) {
        this.compared = compared;
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
        InstalledVersion version = version(correction, one);
        if (version == null) {
            return Within.OTHER_PACKAGE;
        }
        return switch (version.within(correction.versions())) {
            case NO -> Within.NO;
            case UNDECIDED -> Within.UNDECIDED;
            case YES -> Within.YES;
        };
    }

    /** How the installed version of a package that a correction is about stands to another. */
    Order compare(Correction correction, InventoryPackage one, String other) {
        InstalledVersion version = version(correction, one);
        return version == null ? Order.UNDECIDED : version.order(other);
    }

    /** What was compared of a package that a correction is about, for people. */
    String comparison(Correction correction, InventoryPackage one) {
        InstalledVersion version = version(correction, one);
        if (version == null) {
            return one.value().version();
        }
        VersionRange range = correction.versions();
        return version.comparison(
                correction.fixedVersion() == null
                        ? range
                        : new VersionRange(range.introduced(), correction.fixedVersion(), null));
    }

    /** The names under which a correction may be about a package. */
    Set<String> names(InventoryPackage one) {
        return versions(one).keySet();
    }

    /** The version that is meant: that of the source package where it is named; null where the package is another. */
    private @Nullable InstalledVersion version(Correction correction, InventoryPackage one) {
        for (Map.Entry<String, InstalledVersion> named : versions(one).entrySet()) {
            if (correction.isNamed(named.getKey())) {
                return named.getValue();
            }
        }
        return null;
    }

    private Map<String, InstalledVersion> versions(InventoryPackage one) {
        Map<String, InstalledVersion> found = known.get(one);
        if (found == null) {
            VersionScheme own = compared.scheme(one.value().type());
            VersionScheme scheme = own == null ? VersionScheme.UNKNOWN : own;
            found = new LinkedHashMap<>(new Installed(one.value(), scheme).versions());
            SourcePackage written = one.value().source();
            if (written != null) {
                // A signed kernel's own source, of which no advisory speaks, may be named here all the same.
                found.putIfAbsent(written.name(), InstalledVersion.of(written.version(), scheme));
            }
            known.put(one, found);
        }
        return found;
    }
}
