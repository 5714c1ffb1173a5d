package io.limpid.server.clair;

/** Clair's orders of versions, by their names: {@code dpkg} and {@code rpm}. */
public final class VersionFormats {
    /** Before every version. */
    public static final String LOWEST = "#MINV#";
    /** After every version: no version has the fix. */
    public static final String HIGHEST = "#MAXV#";

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
        throw new UnsupportedOperationException();
    }

    /** Whether a text is a version of a format; false for an unknown format. */
    public static boolean isValid(String format, String version) {
        if (!isKnown(format)) {
            return false;
        }
        throw new UnsupportedOperationException();
    }

    /** Whether the name is that of a format. */
    public static boolean isKnown(String format) {
        return format.equals("dpkg") || format.equals("rpm");
    }
}
