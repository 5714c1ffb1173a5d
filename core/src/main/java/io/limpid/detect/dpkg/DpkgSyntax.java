package io.limpid.detect.dpkg;

import io.limpid.model.SourcePackage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What dpkg accepts in its own database.
 *
 * <p>Its reader is more lenient than Debian's policy: it only warns of odd characters in a version, so such packages
 * are listed.
 */
final class DpkgSyntax {
    /** The states in which all files of a package are there and its scripts have run or wait to be told something. */
    static final Set<String> INSTALLED = Set.of("installed", "triggers-pending", "triggers-awaited");

    /** The states in which no file of a package is there but for its configuration. */
    static final Set<String> GONE = Set.of("not-installed", "config-files");

    /** Every state there is. */
    static final Set<String> STATES = Set.of(
            "not-installed",
            "config-files",
            "half-installed",
            "unpacked",
            "half-configured",
            "triggers-awaited",
            "triggers-pending",
            "installed");

    private static final int EPOCH_DIGITS = 10;

    private DpkgSyntax() {}

    /** Whether {@code name} starts with a letter or digit and has only those and {@code - + . _}. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && isLetterOrDigit(name.charAt(0))
                && name.chars().allMatch(c -> isLetterOrDigit(c) || "-+._".indexOf(c) >= 0);
    }

    /** What dpkg would refuse a version for, or null when it would take it. */
    static @Nullable String versionFault(String version) {
        if (!version.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return "has spaces or other characters that no version has";
        }
        int colon = version.indexOf(':');
        if (colon >= 0 && !isEpoch(version.substring(0, colon))) {
            return "has an epoch that is no number";
        }
        String rest = version.substring(colon + 1);
        int hyphen = rest.lastIndexOf('-');
        if (rest.isEmpty() || hyphen == 0) {
            return "has no upstream version";
        }
        return hyphen == rest.length() - 1 ? "has an empty revision" : null;
    }

    /**
     * The source package that a Source field names, {@code glibc} or {@code glibc (2.36-9)}; null when the field makes
     * no sense.
     *
     * @param name the package itself, which is its own source when there is no field
     * @param version its version, which is the source's when the field has none
     * @param field the field's value, null when there is none
     */
    static @Nullable SourcePackage source(String name, String version, @Nullable String field) {
        if (field == null) {
            return new SourcePackage(name, version);
        }
        int open = field.indexOf('(');
        String source = (open < 0 ? field : field.substring(0, open)).strip();
        if (!isName(source)) {
            return null;
        }
        if (open < 0) {
            return new SourcePackage(source, version);
        }
        int close = field.indexOf(')', open);
        String own =
                field.substring(open + 1, close < 0 ? field.length() : close).strip();
        return own.isEmpty() || versionFault(own) != null ? null : new SourcePackage(source, own);
    }

    private static boolean isEpoch(String text) {
        return !text.isEmpty() && text.length() <= EPOCH_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
