package io.limpid.version;

import java.util.Arrays;

/**
 * Reads one apk version from the left into a key: for each token a byte for its kind, then its value, such that comparing the bytes of two keys
 * compares the versions.
 *
 * <p>The kinds are numbered by what they mean where the other version has another kind: suffixes before a release come first, then the end, then
 * everything that makes a version newer.
 */
final class ApkReader {
    private static final String[] SUFFIXES = {"alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"};
    /** The kind of each suffix: four before {@link #UNREADABLE} and {@link #END}, the others behind {@link #SUFFIX_NUMBER}. */
    private static final byte[] SUFFIX_KINDS = {1, 2, 3, 4, 11, 12, 13, 14, 15};

    private static final byte UNREADABLE = 5;
    private static final byte MISSING_NUMBER = 6;
    private static final byte END = 7;
    private static final byte REVISION = 8;
    private static final byte HASH = 9;
    private static final byte SUFFIX_NUMBER = 10;
    private static final byte LETTER = 16;
    private static final byte LETTER_NUMBER = 17;
    private static final byte FRACTION = 18;
    private static final byte NUMBER = 19;

    /** Ends a value that is compared as text: less than any of its characters. */
    private static final byte TEXT_END = 0;
    /** Stands for the length of a longer number and is followed by it. */
    private static final int LONG_NUMBER = 255;

    private static final int BYTES_PER_CHARACTER = 3;

    /** What was read last; a token of an earlier stage can only follow where the grammar says so. */
    private enum Stage {
        NUMBERS,
        LETTER,
        SUFFIX,
        SUFFIX_NUMBER,
        HASH,
        REVISION
    }

    private final String text;
    private final byte[] key;
    private int size;
    private int at;
    private Stage stage = Stage.NUMBERS;
    private boolean regular = true;

    ApkReader(String text) {
        this.text = text;
        this.key = new byte[text.length() * BYTES_PER_CHARACTER + 2];
    }

    ApkVersion version() {
        int digits = endOfDigits();
        if (digits == at) {
            putMissingNumber();
        } else {
            putNumber(NUMBER, digits);
        }
        boolean read = true;
        while (read && at < text.length()) {
            read = readToken(text.charAt(at));
        }
        put(read ? END : UNREADABLE);
        return new ApkVersion(text, Arrays.copyOf(key, size), read && regular);
    }

    /** Whether a token starts here that may follow the last one. */
    private boolean readToken(char first) {
        return switch (first) {
            case '.' -> readFraction();
            case '_' -> readSuffix();
            case '~' -> readHash();
            case '-' -> readRevision();
            default -> isDigit(first) ? readNumber() : isLetter(first) && readLetter(first);
        };
    }

    private boolean readFraction() {
        if (stage != Stage.NUMBERS) {
            return false;
        }
        at++;
        int digits = endOfDigits();
        if (digits == at) {
            putMissingNumber();
        } else if (text.charAt(at) == '0') {
            put(FRACTION);
            putText(digits);
        } else {
            putNumber(NUMBER, digits);
        }
        return true;
    }

    private boolean readLetter(char letter) {
        if (stage != Stage.NUMBERS) {
            return false;
        }
        put(LETTER);
        put((byte) letter);
        at++;
        stage = Stage.LETTER;
        return true;
    }

    private boolean readNumber() {
        if (stage == Stage.SUFFIX) {
            putNumber(SUFFIX_NUMBER, endOfDigits());
            stage = Stage.SUFFIX_NUMBER;
            return true;
        }
        if (stage == Stage.LETTER) {
            putNumber(LETTER_NUMBER, endOfDigits());
            stage = Stage.NUMBERS;
            return true;
        }
        return false;
    }

    private boolean readSuffix() {
        if (stage.compareTo(Stage.SUFFIX_NUMBER) > 0) {
            return false;
        }
        int start = at + 1;
        int end = start;
        while (end < text.length() && isLetter(text.charAt(end))) {
            end++;
        }
        for (int i = 0; i < SUFFIXES.length; i++) {
            if (SUFFIXES[i].length() == end - start && text.startsWith(SUFFIXES[i], start)) {
                put(SUFFIX_KINDS[i]);
                at = end;
                stage = Stage.SUFFIX;
                return true;
            }
        }
        return false;
    }

    private boolean readHash() {
        int end = at + 1;
        while (end < text.length() && isHex(text.charAt(end))) {
            end++;
        }
        if (stage.compareTo(Stage.HASH) >= 0 || end == at + 1) {
            return false;
        }
        at++;
        put(HASH);
        putText(end);
        stage = Stage.HASH;
        return true;
    }

    private boolean readRevision() {
        if (stage == Stage.REVISION || !text.startsWith("-r", at)) {
            return false;
        }
        at += 2;
        int digits = endOfDigits();
        if (digits == at) {
            // apk-tools 2 takes a bare "-r" at the end for "-r0".
            regular = false;
            if (at < text.length()) {
                return false;
            }
        }
        putNumber(REVISION, digits);
        stage = Stage.REVISION;
        return true;
    }

    private void putMissingNumber() {
        regular = false;
        put(MISSING_NUMBER);
    }

    /** Puts the digits up to {@code end} without leading zeros, their count first: the longer number is the larger. */
    private void putNumber(byte kind, int end) {
        put(kind);
        while (at < end && text.charAt(at) == '0') {
            at++;
        }
        int length = end - at;
        if (length < LONG_NUMBER) {
            put((byte) length);
        } else {
            put((byte) LONG_NUMBER);
            for (int shift = 24; shift >= 0; shift -= 8) {
                put((byte) (length >>> shift));
            }
        }
        putCharacters(end);
    }

    private void putText(int end) {
        putCharacters(end);
        put(TEXT_END);
    }

    private void putCharacters(int end) {
        while (at < end) {
            put((byte) text.charAt(at++));
        }
    }

    private void put(byte value) {
        key[size++] = value;
    }

    private int endOfDigits() {
        int end = at;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f');
    }
}
