package io.limpid.format.tar;

import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * The fields of one 512-byte header block: POSIX.1-1988 ustar, old GNU and Unix V7.
 *
 * <p>Where the formats leave room, fields are read as Go's {@code archive/tar} does, since that is what unpacks images.
 */
final class TarHeader {
    static final int BLOCK = 512;

    private static final int HALF = BLOCK / 2;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE = 124;
    private static final int NUMBER_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE = 156;
    private static final int LINK_NAME = 157;
    private static final int MAGIC = 257;
    private static final int PREFIX = 345;
    private static final int USTAR_PREFIX_LENGTH = 155;
    private static final int STAR_PREFIX_LENGTH = 131;
    private static final int STAR_TRAILER = 508;
    private static final int GNU_ACCESS_TIME = 345;
    private static final int GNU_CHANGE_TIME = 357;
    private static final int GNU_SPARSE = 386;
    private static final int GNU_SPARSE_ENTRIES = 4;
    private static final int GNU_EXTENDED = 482;
    private static final int GNU_REAL_SIZE = 483;
    private static final byte[] USTAR_MAGIC = {'u', 's', 't', 'a', 'r', 0};
    private static final byte[] GNU_MAGIC = {'u', 's', 't', 'a', 'r', ' ', ' ', 0};
    private static final byte[] STAR_MAGIC = {'t', 'a', 'r', 0};

    private final Adler32 adler = new Adler32();
    private final byte[] block;
    private int start;

    /** The headers in this buffer. */
    TarHeader(byte[] block) {
        this.block = block;
    }

    /** The header at {@code from}; valid until the buffer is filled anew or another is asked for. */
    TarHeader at(int from) {
        start = from;
        return this;
    }

    /** Whether all 512 bytes are zero, which ends an archive. */
    boolean isZero() {
        for (int i = 0; i < BLOCK; i++) {
            if (block[start + i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the checksum is that of the block, counted with unsigned or, as some old programs do, with signed bytes. */
    boolean hasValidChecksum() {
        try {
            long stated = octal(CHECKSUM, CHECKSUM_LENGTH);
            int unsigned = unsignedSum();
            return stated == unsigned || stated == unsigned - 256 * highBytes();
        } catch (TarException _) {
            return false;
        }
    }

    /** The sum of all bytes, those of the checksum's own field counted as blanks. */
    private int unsignedSum() {
        int sum = halfSum(start) + halfSum(start + HALF) + CHECKSUM_LENGTH * ' ';
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            sum -= block[start + CHECKSUM + i] & 0xff;
        }
        return sum;
    }

    /**
     * The sum of half a block: the lower half of an Adler-32 is one more than it, modulo 65521, which 256 bytes do not reach. Native code
     * computes it in a tenth of the time that a loop takes before it is optimized, and most scans end before that.
     */
    private int halfSum(int from) {
        adler.reset();
        adler.update(block, from, HALF);
        return (int) (adler.getValue() & 0xffff) - 1;
    }

    /** How many bytes outside of the checksum's field count 256 less with a sign. */
    private int highBytes() {
        int count = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean counts = i < CHECKSUM || i >= CHECKSUM + CHECKSUM_LENGTH;
            count += counts && block[start + i] < 0 ? 1 : 0;
        }
        return count;
    }

    char type() {
        return (char) (block[start + TYPE] & 0xff);
    }

    /** What the header says of the size; nonsense where the entry has no content. */
    long size() throws TarException {
        long size = number(SIZE, NUMBER_LENGTH);
        if (size < 0) {
            throw new TarException("an entry with a negative size");
        }
        return size;
    }

    byte[] linkName() {
        return text(LINK_NAME, NAME_LENGTH);
    }

    /** The name with its prefix before it. */
    byte[] name() {
        byte[] name = text(NAME, NAME_LENGTH);
        byte[] prefix = prefix();
        if (prefix.length == 0) {
            return name;
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        whole[prefix.length] = '/';
        System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
        return whole;
    }

    private byte[] prefix() {
        if (is(MAGIC, USTAR_MAGIC)) {
            return text(PREFIX, is(STAR_TRAILER, STAR_MAGIC) ? STAR_PREFIX_LENGTH : USTAR_PREFIX_LENGTH);
        }
        if (is(MAGIC, GNU_MAGIC) && !(isNumber(GNU_ACCESS_TIME) && isNumber(GNU_CHANGE_TIME))) {
            // Docker built with Go before 1.8 wrote a ustar prefix over GNU's time fields.
            byte[] prefix = text(PREFIX, USTAR_PREFIX_LENGTH);
            for (byte b : prefix) {
                if (b < 0) {
                    return new byte[0];
                }
            }
            return prefix;
        }
        return new byte[0];
    }

    boolean isGnu() {
        return is(MAGIC, GNU_MAGIC);
    }

    long gnuRealSize() throws TarException {
        return number(GNU_REAL_SIZE, NUMBER_LENGTH);
    }

    boolean gnuSparseGoesOn() {
        return block[start + GNU_EXTENDED] != 0;
    }

    /** The part of an old GNU sparse map that the header itself holds. */
    void gnuSegments(SparseMapBuilder map) throws TarException {
        segments(GNU_SPARSE, GNU_SPARSE_ENTRIES, map);
    }

    /** Reads pairs of offset and length up to the first that is empty. */
    void segments(int at, int count, SparseMapBuilder map) throws TarException {
        for (int i = 0; i < count; i++) {
            int pair = at + i * 2 * NUMBER_LENGTH;
            if (block[start + pair] == 0) {
                return;
            }
            map.add(number(pair, NUMBER_LENGTH), number(pair + NUMBER_LENGTH, NUMBER_LENGTH));
        }
    }

    boolean flagAt(int at) {
        return block[start + at] != 0;
    }

    private boolean is(int at, byte[] magic) {
        return Arrays.equals(block, start + at, start + at + magic.length, magic, 0, magic.length);
    }

    private byte[] text(int at, int length) {
        int end = start + at;
        while (end < start + at + length && block[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(block, start + at, end);
    }

    private boolean isNumber(int at) {
        try {
            if (block[start + at] != 0) {
                number(at, NUMBER_LENGTH);
            }
            return true;
        } catch (TarException _) {
            return false;
        }
    }

    /** A number in octal digits or, with the highest bit set, in base 256 (two's complement, most significant byte first). */
    private long number(int at, int length) throws TarException {
        int first = block[start + at] & 0xff;
        if ((first & 0x80) == 0) {
            return octal(at, length);
        }
        boolean negative = (first & 0x40) != 0;
        long value = negative ? (first | 0xffffff80) : first & 0x7f;
        for (int i = 1; i < length; i++) {
            long shifted = value << 8;
            if (shifted >> 8 != value) {
                throw new TarException("a number in a header is too large");
            }
            value = shifted | (block[start + at + i] & 0xff);
        }
        return value;
    }

    private long octal(int at, int length) throws TarException {
        int from = start + at;
        int to = from + length;
        while (from < to && (block[from] == ' ' || block[from] == 0)) {
            from++;
        }
        while (to > from && (block[to - 1] == ' ' || block[to - 1] == 0)) {
            to--;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            byte b = block[i];
            if (b == 0) {
                break;
            }
            if (b < '0' || b > '7') {
                throw new TarException("a number in a header has a wrong digit");
            }
            value = value << 3 | (b - '0');
        }
        return value;
    }

    /** The bytes that a content of this size takes, which ends with a whole block. */
    static long padded(long size) throws TarException {
        if (size > Long.MAX_VALUE - BLOCK) {
            throw new TarException("an entry of " + size + " bytes");
        }
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }
}
