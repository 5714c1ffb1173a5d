package io.limpid.server.clair;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A valid version, cut at its colon and its hyphen.
 *
 * @param end -1 for the lowest, 1 for the highest, 0 for every other
 * @param epoch 0 where none is written
 * @param text one character for each byte of its UTF-8: the original looks at bytes
 * @param start where the version starts in the text
 * @param hyphen where it stops: at the hyphen, or at the end of the text where there is none
 */
record ParsedVersion(int end, long epoch, String text, int start, int hyphen) {
    private static final ParsedVersion LOWEST = new ParsedVersion(-1, 0, VersionFormats.LOWEST, 0, 0);
    private static final ParsedVersion HIGHEST = new ParsedVersion(1, 0, VersionFormats.HIGHEST, 0, 0);

    /** Where the hyphen is that parts a version from what follows. */
    enum Hyphen {
        FIRST,
        LAST
    }

    /**
     * Cuts a text.
     *
     * @param symbols what may stand in the version beside letters and digits
     * @param restSymbols the same after the hyphen
     * @return null when it is no version
     */
    static @Nullable ParsedVersion of(String written, Hyphen which, String symbols, String restSymbols) {
        String text = GoText.trimmed(written);
        if (text.equals(VersionFormats.LOWEST)) {
            return LOWEST;
        }
        if (text.equals(VersionFormats.HIGHEST)) {
            return HIGHEST;
        }
        if (!isAscii(text)) {
            text = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        }
        int colon = text.indexOf(':');
        long epoch = colon < 0 ? 0 : epoch(text, colon);
        if (epoch < 0) {
            return null;
        }
        int hyphen = which == Hyphen.FIRST ? text.indexOf('-') : text.lastIndexOf('-');
        if (hyphen < 0) {
            hyphen = text.length();
        }
        int start = colon + 1;
        // A hyphen before the colon is the sign of an epoch "-0", over which the original breaks down.
        if (hyphen <= start) {
            return null;
        }
        boolean valid =
                isMadeOf(text, start, hyphen, symbols) && isMadeOf(text, hyphen + 1, text.length(), restSymbols);
        return valid ? new ParsedVersion(0, epoch, text, start, hyphen) : null;
    }

    /** Where what follows the hyphen starts; at the end of the text where there is none. */
    int rest() {
        return Math.min(hyphen + 1, text.length());
    }

    static boolean isDigit(String text, int at, int end) {
        return at < end && isDigit(text.charAt(at));
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static int afterZeros(String text, int start, int end) {
        int at = start;
        while (at < end && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    /** The number before the colon, or -1: a sign may stand before it. */
    private static long epoch(String text, int colon) {
        try {
            return Math.max(Long.parseLong(text, 0, colon, 10), -1);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    private static boolean isMadeOf(String text, int start, int end, String symbols) {
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            if (!isDigit(c) && !Character.isLetter(c) && symbols.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
