package io.limpid.version;

/**
 * The versions of Debian packages, {@code [epoch:]upstream[-revision]}, as deb-version(7) and dpkg read them.
 *
 * <p>What dpkg refuses is invalid here: nothing at all, blanks inside, an epoch that is no number up to 2147483647, nothing after the colon, an
 * empty upstream part, a hyphen with no revision behind it. What dpkg only warns of is read and has dpkg's order: an upstream part that starts
 * with no digit ({@code v1.2}) and characters outside the policy ({@code 1_2}). Blanks at either end are dropped, as dpkg drops them. Stricter
 * than dpkg: a signed epoch, control characters and anything beyond ASCII are invalid, because dpkg's answer to them is an accident of C.
 */
final class DebVersions implements VersionScheme {
    private static final String ID = "deb";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Version parse(String text) throws InvalidVersionException {
        String trimmed = trimmed(text);
        int end = trimmed.length();
        checkCharacters(trimmed);
        int colon = trimmed.indexOf(':');
        int epoch = colon < 0 ? 0 : epoch(trimmed, colon);
        int upstream = colon + 1;
        if (upstream == end) {
            throw new InvalidVersionException(ID, text, end == 0 ? "it is empty" : "nothing after the colon");
        }
        int hyphen = trimmed.lastIndexOf('-');
        if (hyphen == end - 1) {
            throw new InvalidVersionException(ID, text, "nothing after the last hyphen");
        }
        int upstreamEnd = hyphen < 0 ? end : hyphen;
        if (upstreamEnd == upstream) {
            throw new InvalidVersionException(ID, text, "nothing before the revision");
        }
        return new DebVersion(trimmed, epoch, upstream, upstreamEnd);
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

    private static void checkCharacters(String text) throws InvalidVersionException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new InvalidVersionException(ID, text, "a character that no version has");
            }
        }
    }

    private static int epoch(String text, int colon) throws InvalidVersionException {
        if (colon == 0) {
            throw new InvalidVersionException(ID, text, "nothing before the colon");
        }
        long epoch = 0;
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            if (!DebVersion.isDigit(c)) {
                throw new InvalidVersionException(ID, text, "the epoch is no number");
            }
            epoch = epoch * 10 + (c - '0');
            if (epoch > Integer.MAX_VALUE) {
                throw new InvalidVersionException(ID, text, "the epoch is too large");
            }
        }
        return (int) epoch;
    }
}
