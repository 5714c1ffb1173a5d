package io.limpid.snapshot;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a block: entries one after the other, then where each of them begins (24 bits each), then how many there are (24 bits).
 *
 * <p>An entry is made of numbers (LEB128) and strings. A string that the block already has is a reference to it, and one that begins like an
 * earlier one is a reference and the rest: what repeats in neighbouring records costs two or three bytes. So any entry can be read without
 * those before it.
 */
final class BlockWriter {
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

    private byte[] bytes = new byte[1 << 10];
    private int size;
    private int[] starts = new int[64];
    private int entries;
    private long characters;
    private final Map<String, Integer> known = new HashMap<>();
    private final Map<String, Integer> beginnings = new HashMap<>();

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

    void number(long value) {
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

    void strings(List<String> strings) {
        number(strings.size());
        strings.forEach(this::string);
    }

    void string(@Nullable String text) {
        if (text == null) {
            put(NULL);
            return;
        }
        int at = size;
        Integer earlier = known.putIfAbsent(text, at);
        // A reference to a short string far away would be longer than the string.
        if (earlier != null && text.length() > 1) {
            number((long) (at - earlier) << KIND_BITS | SAME);
            return;
        }
        characters += text.length();
        if (isLatin(text)) {
            latin(text, at);
        } else {
            number((long) text.length() << KIND_BITS | WIDE);
            for (int i = 0; i < text.length(); i++) {
                put(text.charAt(i) >>> 8);
                put(text.charAt(i));
            }
        }
    }

    private void latin(String text, int at) {
        if (text.length() > LEAST_SHARED) {
            String beginning = text.substring(0, LEAST_SHARED);
            Integer base = beginnings.putIfAbsent(beginning, at);
            if (base != null && characters <= (long) MOST_CHARACTERS * size) {
                rest(text, at, base);
                return;
            }
        }
        number((long) text.length() << KIND_BITS | LATIN);
        characters(text, 0);
    }

    private void rest(String text, int at, int base) {
        // The base is in Latin 1 without reference, as whoever noted it has written it: its length, then its
        // characters.
        int length = 0;
        int position = base;
        for (int shift = 0; ; shift += 7) {
            int part = bytes[position++];
            length |= (part & 0x7f) << shift;
            if (part >= 0) {
                break;
            }
        }
        length >>>= KIND_BITS;
        int most = Math.min(MOST_SHARED, Math.min(length, text.length()));
        int shared = 0;
        while (shared < most && (bytes[position + shared] & 0xff) == text.charAt(shared)) {
            shared++;
        }
        number((long) (text.length() - shared) << KIND_BITS | REST);
        number(at - base);
        put(shared);
        characters(text, shared);
    }

    private void characters(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

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
