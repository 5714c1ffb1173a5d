package io.limpid.snapshot;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Goes through a table from a key on, opening no other blocks than it needs. */
final class TableCursor {
    private final BlockFile file;
    private final Table table;
    private final BlockReader[] blocks;
    /** Where the open blocks lie. */
    private final @Nullable BlockPlace[] places;

    private final int[] entries;
    private final @Nullable Consumer<BlockPlace> visited;
    private boolean begun;

    TableCursor(BlockFile file, Table table) {
        this(file, table, null);
    }

    /**
     * @param visited hears of every block that is opened; null for nobody
     */
    TableCursor(BlockFile file, Table table, @Nullable Consumer<BlockPlace> visited) {
        this.file = file;
        this.table = table;
        this.visited = visited;
        blocks = new BlockReader[table.height()];
        places = new BlockPlace[table.height()];
        entries = new int[table.height()];
    }

    /** Goes before the first entry whose key is not less. */
    void seek(Key key) throws IOException {
        begun = true;
        if (table.height() == 0) {
            return;
        }
        open(0, table.top());
        for (int level = 0; level + 1 < blocks.length; level++) {
            // Equal keys may begin in the block before the first that begins with them.
            entries[level] = Math.max(0, firstNotLess(blocks[level], key) - 1);
            openChild(level);
        }
        int leaf = blocks.length - 1;
        entries[leaf] = firstNotLess(blocks[leaf], key) - 1;
    }

    /**
     * Goes to the next entry.
     *
     * @return the block, before the key of that entry; null after the last
     */
    @Nullable
    BlockReader next() throws IOException {
        if (blocks.length == 0) {
            return null;
        }
        if (!begun) {
            begun = true;
            open(0, table.top());
            descend(0);
            entries[blocks.length - 1] = -1;
        }
        int level = blocks.length - 1;
        while (++entries[level] >= blocks[level].entries()) {
            if (--level < 0) {
                // Stays there, however often it is asked.
                entries[0] = blocks[0].entries();
                return null;
            }
        }
        if (level + 1 < blocks.length) {
            descend(level);
        }
        int leaf = blocks.length - 1;
        blocks[leaf].seek(entries[leaf]);
        return blocks[leaf];
    }

    private void descend(int from) throws IOException {
        for (int level = from; level + 1 < blocks.length; level++) {
            openChild(level);
        }
    }

    private void open(int level, BlockPlace place) throws IOException {
        if (visited != null) {
            visited.accept(place);
        }
        entries[level] = 0;
        // One look-up after the other begins at the top, and often ends close by.
        if (place.equals(places[level])) {
            return;
        }
        places[level] = null;
        blocks[level] = file.block(place);
        if (blocks[level].entries() == 0) {
            throw new DamagedException("a block of a table without an entry");
        }
        places[level] = place;
    }

    private void openChild(int level) throws IOException {
        BlockReader block = blocks[level];
        block.seek(entries[level]);
        Key first = block.key();
        BlockPlace place = BlockPlace.read(block);
        block.end();
        open(level + 1, place);
        blocks[level + 1].seek(0);
        if (blocks[level + 1].compareKey(first) != 0) {
            throw new DamagedException("a block that begins with another key than it is filed under");
        }
    }

    private static int firstNotLess(BlockReader block, Key key) throws IOException {
        int low = 0;
        int high = block.entries();
        while (low < high) {
            int middle = (low + high) >>> 1;
            block.seek(middle);
            if (block.compareKey(key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
