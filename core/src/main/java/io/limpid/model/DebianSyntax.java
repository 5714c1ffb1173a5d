package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * What dpkg takes for the name, the version and the source of a package: one rule for its database, for documents and for the order of versions.
 *
 * <p>dpkg only warns of odd characters in a version ({@code 1_2}) and of one that starts with no digit ({@code v1.2}), so they are taken here too.
 * Stricter than dpkg: a signed epoch, control characters and anything beyond ASCII, because dpkg's answer to them is an accident of C.
 */
public final class DebianSyntax {
    private DebianSyntax() {}

    /** Whether {@code name} starts with a letter or digit and has only those and {@code - + . _}. */
    public static boolean isName(String name) {
        if (name.isEmpty() || !isLetterOrDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetterOrDigit(c) && "-+._".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** What dpkg would refuse a version for, as {@code has no upstream version}, or null when it would take it. */
    public static @Nullable String versionFault(String version) {
        int end = version.length();
        for (int i = 0; i < end; i++) {
            char c = version.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return "has spaces or other characters that no version has";
            }
        }
        int colon = version.indexOf(':');
        if (colon >= 0 && epoch(version, colon) < 0) {
            return "has an epoch that is no number up to " + Integer.MAX_VALUE;
        }
        int hyphen = version.lastIndexOf('-');
        if (colon + 1 == end || hyphen == colon + 1) {
            return "has no upstream version";
        }
        return hyphen == end - 1 ? "has an empty revision" : null;
    }

    /** The number before the colon at this place, or -1 when there is none that dpkg would take. */
    public static int epoch(String version, int colon) {
        long epoch = colon == 0 ? -1 : 0;
        for (int i = 0; i < colon && epoch >= 0; i++) {
            char c = version.charAt(i);
            epoch = c >= '0' && c <= '9' ? epoch * 10 + (c - '0') : -1;
            if (epoch > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return (int) epoch;
    }

    /**
     * The source package that a Source field names, {@code glibc} or {@code glibc (2.36-9)}; null when the field makes
     * no sense.
     *
     * @param name the package itself, which is its own source when there is no field
     * @param version its version, which is the source's when the field has none
     * @param field the field's value, null when there is none
     */
    public static @Nullable SourcePackage source(String name, String version, @Nullable String field) {
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

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
