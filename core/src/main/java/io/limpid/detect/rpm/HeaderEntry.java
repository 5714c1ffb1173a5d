package io.limpid.detect.rpm;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a header's index, 16 bytes: what it is, of which type, where its data start and how many values it has.
 *
 * @param tag what it is
 * @param type one of rpm's ten types
 * @param offset from the beginning of the data
 * @param count how many values; for bytes how many of them
 */
record HeaderEntry(int tag, int type, int offset, int count) {
    static final int BYTES = 16;

    static final int INT32 = 4;
    static final int STRING = 6;
    static final int BIN = 7;
    static final int STRING_ARRAY = 8;
    static final int I18NSTRING = 9;

    /** Bytes of a value of each type; those of text end with a zero byte instead. */
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 1, 1};

    private static final int LAST_TYPE = I18NSTRING;
    /** Those before are regions, and only at the beginning of an index. */
    private static final int FIRST_TAG = 100;

    static HeaderEntry at(ByteBuffer bytes, int from) {
        return new HeaderEntry(
                bytes.getInt(from), bytes.getInt(from + 4), bytes.getInt(from + 8), bytes.getInt(from + 12));
    }

    boolean isText() {
        return type == STRING || type == STRING_ARRAY || type == I18NSTRING;
    }

    /**
     * What is wrong with it, null when nothing is: its values must be inside the data.
     *
     * @param dataBytes how many bytes of data the header has
     */
    @Nullable
    String wrong(long dataBytes) {
        if (tag < FIRST_TAG) {
            return "there is no tag " + tag;
        }
        if (type < 0 || type > LAST_TYPE) {
            return "tag " + tag + " is of no type";
        }
        if (count < 0 || offset < 0 || offset > dataBytes || (count == 0 && type != 0)) {
            return "tag " + tag + " is outside of the header";
        }
        if (type == STRING && count != 1) {
            return "tag " + tag + " is one text and more than one";
        }
        // Of text each value has its zero byte at least.
        if ((long) count * SIZES[type] > dataBytes - offset) {
            return "tag " + tag + " ends behind the header";
        }
        return offset % Math.max(1, SIZES[type]) == 0 ? null : "tag " + tag + " is not where a number can be";
    }
}
