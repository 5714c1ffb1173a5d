package io.limpid.server.clair;

import org.jspecify.annotations.Nullable;

/**
 * Clair's orders of versions, by their names: {@code dpkg} and {@code rpm}.
 *
 * <p>They are not those of dpkg and rpm, and so not those of {@code io.limpid.version}: more is valid, {@code ^} never is, and a missing release is an
 * empty one. What the original answered is what its clients have stored.
 */
public final class VersionFormats {
    /** Before every version. */
    public static final String LOWEST = "#MINV#";
    /** After every version: no version has the fix. */
    public static final String HIGHEST = "#MAXV#";

    private static final String DPKG = "dpkg";
    private static final String RPM = "rpm";

    private VersionFormats() {}

    /**
     * Compares two versions.
     *
     * @return negative, zero or positive
     * @throws ClairException for a format that is unknown, or a version that is none in it
     */
    public static int compare(String format, String left, String right) throws ClairException {
        if (!isKnown(format)) {
            throw new ClairException(ClairError.VERSION_FORMAT_UNKNOWN);
        }
        ParsedVersion one = parse(format, left);
        ParsedVersion two = parse(format, right);
        if (one == null || two == null) {
            throw new ClairException(ClairError.VERSION_INVALID);
        }
        int ends = Integer.compare(one.end(), two.end());
        if (ends != 0 || one.end() != 0) {
            return ends;
        }
        int epochs = Long.compare(one.epoch(), two.epoch());
        if (epochs != 0) {
            return epochs;
        }
        return format.equals(DPKG) ? DpkgOrder.compare(one, two) : RpmOrder.compare(one, two);
    }

    /** Whether a text is a version of a format; false for an unknown format. */
    public static boolean isValid(String format, String version) {
        return isKnown(format) && parse(format, version) != null;
    }

    /** Whether the name is that of a format. */
    public static boolean isKnown(String format) {
        return format.equals(DPKG) || format.equals(RPM);
    }

    private static @Nullable ParsedVersion parse(String format, String text) {
        return format.equals(DPKG) ? DpkgOrder.parse(text) : RpmOrder.parse(text);
    }
}
