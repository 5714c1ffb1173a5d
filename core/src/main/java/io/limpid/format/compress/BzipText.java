package io.limpid.format.compress;

/**
 * The bytes of a block of bzip2 in their order.
 *
 * <p>A block's table says for each place where the next byte is: one path through all of its memory, on which each step waits for the one before. So the
 * path is walked from several of its places at the same time, each until it comes to where another began; memory is then waited for
 * once for all of them. What they find is kept in pieces, which are linked to the whole when it is known whose end is whose beginning.
 */
final class BzipText {
    /** Bytes of a piece, a power of two. */
    private static final int PIECE = 1 << 10;
    /** Between two places at which a walk begins, a power of two: a walk takes this many steps on the average. */
    private static final int STRIDE = 1 << 12;

    private static final int WALKS = 16;
    /** Where a walk that has no path left goes round and round. */
    private static final int IDLE_ENTRIES = 2;

    private byte[] pieces = {};
    private int[] lengths = {};
    private int[] following = {};
    private int used;

    private int first;
    /** All places that are this far from a multiple of {@link #STRIDE} begin a walk; the text's first byte is at one of them. */
    private int offset;

    private int begun;
    private int active;
    private int idlePlace;
    private final int[] piece = new int[WALKS];
    private final int[] places = new int[WALKS];
    private final int[] ends = new int[WALKS];

    /** How long the table must be for a block of so many bytes. */
    static int tableLength(int bytes) {
        return bytes + IDLE_ENTRIES;
    }

    /** The piece that begins the text. */
    int first() {
        return first;
    }

    int next(int piece) {
        return following[piece];
    }

    int from(int piece) {
        return piece * PIECE;
    }

    int length(int piece) {
        return lengths[piece];
    }

    byte[] bytes() {
        return pieces;
    }

    /**
     * Puts the bytes of a block in order.
     *
     * @param table for each place a byte, in the lowest eight bits, and the place of the next one; a permutation
     * @param count bytes of the block, at least one
     * @param place of the first one
     */
    void read(int[] table, int count, int place) {
        first = place / STRIDE;
        offset = place & (STRIDE - 1);
        // One more piece for each walk that does nothing any more.
        int most = count / PIECE + 2 * (count / STRIDE + 1) + 2 * WALKS;
        if (lengths.length < most) {
            pieces = new byte[most * PIECE];
            lengths = new int[most];
            following = new int[most];
        }
        int walks = (count - offset + STRIDE - 1) / STRIDE;
        begun = 0;
        used = walks;
        active = WALKS;
        idlePlace = (count & (STRIDE - 1)) == offset ? count + 1 : count;
        table[idlePlace] = idlePlace << Byte.SIZE;
        for (int walk = 0; walk < WALKS; walk++) {
            begin(walk, walks);
        }
        walk(table, walks);
    }

    private void begin(int walk, int walks) {
        if (begun < walks) {
            piece[walk] = begun;
            places[walk] = offset + begun * STRIDE;
            begun++;
        } else {
            piece[walk] = used++;
            places[walk] = idlePlace;
            active--;
        }
        ends[walk] = piece[walk] * PIECE;
    }

    private void walk(int[] table, int walks) {
        int[] at = places;
        int[] reached = ends;
        byte[] to = pieces;
        int beginning = offset;
        while (active > 0) {
            for (int walk = 0; walk < WALKS; walk++) {
                int entry = table[at[walk]];
                int end = reached[walk];
                to[end++] = (byte) entry;
                int place = entry >>> Byte.SIZE;
                if ((place & (STRIDE - 1)) == beginning || (end & (PIECE - 1)) == 0) {
                    turn(walk, place, end, walks);
                } else {
                    at[walk] = place;
                    reached[walk] = end;
                }
            }
        }
    }

    /** At the end of a piece, of a walk, or of both. */
    private void turn(int walk, int place, int end, int walks) {
        int now = piece[walk];
        lengths[now] = end - now * PIECE;
        if ((place & (STRIDE - 1)) == offset) {
            following[now] = place / STRIDE;
            begin(walk, walks);
        } else if (place == idlePlace) {
            ends[walk] = now * PIECE;
        } else {
            following[now] = used;
            piece[walk] = used;
            places[walk] = place;
            ends[walk] = used * PIECE;
            used++;
        }
    }
}
