package io.limpid.server.store;

import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.FeatureVersion;
import io.limpid.server.clair.VersionFormats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fixes of a vulnerability by the names of the features.
 *
 * @param byFeature in the order in which they were named
 * @param isChanged whether they are others than before
 */
record Fixes(Map<String, Fixed> byFeature, boolean isChanged) {

    /**
     * Where a feature is fixed.
     *
     * @param format empty for the one of the namespace
     */
    record Fixed(String version, String format) {}

    /** Those of a new vulnerability: of several of one feature the first counts. */
    static Fixes first(List<FeatureVersion> given, String format) throws ClairException {
        Map<String, Fixed> fixes = new LinkedHashMap<>();
        for (FeatureVersion fix : given) {
            if (!fix.version().equals(VersionFormats.LOWEST)) {
                fixes.putIfAbsent(fix.feature().name(), fixed(fix, format));
            }
        }
        return new Fixes(fixes, true);
    }

    /** Those of a vulnerability that is known: of several of one feature the last counts, and the lowest version takes the feature out. */
    static Fixes changed(Map<String, Fixed> before, List<FeatureVersion> given, String format) throws ClairException {
        Map<String, FeatureVersion> last = new LinkedHashMap<>();
        given.forEach(fix -> last.put(fix.feature().name(), fix));
        Map<String, Fixed> fixes = new LinkedHashMap<>(before);
        boolean isChanged = false;
        for (FeatureVersion fix : last.values()) {
            String name = fix.feature().name();
            Fixed old = fixes.get(name);
            if (fix.version().equals(VersionFormats.LOWEST)) {
                isChanged |= fixes.remove(name) != null;
            } else if (old == null || !old.version().equals(fix.version())) {
                fixes.put(name, fixed(fix, format));
                isChanged = true;
            }
        }
        return new Fixes(fixes, isChanged);
    }

    private static Fixed fixed(FeatureVersion fix, String format) throws ClairException {
        if (fix.feature().name().isEmpty()) {
            throw new ClairException(ClairError.FEATURE_INVALID);
        }
        String own = fix.feature().namespace().versionFormat();
        // One that names no namespace is of the vulnerability's, in all.
        boolean isInherited = !VersionFormats.isKnown(own)
                || (fix.feature().namespace().name().isEmpty() && !format.isEmpty());
        String compared = isInherited ? format : own;
        if (!compared.isEmpty() && !VersionFormats.isValid(compared, fix.version())) {
            throw new ClairException(ClairError.VERSION_INVALID);
        }
        return new Fixed(fix.version(), compared.equals(format) ? "" : compared);
    }
}
