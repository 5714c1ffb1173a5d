package io.limpid.snapshot;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;

/** A row that is to be sorted, as {@link RowWriter} writes it. */
final class Row implements Comparable<Row> {
    /** Before the first of all rows; none is like it. */
    static final Row NONE = new Row(new byte[0], 0, 0);

    private static final int NAMES = 3;

    private final byte[] bytes;
    private final int from;
    private final int to;

    Row(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** Reads a row after its length. */
    static Row read(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new Row(bytes, 0, bytes.length);
    }

    /** Its bytes. */
    int length() {
        return to - from;
    }

    /** The order of keys; that of rows with the same key is always the same. */
    @Override
    public int compareTo(Row other) {
        return Arrays.compareUnsigned(bytes, from, to, other.bytes, other.from, other.to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && Arrays.equals(bytes, from, to, row.bytes, row.from, row.to);
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    /** How many names of the two keys are the same, from the first on. */
    int sharedNames(Row other) {
        int same = Arrays.mismatch(bytes, from, to, other.bytes, other.from, other.to);
        int names = 0;
        for (int at = from; at < (same < 0 ? to : from + same) && names < NAMES; at++) {
            if (bytes[at] == 0) {
                names++;
            }
        }
        return names;
    }

    Key key() {
        int second = nameEnd(from) + 1;
        int third = nameEnd(second) + 1;
        return new Key(name(from, second - 1), name(second, third - 1), name(third, nameEnd(third)));
    }

    private int nameEnd(int begin) {
        int at = begin;
        while (bytes[at] != 0) {
            at++;
        }
        return at;
    }

    private String name(int begin, int end) {
        StringBuilder name = new StringBuilder(end - begin);
        for (int at = begin; at < end; at++) {
            if (bytes[at] > 0) {
                name.append((char) (bytes[at] - 1));
            } else {
                name.append((char) ((bytes[at] & 0x0f) << 12 | (bytes[++at] & 0x3f) << 6 | (bytes[++at] & 0x3f)));
            }
        }
        return name.toString();
    }

    /** Writes key and fields as what follows in an entry. */
    void writeTo(BlockWriter out) {
        int at = from;
        for (int i = 0; i < NAMES; i++) {
            int end = nameEnd(at);
            copyName(at, end, out);
            at = end + 1;
        }
        while (at < to) {
            at = copyField(at, out);
        }
    }

    private void copyName(int begin, int end, BlockWriter out) {
        byte[] latin = new byte[end - begin];
        for (int i = 0; i < latin.length; i++) {
            if (bytes[begin + i] < 0) {
                out.string(name(begin, end));
                return;
            }
            latin[i] = (byte) (bytes[begin + i] - 1);
        }
        out.latin(latin, 0, latin.length);
    }

    /** Copies a field; gives where the next one begins. */
    private int copyField(int begin, BlockWriter out) {
        int at = begin;
        long head = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes[at++];
            head |= (part & 0x7fL) << shift;
            if (part >= 0) {
                break;
            }
        }
        long value = head >>> BlockWriter.KIND_BITS;
        switch ((int) head & ((1 << BlockWriter.KIND_BITS) - 1)) {
            case RowWriter.NUMBER -> out.number(value);
            case BlockWriter.NULL -> out.string(null);
            case BlockWriter.LATIN -> {
                out.latin(bytes, at, (int) value);
                at += (int) value;
            }
            default -> {
                out.string(wide(at, (int) value));
                at += 2 * (int) value;
            }
        }
        return at;
    }

    /** So many UTF-16 units, of which not each need belong to a character. */
    private String wide(int begin, int length) {
        char[] units = new char[length];
        for (int i = 0; i < length; i++) {
            units[i] = (char) (bytes[begin + 2 * i] << 8 | (bytes[begin + 2 * i + 1] & 0xff));
        }
        return new String(units);
    }
}
