package io.limpid.match;

import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.InventoryPackage;
import io.limpid.version.VersionScheme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells which packages are compared with advisories, and by which order of versions. */
final class ComparedPackages {
    private final Map<String, VersionScheme> schemes = new HashMap<>();

    /** Compares versions by these schemes, each those of the packages whose types it names. */
    ComparedPackages(List<VersionScheme> all) {
        for (VersionScheme scheme : all) {
            for (String type : scheme.packageTypes()) {
                schemes.put(type, scheme);
            }
        }
    }

    /** The order of the versions of packages of a type; null when none is known. */
    @Nullable
    VersionScheme scheme(String type) {
        return schemes.get(type);
    }

    /**
     * The same for a package in an image; null also where what is said of the distribution's packages is not said of it.
     *
     * @param distro null when it is not known: then its packages may be of any type
     */
    @Nullable
    VersionScheme scheme(InventoryPackage one, @Nullable Distro distro) {
        if (one.value().isOfDocument()) {
            // Nothing tells whose it is, nor that it was built as the distribution's own was.
            return null;
        }
        String type = one.value().type();
        String own = distro == null ? null : Distros.packageType(distro.id());
        return own == null || own.equals(type) ? scheme(type) : null;
    }
}
