package io.limpid.match;

import io.limpid.model.Correction;
import io.limpid.model.InventoryPackage;
import io.limpid.model.SourcePackage;
import io.limpid.model.VersionRange;
import io.limpid.version.Standing;
import io.limpid.version.VersionScheme;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells how a correction stands to a package: by the names and versions by which advisories are about it. */
final class CorrectionScope {
    private final ComparedPackages compared;
    private final Map<InventoryPackage, Map<String, InstalledVersion>> known = new HashMap<>();

    CorrectionScope(ComparedPackages compared) {
        this.compared = compared;
    }

    /** How a correction stands to the installed version of a package; null where it is about another package. */
    @Nullable
    Standing standing(Correction correction, InventoryPackage one) {
        InstalledVersion version = version(correction, one);
        return version == null ? null : Standing.of(correction, version::order);
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
