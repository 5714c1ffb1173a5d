package io.limpid.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BlockWriter} wrote, entry by entry, and believes nothing: whatever the bytes are, it reads within them and ends in values or in a
 * {@link DamagedException}.
 *
 * <p>Of one thread at a time.
 */
final class BlockReader {
    private final byte[] bytes;
    private final int entries;
    private final int starts;
    /** Strings by where they begin: what is referred to often is made once. */
    private final PlaceTable placesOfMade = new PlaceTable();

    private String[] made = new String[16];
    private int countOfMade;

    private long characters;
    private int position;
    private int end;

    BlockReader(byte[] bytes) throws DamagedException {
        this.bytes = bytes;
        if (bytes.length < BlockWriter.PLACE) {
            throw new DamagedException("a block of " + bytes.length + " bytes");
        }
        entries = place(bytes.length - BlockWriter.PLACE);
        starts = bytes.length - BlockWriter.PLACE * (entries + 1);
        if (starts < 0 || (entries > 0 && place(starts) != 0) || (entries == 0 && starts != 0)) {
            throw new DamagedException("a block whose entries are not where it says");
        }
    }

    int entries() {
        return entries;
    }

    /** Goes to the beginning of an entry. */
    void seek(int entry) throws DamagedException {
        Objects.checkIndex(entry, entries);
        int from = place(starts + BlockWriter.PLACE * entry);
        int to = entry + 1 == entries ? starts : place(starts + BlockWriter.PLACE * (entry + 1));
        if (from >= to || to > starts) {
            throw new DamagedException("entry " + entry + " of a block lies from " + from + " to " + to);
        }
        position = from;
        end = to;
    }

    /** Makes sure that the entry ends here. */
    void end() throws DamagedException {
        if (position != end) {
            throw new DamagedException("an entry with " + (end - position) + " bytes too many");
        }
    }

    long number() throws DamagedException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            int part = next();
            value |= (long) (part & 0x7f) << shift;
            if ((part & 0x80) == 0) {
                return value;
            }
        }
        throw new DamagedException("a number without end");
    }

    /** The number of things that follow, each of at least one byte. */
    int count() throws DamagedException {
        long count = number();
        if (count > end - position) {
            throw new DamagedException(count + " things in " + (end - position) + " bytes");
        }
        return (int) count;
    }

    int fixed32() throws DamagedException {
        return next() << 24 | next() << 16 | next() << 8 | next();
    }

    Key key() throws DamagedException {
        return new Key(string(), string(), string());
    }

    /** How the key that follows compares with another; of its names no more are read than that needs. */
    int compareKey(Key other) throws DamagedException {
        int order = string().compareTo(other.first());
        if (order == 0) {
            order = string().compareTo(other.second());
        }
        return order != 0 ? order : string().compareTo(other.third());
    }

    List<String> strings() throws DamagedException {
        int count = count();
        List<String> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            strings.add(string());
        }
        return strings;
    }

    String string() throws DamagedException {
        String text = nullableString();
        if (text == null) {
            throw new DamagedException("no text where there is always one");
        }
        return text;
    }

    @Nullable
    String nullableString() throws DamagedException {
        int at = position;
        long head = number();
        int kind = (int) head & ((1 << BlockWriter.KIND_BITS) - 1);
        long n = head >>> BlockWriter.KIND_BITS;
        return switch (kind) {
            case BlockWriter.NULL -> nothing(n);
            case BlockWriter.LATIN -> kept(at, latin(n));
            case BlockWriter.WIDE -> kept(at, wide(n));
            case BlockWriter.SAME -> referred(before(at, n), false);
            case BlockWriter.REST -> kept(at, rest(at, n));
            default -> throw new DamagedException("a string of no kind that is known");
        };
    }

    private static @Nullable String nothing(long n) throws DamagedException {
        if (n != 0) {
            throw new DamagedException("a string of no kind that is known");
        }
        return null;
    }

    private String rest(int at, long length) throws DamagedException {
        int base = before(at, number());
        int shared = next();
        String beginning = referred(base, true);
        if (shared > beginning.length()) {
            throw new DamagedException("the beginning of a string that is shorter");
        }
        return beginning.substring(0, shared) + latin(length);
    }

    /** The string at an earlier place, which is none that refers to another, unless to its beginning only. */
    private String referred(int at, boolean asBase) throws DamagedException {
        int returnTo = position;
        int returnEnd = end;
        position = at;
        // It may belong to an earlier entry; it cannot reach further than the entries do.
        end = starts;
        long head = number();
        int kind = (int) head & ((1 << BlockWriter.KIND_BITS) - 1);
        if (kind != BlockWriter.LATIN && (asBase || (kind != BlockWriter.WIDE && kind != BlockWriter.REST))) {
            throw new DamagedException("a reference that leads to no string");
        }
        int earlier = placesOfMade.get(at);
        String text;
        if (earlier >= 0) {
            text = made[earlier];
        } else {
            position = at;
            text = string();
        }
        position = returnTo;
        end = returnEnd;
        return text;
    }

    private static int before(int at, long distance) throws DamagedException {
        if (distance <= 0 || distance > at) {
            throw new DamagedException("a reference that leads out of its block");
        }
        return at - (int) distance;
    }

    private String latin(long length) throws DamagedException {
        int from = advance(length);
        return new String(bytes, from, (int) length, StandardCharsets.ISO_8859_1);
    }

    private String wide(long length) throws DamagedException {
        if (length > bytes.length) {
            throw new DamagedException("a string that is longer than its block");
        }
        int from = advance(2 * length);
        char[] units = new char[(int) length];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) word(from + 2 * i);
        }
        return new String(units);
    }

    private String kept(int at, String text) throws DamagedException {
        int earlier = placesOfMade.putIfAbsent(at, countOfMade);
        if (earlier >= 0) {
            return made[earlier];
        }
        if (countOfMade == made.length) {
            made = Arrays.copyOf(made, 2 * countOfMade);
        }
        made[countOfMade++] = text;
        characters += text.length();
        if (characters > (long) BlockWriter.MOST_CHARACTERS * bytes.length) {
            throw new DamagedException(characters + " characters of strings in a block of " + bytes.length + " bytes");
        }
        return text;
    }

    private int advance(long length) throws DamagedException {
        if (length > end - position) {
            throw new DamagedException("a string that is longer than its entry");
        }
        int from = position;
        position += (int) length;
        return from;
    }

    private int next() throws DamagedException {
        if (position >= end) {
            throw new DamagedException("an entry that ends too early");
        }
        return bytes[position++] & 0xff;
    }

    private int place(int at) {
        return (bytes[at] & 0xff) << 16 | word(at + 1);
    }

    private int word(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
