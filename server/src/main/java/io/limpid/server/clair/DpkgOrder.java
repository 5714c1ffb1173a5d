package io.limpid.server.clair;

import io.limpid.server.clair.ParsedVersion.Hyphen;
import org.jspecify.annotations.Nullable;

/**
 * Clair's order of dpkg's and apk's versions: the version, then the revision after the last hyphen.
 *
 * <p>A run without digits and a run of digits are compared in turn. In the first {@code ~} comes before the end, then letters, then the rest; the
 * second is a number of any length.
 */
final class DpkgOrder {
    private static final int AFTER_LETTERS = 256;

    private DpkgOrder() {}

    static @Nullable ParsedVersion parse(String text) {
        return ParsedVersion.of(text, Hyphen.LAST, ".+-~:_", ".+~_");
    }

    static int compare(ParsedVersion left, ParsedVersion right) {
        String one = left.text();
        String two = right.text();
        int versions = compare(one, left.start(), left.hyphen(), two, right.start(), right.hyphen());
        return versions != 0 ? versions : compare(one, left.rest(), one.length(), two, right.rest(), two.length());
    }

    private static int compare(String left, int leftStart, int leftEnd, String right, int rightStart, int rightEnd) {
        int l = leftStart;
        int r = rightStart;
        while (l < leftEnd || r < rightEnd) {
            while (isOther(left, l, leftEnd) || isOther(right, r, rightEnd)) {
                int order = Integer.compare(weight(left, l, leftEnd), weight(right, r, rightEnd));
                if (order != 0) {
                    return order;
                }
                l++;
                r++;
            }
            l = ParsedVersion.afterZeros(left, l, leftEnd);
            r = ParsedVersion.afterZeros(right, r, rightEnd);
            int difference = 0;
            while (ParsedVersion.isDigit(left, l, leftEnd) && ParsedVersion.isDigit(right, r, rightEnd)) {
                if (difference == 0) {
                    difference = Character.compare(left.charAt(l), right.charAt(r));
                }
                l++;
                r++;
            }
            if (ParsedVersion.isDigit(left, l, leftEnd)) {
                return 1;
            }
            if (ParsedVersion.isDigit(right, r, rightEnd)) {
                return -1;
            }
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static boolean isOther(String text, int at, int end) {
        return at < end && !ParsedVersion.isDigit(text.charAt(at));
    }

    private static int weight(String text, int at, int end) {
        if (at >= end) {
            return 0;
        }
        char c = text.charAt(at);
        if (ParsedVersion.isDigit(c)) {
            return 0;
        }
        if (Character.isLetter(c)) {
            return c;
        }
        return c == '~' ? -1 : c + AFTER_LETTERS;
    }
}
