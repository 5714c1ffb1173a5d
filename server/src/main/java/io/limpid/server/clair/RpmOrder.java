package io.limpid.server.clair;

import io.limpid.server.clair.ParsedVersion.Hyphen;
import org.jspecify.annotations.Nullable;

/**
 * Clair's order of rpm's versions: the version, then the release after the first hyphen, where none is an empty one.
 *
 * <p>Both are rows of segments: runs of ASCII letters, runs of digits, {@code ~}. The first segment that differs decides: {@code ~} comes before the
 * end, then letters in the order of ASCII, then numbers.
 */
final class RpmOrder {
    private static final String SYMBOLS = ".-+~:_";
    private static final int TILDE = 0;
    private static final int END = 1;
    private static final int LETTERS = 2;
    private static final int NUMBER = 3;

    private RpmOrder() {}

    static @Nullable ParsedVersion parse(String text) {
        return ParsedVersion.of(text, Hyphen.FIRST, SYMBOLS, SYMBOLS);
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
        while (true) {
            l = nextSegment(left, l, leftEnd);
            r = nextSegment(right, r, rightEnd);
            int kind = kind(left, l, leftEnd);
            int kinds = Integer.compare(kind, kind(right, r, rightEnd));
            if (kinds != 0 || kind == END) {
                return kinds;
            }
            int leftSegment = endOfSegment(left, l, leftEnd, kind);
            int rightSegment = endOfSegment(right, r, rightEnd, kind);
            int order = compareSegments(kind, left, l, leftSegment, right, r, rightSegment);
            if (order != 0) {
                return order;
            }
            l = leftSegment;
            r = rightSegment;
        }
    }

    private static int compareSegments(
            int kind, String left, int leftStart, int leftEnd, String right, int rightStart, int rightEnd) {
        int l = leftStart;
        int r = rightStart;
        if (kind == NUMBER) {
            l = ParsedVersion.afterZeros(left, l, leftEnd);
            r = ParsedVersion.afterZeros(right, r, rightEnd);
            int lengths = Integer.compare(leftEnd - l, rightEnd - r);
            if (lengths != 0) {
                return lengths;
            }
        }
        while (l < leftEnd && r < rightEnd) {
            int order = Character.compare(left.charAt(l++), right.charAt(r++));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(leftEnd - l, rightEnd - r);
    }

    private static int nextSegment(String text, int start, int end) {
        int at = start;
        while (at < end && kind(text, at, end) == END) {
            at++;
        }
        return at;
    }

    private static int endOfSegment(String text, int start, int end, int kind) {
        int at = start + 1;
        while (kind != TILDE && at < end && kind(text, at, end) == kind) {
            at++;
        }
        return at;
    }

    /** What starts no segment is as the end. */
    private static int kind(String text, int at, int end) {
        if (at >= end) {
            return END;
        }
        char c = text.charAt(at);
        if (ParsedVersion.isDigit(c)) {
            return NUMBER;
        }
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            return LETTERS;
        }
        return c == '~' ? TILDE : END;
    }
}
