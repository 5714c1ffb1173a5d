package io.limpid.version;

import org.jspecify.annotations.Nullable;

/**
 * An rpm version in the order of rpm's label compare: the epochs as numbers, then the versions, then the releases.
 *
 * <p>A part is a row of tokens: runs of letters, runs of digits, {@code ~} and {@code ^}; everything else only keeps runs apart. The first token
 * that differs decides: {@code ~} comes before the end, {@code ^} right after it, then letters in the order of ASCII, then numbers. No release at all
 * comes before every other, the empty one too. The text itself is what is compared, so that a comparison makes no garbage.
 */
final class RpmVersion implements Version {
    private static final int TILDE = 0;
    private static final int END = 1;
    private static final int CARET = 2;
    private static final int LETTERS = 3;
    private static final int NUMBER = 4;

    private final Label label;
    private final boolean reliable;

    RpmVersion(Label label, boolean reliable) {
        this.label = label;
        this.reliable = reliable;
    }

    @Override
    public String text() {
        return label.text();
    }

    @Override
    public boolean reliable() {
        return reliable;
    }

    @Override
    public int compareTo(Version other) {
        Label one = label;
        Label two = ((RpmVersion) other).label;
        int order = one.compareEpoch(two);
        if (order == 0) {
            order = compareParts(
                    one.text(), one.version(), one.versionEnd(), two.text(), two.version(), two.versionEnd());
        }
        if (order == 0) {
            order = Boolean.compare(one.hasRelease(), two.hasRelease());
        }
        return order != 0
                ? order
                : compareParts(
                        one.text(), one.release(), one.releaseEnd(), two.text(), two.release(), two.releaseEnd());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RpmVersion that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        int hash = hashOfPart(label.hashOfEpoch(), label.version(), label.versionEnd());
        return hashOfPart(hash * 31 + '-', label.release(), label.releaseEnd());
    }

    @Override
    public String toString() {
        return label.text();
    }

    private static int compareParts(
            String left, int leftStart, int leftEnd, String right, int rightStart, int rightEnd) {
        int l = leftStart;
        int r = rightStart;
        while (true) {
            l = nextToken(left, l, leftEnd);
            r = nextToken(right, r, rightEnd);
            int kind = kind(left, l, leftEnd);
            int kinds = Integer.compare(kind, kind(right, r, rightEnd));
            if (kinds != 0 || kind == END) {
                return kinds;
            }
            int leftToken = endOfToken(left, l, leftEnd, kind);
            int rightToken = endOfToken(right, r, rightEnd, kind);
            int order = kind == NUMBER
                    ? Label.compareNumbers(left, l, leftToken, right, r, rightToken)
                    : Label.compareText(left, l, leftToken, right, r, rightToken);
            if (order != 0) {
                return order;
            }
            l = leftToken;
            r = rightToken;
        }
    }

    /** Sees what the comparison sees: the tokens, numbers without leading zeros. */
    private int hashOfPart(int seed, int start, int end) {
        String text = label.text();
        int hash = seed;
        int at = nextToken(text, start, end);
        for (int kind = kind(text, at, end); kind != END; kind = kind(text, at, end)) {
            int tokenEnd = endOfToken(text, at, end, kind);
            int from = kind == NUMBER ? Label.afterZeros(text, at, tokenEnd) : at;
            hash = Label.hash(hash * 31 + kind, text, from, tokenEnd);
            at = nextToken(text, tokenEnd, end);
        }
        return hash;
    }

    private static int nextToken(String text, int start, int end) {
        int at = start;
        while (at < end && kind(text, at, end) == END) {
            at++;
        }
        return at;
    }

    /** The kind of token that starts with this character; what starts none is as the end. */
    private static int kind(String text, int at, int end) {
        if (at >= end) {
            return END;
        }
        char c = text.charAt(at);
        if (Label.isDigit(c)) {
            return NUMBER;
        }
        if (Label.isLetter(c)) {
            return LETTERS;
        }
        return c == '~' ? TILDE : c == '^' ? CARET : END;
    }

    private static int endOfToken(String text, int at, int end, int kind) {
        return switch (kind) {
            case NUMBER -> Label.endOfDigits(text, at, end);
            case LETTERS -> Label.endOfLetters(text, at, end);
            default -> at + 1;
        };
    }
}
