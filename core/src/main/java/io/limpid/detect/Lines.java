package io.limpid.detect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The lines of a text file, found in its bytes one after the other; nothing is copied until a part is asked for.
 *
 * <p>A line ends at a line feed; a carriage return before it does not belong to the line.
 */
public final class Lines {
    /** U+FEFF in UTF-8, as some editors write it in front of a text. */
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final byte[] bytes;
    private int following;
    private int start;
    private int end;
    private int number;
    private boolean terminated = true;

    /** Before the first line of {@code bytes}, which are not copied; a byte order mark in front belongs to no line. */
    public Lines(byte[] bytes) {
        this.bytes = bytes;
        this.following = startsWithMark(bytes) ? MARK.length : 0;
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
    }

    /** Goes to the next line; false when there is none. */
    public boolean next() {
        if (following >= bytes.length) {
            return false;
        }
        start = following;
        int at = start;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        terminated = at < bytes.length;
        following = at + 1;
        end = at > start && bytes[at - 1] == '\r' ? at - 1 : at;
        number++;
        return true;
    }

    /** The line's number, 1 is the first. */
    public int number() {
        return number;
    }

    /** Where the line starts in the file. */
    public int start() {
        return start;
    }

    /** Where the line ends in the file, before its line feed. */
    public int end() {
        return end;
    }

    public int length() {
        return end - start;
    }

    /** Whether a line feed ends it; only the last line of a file may lack one. */
    public boolean isTerminated() {
        return terminated;
    }

    /** Whether it has nothing but spaces and tabs. */
    public boolean isBlank() {
        for (int at = start; at < end; at++) {
            if (!isSpace(bytes[at])) {
                return false;
            }
        }
        return true;
    }

    /** The byte at this place of the line, or -1 behind its end. */
    public int at(int index) {
        return index < end - start ? bytes[start + index] & 0xff : -1;
    }

    /** The whole line. */
    public String text() {
        return text(start, end);
    }

    /** A part of the file; what is no UTF-8 in it becomes U+FFFD. */
    public String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Whether a text is one word of printable ASCII, as names and versions are. */
    public static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Whether {@code b} is a space or a tab. */
    static boolean isSpace(int b) {
        return b == ' ' || b == '\t';
    }
}
