package io.limpid.snapshot;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link Row}: first its key, so that the order of rows is that of their unsigned bytes, then its fields.
 *
 * <p>Each name of the key is its UTF-16 units and a zero byte: a unit below 7F is a byte that is one greater, any other one is three bytes from 80 on,
 * as UTF-8 cuts it. A field is a number (LEB128) whose low bits say what it is, and what follows it: so a row can be copied without knowing
 * what its fields mean.
 */
final class RowWriter implements EntryWriter {
    /** A field that is a number; the others are those of {@link BlockWriter}. */
    static final int NUMBER = 5;

    /** Units below are one byte. */
    private static final int SMALL = 0x7f;

    private static final int HIGH = 0x80;
    private static final int PIECE_BITS = 6;
    private static final int PIECE = 0x3f;

    private byte[] bytes = new byte[1 << 10];
    private int size;

    /** Begins a row anew. */
    void begin(Key key) {
        size = 0;
        name(key.first());
        name(key.second());
        name(key.third());
    }

    /** What was written, at the beginning of an array that the next row is written to. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    private void name(String name) {
        room(3 * name.length() + 1);
        for (int i = 0; i < name.length(); i++) {
            char unit = name.charAt(i);
            if (unit < SMALL) {
                bytes[size++] = (byte) (unit + 1);
            } else {
                bytes[size++] = (byte) (HIGH | unit >>> (2 * PIECE_BITS));
                bytes[size++] = (byte) (HIGH | (unit >>> PIECE_BITS & PIECE));
                bytes[size++] = (byte) (HIGH | (unit & PIECE));
            }
        }
        bytes[size++] = 0;
    }

    @Override
    public void number(long value) {
        if (value < 0 || value > Long.MAX_VALUE >> BlockWriter.KIND_BITS) {
            throw new IllegalArgumentException("not a count: " + value);
        }
        head(value, NUMBER);
    }

    @Override
    public void string(@Nullable String text) {
        if (text == null) {
            head(0, BlockWriter.NULL);
            return;
        }
        int begin = size;
        int length = text.length();
        head(length, BlockWriter.LATIN);
        room(length);
        // Nearly every string is in Latin 1: so it is written as such, and again where it is not.
        int seen = 0;
        for (int i = 0; i < length; i++) {
            char unit = text.charAt(i);
            bytes[size + i] = (byte) unit;
            seen |= unit;
        }
        size += length;
        if (seen > 0xff) {
            size = begin;
            wide(text);
        }
    }

    private void wide(String text) {
        head(text.length(), BlockWriter.WIDE);
        room(2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) (text.charAt(i) >>> 8);
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    private void head(long value, int kind) {
        room(Long.BYTES + 2);
        long rest = value << BlockWriter.KIND_BITS | kind;
        while (rest > 0x7f) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
    }
}
