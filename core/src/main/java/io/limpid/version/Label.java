package io.limpid.version;

/**
 * A version as rpm and pacman cut it, {@code [epoch:]version[-release]}, and how both walk along a part.
 *
 * <p>An epoch is the digits before a colon; without digits there, the colon is a character of the version. The release starts behind the last
 * hyphen.
 *
 * @param text the whole
 * @param version where the version starts
 * @param versionEnd where it ends
 * @param release where the release starts, after the end of the text where there is none
 */
record Label(String text, int version, int versionEnd, int release) {

    static Label of(String text) {
        int colon = endOfDigits(text, 0, text.length());
        int version = colon < text.length() && text.charAt(colon) == ':' ? colon + 1 : 0;
        // Never before the colon, where there are digits only.
        int hyphen = text.lastIndexOf('-');
        int end = hyphen < 0 ? text.length() : hyphen;
        return new Label(text, version, end, end + 1);
    }

    boolean hasRelease() {
        return release <= text.length();
    }

    int releaseEnd() {
        return Math.max(release, text.length());
    }

    /** Compares the epochs as numbers of any length; none is 0. */
    int compareEpoch(Label other) {
        return compareNumbers(text, 0, Math.max(version - 1, 0), other.text, 0, Math.max(other.version - 1, 0));
    }

    int hashOfEpoch() {
        int end = Math.max(version - 1, 0);
        return hash(0, text, afterZeros(text, 0, end), end);
    }

    /**
     * Whether it is written as the package managers have it: an epoch of digits, a version and perhaps a release, neither of them empty nor with a
     * colon, and one hyphen at most.
     */
    boolean isRegular() {
        boolean epoch = version != 1;
        boolean parts = version < versionEnd && (!hasRelease() || release < text.length());
        return epoch && parts && text.indexOf(':', version) < 0 && text.lastIndexOf('-', versionEnd - 1) < 0;
    }

    /** Compares runs of digits as numbers of any length: the longer is the larger, leading zeros left aside. */
    static int compareNumbers(String left, int leftStart, int leftEnd, String right, int rightStart, int rightEnd) {
        int l = afterZeros(left, leftStart, leftEnd);
        int r = afterZeros(right, rightStart, rightEnd);
        int longer = Integer.compare(leftEnd - l, rightEnd - r);
        return longer != 0 ? longer : compareText(left, l, leftEnd, right, r, rightEnd);
    }

    static int compareText(String left, int leftStart, int leftEnd, String right, int rightStart, int rightEnd) {
        int l = leftStart;
        int r = rightStart;
        while (l < leftEnd && r < rightEnd) {
            int order = Character.compare(left.charAt(l++), right.charAt(r++));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(leftEnd - l, rightEnd - r);
    }

    static int hash(int seed, String text, int start, int end) {
        int hash = seed;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return hash;
    }

    static int endOfDigits(String text, int start, int end) {
        int at = start;
        while (at < end && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static int endOfLetters(String text, int start, int end) {
        int at = start;
        while (at < end && isLetter(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static int afterZeros(String text, int start, int end) {
        int at = start;
        while (at < end && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
