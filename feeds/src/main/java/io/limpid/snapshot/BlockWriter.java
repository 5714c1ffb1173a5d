package io.limpid.snapshot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a block: entries one after the other, then where each of them begins (24 bits each), then how many there are (24 bits).
 *
 * <p>An entry is made of numbers (LEB128) and strings. A string that the block already has is a reference to it, and one that begins like an
 * earlier one is a reference and the rest: what repeats in neighbouring records costs two or three bytes. So any entry can be read without
 * those before it.
 */
final class BlockWriter implements EntryWriter {
    /** A string is a number whose low three bits are one of these. */
    static final int NULL = 0;

    /** So many characters of Latin 1, a byte each. */
    static final int LATIN = 1;
    /** So many UTF-16 units, two bytes each: exact for every string, also one with half a surrogate pair. */
    static final int WIDE = 2;
    /** The string that begins so many bytes before this one. */
    static final int SAME = 3;
    /** So many characters of Latin 1 after the beginning of a {@link #LATIN} string: how far before this one, how many of its characters. */
    static final int REST = 4;

    static final int KIND_BITS = 3;
    static final int MOST_ENTRIES = 0xffff;
    static final int MOST_BYTES = 0xffffff;
    /** Bytes of a number at the end of a block. */
    static final int PLACE = 3;

    static final int MOST_SHARED = 0xff;
    /** Strings have at most so many characters for each byte of their block, so that a block never becomes much more than it is. */
    static final int MOST_CHARACTERS = 8;

    /** Shorter strings are not worth a reference to their beginning. */
    private static final int LEAST_SHARED = 8;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1 << 10];
    private int size;
    private int[] starts = new int[64];
    private int entries;
    private long characters;
    /** Strings by their hash. */
    private final PlaceTable known = new PlaceTable();
    /** Strings by their first eight characters; those that are not in Latin 1, or shorter, are not there. */
    private final PlaceTable beginnings = new PlaceTable();

    private byte[] latin = new byte[1 << 8];

    /** How many bytes the entries have so far. */
    int size() {
        return size;
    }

    int entries() {
        return entries;
    }

    /**
     * Whether one more entry belongs into this block.
     *
     * @param target bytes after which none begins
     * @param least entries that there are in any case
     */
    boolean hasRoom(int target, int least) {
        return entries < least || (size < target && entries < MOST_ENTRIES);
    }

    /** Begins the next entry. */
    void entry() {
        if (size > MOST_BYTES || entries == MOST_ENTRIES) {
            throw new IllegalStateException("an entry too many: " + entries + " in " + size + " bytes");
        }
        if (entries == starts.length) {
            starts = Arrays.copyOf(starts, entries * 2);
        }
        starts[entries++] = size;
    }

    @Override
    public void number(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("not a count: " + value);
        }
        long rest = value;
        while (rest > 0x7f) {
            put((int) rest | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    void fixed32(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            put(value >>> shift);
        }
    }

    void key(Key key) {
        string(key.first());
        string(key.second());
        string(key.third());
    }

    @Override
    public void string(@Nullable String text) {
        if (text == null) {
            put(NULL);
        } else if (isLatin(text)) {
            int length = text.length();
            if (length > latin.length) {
                latin = new byte[2 * length];
            }
            for (int i = 0; i < length; i++) {
                latin[i] = (byte) text.charAt(i);
            }
            latin(latin, 0, length);
        } else {
            wide(text);
        }
    }

    /** Writes a string of characters of Latin 1, given as such. */
    void latin(byte[] text, int from, int length) {
        int at = size;
        int earlier = known.putIfAbsent(hash(text, from, length), at);
        // A reference to a short string far away would be longer than the string.
        if (earlier >= 0 && length > 1 && isAt(earlier, text, from, length)) {
            number((long) (at - earlier) << KIND_BITS | SAME);
            return;
        }
        characters += length;
        if (length > LEAST_SHARED) {
            int base = beginnings.putIfAbsent((long) LONGS.get(text, from), at);
            if (base >= 0 && characters <= (long) MOST_CHARACTERS * size) {
                rest(text, from, length, base);
                return;
            }
        }
        number((long) length << KIND_BITS | LATIN);
        put(text, from, length);
    }

    private void wide(String text) {
        int at = size;
        int earlier = known.putIfAbsent((long) text.hashCode() << 1 | 1, at);
        if (earlier >= 0 && isAt(earlier, text)) {
            number((long) (at - earlier) << KIND_BITS | SAME);
            return;
        }
        characters += text.length();
        number((long) text.length() << KIND_BITS | WIDE);
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i) >>> 8);
            put(text.charAt(i));
        }
    }

    /** Writes how a string goes on after the beginning of an earlier one, which was written in Latin 1 without reference. */
    private void rest(byte[] text, int from, int length, int base) {
        long head = numberAt(base);
        int position = base + bytesOf(head);
        int most = Math.min(MOST_SHARED, Math.min((int) (head >>> KIND_BITS), length));
        int differs = Arrays.mismatch(bytes, position, position + most, text, from, from + most);
        int shared = differs < 0 ? most : differs;
        int at = size;
        number((long) (length - shared) << KIND_BITS | REST);
        number(at - base);
        put(shared);
        put(text, from + shared, length - shared);
    }

    /** Whether what begins at a place is a certain string. */
    private boolean isAt(int place, byte[] text, int from, int length) {
        long head = numberAt(place);
        int at = place + bytesOf(head);
        long own = head >>> KIND_BITS;
        int kind = (int) head & ((1 << KIND_BITS) - 1);
        if (kind == LATIN) {
            return own == length && Arrays.equals(bytes, at, at + length, text, from, from + length);
        }
        if (kind != REST) {
            return false;
        }
        long distance = numberAt(at);
        at += bytesOf(distance);
        int shared = bytes[at++] & 0xff;
        if (own + shared != length) {
            return false;
        }
        int base = place - (int) distance;
        base += bytesOf(numberAt(base));
        return Arrays.equals(bytes, base, base + shared, text, from, from + shared)
                && Arrays.equals(bytes, at, at + length - shared, text, from + shared, from + length);
    }

    private boolean isAt(int place, String text) {
        long head = numberAt(place);
        if (head != ((long) text.length() << KIND_BITS | WIDE)) {
            return false;
        }
        int at = place + bytesOf(head);
        for (int i = 0; i < text.length(); i++) {
            if ((char) (bytes[at + 2 * i] << 8 | (bytes[at + 2 * i + 1] & 0xff)) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private long numberAt(int place) {
        long value = 0;
        int at = place;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes[at++];
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    /** How many bytes a number takes. */
    private static int bytesOf(long number) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(number) + 6) / 7);
    }

    private static long hash(byte[] text, int from, int length) {
        long hash = length;
        int at = from;
        for (; at <= from + length - Long.BYTES; at += Long.BYTES) {
            hash = mixed(hash, (long) LONGS.get(text, at));
        }
        long last = 0;
        for (; at < from + length; at++) {
            last = last << Byte.SIZE | (text[at] & 0xff);
        }
        // The lowest bit is that of strings that are not in Latin 1.
        return mixed(hash, last) << 1;
    }

    private static long mixed(long hash, long bytes) {
        long mixed = (hash ^ bytes) * 0xff51afd7ed558ccdL;
        return mixed ^ mixed >>> 32;
    }

    private void put(byte[] text, int from, int length) {
        while (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        System.arraycopy(text, from, bytes, size, length);
        size += length;
    }

    /** Whether a string can be written with a byte for each character. */
    private static boolean isLatin(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }

    private void put(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }

    /** The whole block; the writer is then empty again. */
    byte[] finish() {
        byte[] block = Arrays.copyOf(bytes, size + PLACE * (entries + 1));
        int at = size;
        for (int i = 0; i <= entries; i++) {
            int value = i == entries ? entries : starts[i];
            block[at++] = (byte) (value >>> 16);
            block[at++] = (byte) (value >>> 8);
            block[at++] = (byte) value;
        }
        size = 0;
        entries = 0;
        characters = 0;
        known.clear();
        beginnings.clear();
        return block;
    }
}
