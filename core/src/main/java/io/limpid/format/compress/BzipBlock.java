package io.limpid.format.compress;

import java.io.IOException;
import java.util.Arrays;

/** A block of bzip2, in the memory that the next one uses too. */
final class BzipBlock {
    private static final int GROUP = 50;
    private static final int MOST_GROUPS = 6;
    private static final int LEAST_GROUPS = 2;
    private static final int MOST_SELECTORS = 18_002;

    /** For each place a byte, in the lowest eight bits, and the place of the next one; as long as the largest block that a stream could have so far. */
    private int[] table = {};

    private final BzipText text = new BzipText();

    private int most;
    private int length;
    private int crc;
    private final byte[] selectors = new byte[MOST_SELECTORS];
    private final BzipCode[] codes = new BzipCode[MOST_GROUPS];
    private final byte[] front = new byte[256];
    private final int[] counts = new int[257];

    BzipBlock() {
        Arrays.setAll(codes, _ -> new BzipCode());
    }

    int length() {
        return length;
    }

    BzipText text() {
        return text;
    }

    /** The checksum that the block says it has. */
    int crc() {
        return crc;
    }

    /**
     * Reads a block after what tells that one follows.
     *
     * @param mostBytes that it may have
     */
    void read(BzipBits bits, int mostBytes) throws IOException {
        most = mostBytes;
        // Only here and only more: a stream of a few bytes can announce large blocks and have none.
        if (table.length < BzipText.tableLength(most)) {
            table = new int[BzipText.tableLength(most)];
        }
        crc = (int) bits.take(32);
        if (bits.flag()) {
            throw new IOException("bzip2 data with a randomised block, which none has been since bzip2 0.9.5");
        }
        int begin = (int) bits.take(24);
        int used = readFront(bits);
        int groups = (int) bits.take(3);
        int selected = (int) bits.take(15);
        if (groups < LEAST_GROUPS || groups > MOST_GROUPS || selected == 0) {
            throw damaged("a block of " + groups + " codes and " + selected + " selectors");
        }
        readSelectors(bits, groups, selected);
        for (int i = 0; i < groups; i++) {
            codes[i].read(bits, used + 2);
        }
        length = readBytes(bits, used + 1, Math.min(selected, MOST_SELECTORS));
        if (begin >= length) {
            throw damaged("a block that begins outside of itself");
        }
        link();
        text.read(table, length, table[begin] >>> Byte.SIZE);
    }

    /** Reads which bytes there are; gives how many. */
    private int readFront(BzipBits bits) throws IOException {
        int rows = (int) bits.take(16);
        int used = 0;
        for (int row = 0; row < 16; row++) {
            if ((rows >>> (15 - row) & 1) != 0) {
                int columns = (int) bits.take(16);
                for (int column = 0; column < 16; column++) {
                    if ((columns >>> (15 - column) & 1) != 0) {
                        front[used++] = (byte) (row << 4 | column);
                    }
                }
            }
        }
        if (used == 0) {
            throw damaged("a block of no bytes");
        }
        return used;
    }

    private void readSelectors(BzipBits bits, int groups, int selected) throws IOException {
        byte[] recent = {0, 1, 2, 3, 4, 5};
        for (int i = 0; i < selected; i++) {
            int place = 0;
            while (bits.flag()) {
                if (++place >= groups) {
                    throw damaged("a selector of none of its codes");
                }
            }
            byte group = recent[place];
            System.arraycopy(recent, 0, recent, 1, place);
            recent[0] = group;
            // Some writers add more than a block can need.
            if (i < MOST_SELECTORS) {
                selectors[i] = group;
            }
        }
    }

    /** Reads the block's bytes into the table; gives how many. */
    private int readBytes(BzipBits bits, int end, int selected) throws IOException {
        Arrays.fill(counts, 0);
        int at = 0;
        int selector = 0;
        int inGroup = 0;
        BzipCode code = codes[0];
        int repeated = 0;
        int weight = 1;
        while (true) {
            if (inGroup == 0) {
                if (selector == selected) {
                    throw damaged("a block that goes on after its last selector");
                }
                code = codes[selectors[selector++]];
                inGroup = GROUP;
            }
            inGroup--;
            int symbol = code.next(bits);
            if (symbol <= 1) {
                // A number in the digits 1 and 2, the lowest first: how often the byte in front comes.
                repeated += weight << symbol;
                weight <<= 1;
                if (repeated > most - at) {
                    throw tooLong();
                }
                continue;
            }
            if (repeated > 0) {
                int value = front[0] & 0xff;
                counts[value + 1] += repeated;
                Arrays.fill(table, at, at + repeated, value);
                at += repeated;
                repeated = 0;
                weight = 1;
            }
            if (symbol == end) {
                return at;
            }
            if (at == most) {
                throw tooLong();
            }
            byte moved = front[symbol - 1];
            if (symbol < 16) {
                for (int i = symbol - 1; i > 0; i--) {
                    front[i] = front[i - 1];
                }
            } else {
                System.arraycopy(front, 0, front, 1, symbol - 1);
            }
            front[0] = moved;
            counts[(moved & 0xff) + 1]++;
            table[at++] = moved & 0xff;
        }
    }

    /** Writes at each place where the next byte is. */
    private void link() {
        for (int value = 1; value < counts.length; value++) {
            counts[value] += counts[value - 1];
        }
        for (int at = 0; at < length; at++) {
            table[counts[table[at] & 0xff]++] |= at << Byte.SIZE;
        }
    }

    private IOException tooLong() {
        return damaged("a block of more than " + most + " bytes");
    }

    private static IOException damaged(String what) {
        return new IOException("damaged bzip2 data: " + what);
    }
}
