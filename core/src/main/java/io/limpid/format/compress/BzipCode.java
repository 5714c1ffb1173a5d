package io.limpid.format.compress;

import java.io.IOException;
import java.util.Arrays;

/** A Huffman code of bzip2: short codes are found by their bits in one step, longer ones by the greatest code of each length. */
final class BzipCode {
    private static final int LONGEST = 20;
    private static final int MOST_SYMBOLS = 258;
    /** Codes of at most so many bits are in the table. */
    private static final int SHORT = 10;

    private static final int LENGTH_BITS = 5;
    private static final int LENGTH = (1 << LENGTH_BITS) - 1;

    private final int[] lengths = new int[MOST_SYMBOLS];
    /** For each short code and what may follow it the symbol and the code's length; 0 for what begins a longer one. */
    private final short[] table = new short[1 << SHORT];
    /** The symbols in the order of their codes. */
    private final short[] symbols = new short[MOST_SYMBOLS];
    /** For each length one more than the greatest code of it, of {@link #LONGEST} bits. */
    private final int[] ends = new int[LONGEST + 2];
    /** For each length what is to be added to a code to have the place of its symbol. */
    private final int[] shifts = new int[LONGEST + 1];

    /** Reads the lengths of the codes of so many symbols. */
    void read(BzipBits bits, int count) throws IOException {
        int length = (int) bits.take(5);
        for (int symbol = 0; symbol < count; symbol++) {
            while (true) {
                if (length < 1 || length > LONGEST) {
                    throw new IOException("damaged bzip2 data: a code of " + length + " bits");
                }
                if (!bits.flag()) {
                    break;
                }
                length += bits.flag() ? -1 : 1;
            }
            lengths[symbol] = length;
        }
        assign(count);
    }

    private void assign(int count) throws IOException {
        Arrays.fill(table, (short) 0);
        int code = 0;
        int place = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            shifts[length] = place - code;
            for (int symbol = 0; symbol < count; symbol++) {
                if (lengths[symbol] != length) {
                    continue;
                }
                if (code >>> length != 0) {
                    throw new IOException("damaged bzip2 data: more codes than there can be");
                }
                symbols[place++] = (short) symbol;
                if (length <= SHORT) {
                    int from = code << (SHORT - length);
                    Arrays.fill(table, from, from + (1 << (SHORT - length)), (short) (symbol << LENGTH_BITS | length));
                }
                code++;
            }
            ends[length] = code << (LONGEST - length);
        }
        ends[LONGEST + 1] = Integer.MAX_VALUE;
    }

    /** Reads a symbol. */
    int next(BzipBits bits) throws IOException {
        int ahead = (int) bits.peek(LONGEST);
        int found = table[ahead >>> (LONGEST - SHORT)];
        if (found != 0) {
            bits.skip(found & LENGTH);
            return found >>> LENGTH_BITS;
        }
        int length = SHORT + 1;
        while (ahead >= ends[length]) {
            length++;
        }
        if (length > LONGEST) {
            throw new IOException("damaged bzip2 data: bits that are no code");
        }
        bits.skip(length);
        return symbols[(ahead >>> (LONGEST - length)) + shifts[length]];
    }
}
