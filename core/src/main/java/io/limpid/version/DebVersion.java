package io.limpid.version;

import org.jspecify.annotations.Nullable;

/**
 * A Debian version in dpkg's order: the epochs as numbers, then the upstream parts, then the revisions.
 *
 * <p>Two parts are walked side by side, a run without digits and a run of digits in turn. In the first, letters come before everything else and
 * {@code ~} before even the end; the second is compared as a number of any length, and no digits are 0. The text itself is what is compared, so
 * that a comparison makes no garbage.
 */
final class DebVersion implements Version {
    private static final int AFTER_LETTERS = 256;

    private final String text;
    private final int epoch;
    private final int upstream;
    private final int upstreamEnd;

    /**
     * @param text the version without blanks around it
     * @param epoch 0 where none is written
     * @param upstream where the upstream part starts
     * @param upstreamEnd where it ends: at the last hyphen or with the text
     */
    DebVersion(String text, int epoch, int upstream, int upstreamEnd) {
        this.text = text;
        this.epoch = epoch;
        this.upstream = upstream;
        this.upstreamEnd = upstreamEnd;
    }

    @Override
    public String text() {
        return text;
    }

    /** Always: what dpkg cannot place is not parsed. */
    @Override
    public boolean reliable() {
        return true;
    }

    @Override
    public int compareTo(Version other) {
        DebVersion that = (DebVersion) other;
        if (epoch != that.epoch) {
            return Integer.compare(epoch, that.epoch);
        }
        int order = compareParts(text, upstream, upstreamEnd, that.text, that.upstream, that.upstreamEnd);
        if (order != 0) {
            return order;
        }
        return compareParts(text, revision(), text.length(), that.text, that.revision(), that.text.length());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DebVersion that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        int hash = hashOfPart(epoch, upstream, upstreamEnd);
        return hashOfPart(hash * 31 + '-', revision(), text.length());
    }

    @Override
    public String toString() {
        return text;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private int revision() {
        return Math.min(upstreamEnd + 1, text.length());
    }

    private static int compareParts(
            String left, int leftStart, int leftEnd, String right, int rightStart, int rightEnd) {
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
            l = afterZeros(left, l, leftEnd);
            r = afterZeros(right, r, rightEnd);
            int firstDifference = 0;
            while (isDigit(left, l, leftEnd) && isDigit(right, r, rightEnd)) {
                if (firstDifference == 0) {
                    firstDifference = Character.compare(left.charAt(l), right.charAt(r));
                }
                l++;
                r++;
            }
            // The longer number is the larger; the first digit that differs decides between two of one length.
            if (isDigit(left, l, leftEnd)) {
                return 1;
            }
            if (isDigit(right, r, rightEnd)) {
                return -1;
            }
            if (firstDifference != 0) {
                return firstDifference;
            }
        }
        return 0;
    }

    private static boolean isDigit(String text, int at, int end) {
        return at < end && isDigit(text.charAt(at));
    }

    private static boolean isOther(String text, int at, int end) {
        return at < end && !isDigit(text.charAt(at));
    }

    /** The place of one character where runs without digits are compared; the end and a digit stand between {@code ~} and the letters. */
    private static int weight(String text, int at, int end) {
        if (at >= end) {
            return 0;
        }
        char c = text.charAt(at);
        if (isDigit(c)) {
            return 0;
        }
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            return c;
        }
        return c == '~' ? -1 : c + AFTER_LETTERS;
    }

    private static int afterZeros(String text, int start, int end) {
        int at = start;
        while (at < end && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    /** Sees what the comparison sees: numbers without leading zeros, and no number 0 at the end of a part. */
    private int hashOfPart(int seed, int start, int end) {
        int hash = seed;
        int at = start;
        while (at < end) {
            if (isDigit(text.charAt(at))) {
                at = afterZeros(text, at, end);
                if (at == end) {
                    return hash;
                }
                hash = hash * 31 + '0';
                while (isDigit(text, at, end)) {
                    hash = hash * 31 + text.charAt(at++);
                }
            } else {
                hash = hash * 31 + text.charAt(at++);
            }
        }
        return hash;
    }
}
