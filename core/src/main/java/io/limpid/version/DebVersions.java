package io.limpid.version;

import io.limpid.model.DebianSyntax;
import java.util.Set;

/**
 * The versions of Debian packages, {@code [epoch:]upstream[-revision]}, as deb-version(7) and dpkg read them.
 *
 * <p>What dpkg refuses ({@link DebianSyntax#versionFault}) is invalid here: nothing at all, blanks inside, an epoch that is no number up to
 * 2147483647, nothing after the colon, an empty upstream part, a hyphen with no revision behind it. Blanks at either end are dropped, as dpkg
 * drops them.
 *
 * <p>opkg's packages are ordered so too: its comparison is dpkg's.
 */
public final class DebVersions implements VersionScheme {
    private static final String ID = "deb";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<String> packageTypes() {
        return Set.of(ID, "opkg");
    }

    @Override
    public Version parse(String text) throws InvalidVersionException {
        String trimmed = trimmed(text);
        if (trimmed.isEmpty()) {
            throw new InvalidVersionException(ID, text, "it is empty");
        }
        String fault = DebianSyntax.versionFault(trimmed);
        if (fault != null) {
            throw new InvalidVersionException(ID, text, "it " + fault);
        }
        int colon = trimmed.indexOf(':');
        int hyphen = trimmed.lastIndexOf('-');
        return new DebVersion(
                trimmed,
                colon < 0 ? 0 : DebianSyntax.epoch(trimmed, colon),
                colon + 1,
                hyphen < 0 ? trimmed.length() : hyphen);
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
