package io.limpid.snapshot;

import java.io.IOException;

/**
 * Where a table is in a file.
 *
 * @param entries how many entries it has
 * @param height how many levels of blocks, 0 when there is no entry
 * @param top the block at the top
 */
record Table(long entries, int height, BlockPlace top) {
    static final Table EMPTY = new Table(0, 0, new BlockPlace(0, 0, 0));

    /** More levels than a table of 2^31 blocks has that point to two others each. */
    private static final int MOST_LEVELS = 32;

    void writeTo(BlockWriter out) {
        out.number(entries);
        out.number(height);
        top.writeTo(out);
    }

    static Table read(BlockReader in) throws IOException {
        long entries = in.number();
        long height = in.number();
        if (height > MOST_LEVELS || (height == 0) != (entries == 0)) {
            throw new DamagedException("a table of " + height + " levels with " + entries + " entries");
        }
        return new Table(entries, (int) height, BlockPlace.read(in));
    }
}
