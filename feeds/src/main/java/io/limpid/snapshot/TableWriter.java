package io.limpid.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a sorted table as a tree of blocks: below, the entries; above, in blocks of the same kind, the first key of each block and its place; at
 * the top one block.
 */
final class TableWriter {
    /** When a block has so many bytes the next entry begins a new one. */
    static final int BLOCK_BYTES = 1 << 14;

    /** However long their keys are, blocks of places point to so many others: each level is smaller than the one below. */
    private static final int LEAST_BELOW = 2;

    private final BlockOutput out;
    private final List<Level> levels = new ArrayList<>();
    private long count;

    private static final class Level {
        private final BlockWriter block = new BlockWriter();
        /** The first key of the block, null when it is empty. */
        private @Nullable Key first;
        /** The first key of this block or the one before. */
        private Key last = new Key("", "", "");
    }

    TableWriter(BlockOutput out) {
        this.out = out;
    }

    /** Adds an entry; entries come in the order of their keys. */
    void add(Row row) throws IOException {
        Level level = level(0);
        if (level.first == null) {
            begin(level, row.key());
        }
        count++;
        level.block.entry();
        row.writeTo(level.block);
    }

    /**
     * Adds an entry.
     *
     * @param content writes what belongs to the key
     */
    void add(Key key, Consumer<BlockWriter> content) throws IOException {
        count++;
        add(0, key, content);
    }

    private void add(int height, Key key, Consumer<BlockWriter> content) throws IOException {
        Level level = level(height);
        if (level.first == null) {
            begin(level, key);
        }
        level.block.entry();
        level.block.key(key);
        content.accept(level.block);
    }

    private static void begin(Level level, Key first) {
        if (level.last.compareTo(first) > 0) {
            throw new IllegalStateException(first + " after " + level.last);
        }
        level.first = first;
        level.last = first;
    }

    /** A level in whose block there is room for an entry. */
    private Level level(int height) throws IOException {
        if (height == levels.size()) {
            levels.add(new Level());
        }
        Level level = levels.get(height);
        if (!level.block.hasRoom(BLOCK_BYTES, height == 0 ? 1 : LEAST_BELOW)) {
            close(height, level);
        }
        return level;
    }

    private void close(int height, Level level) throws IOException {
        Key first = level.first;
        if (first == null) {
            return;
        }
        level.first = null;
        BlockPlace place = out.block(level.block.finish());
        add(height + 1, first, place::writeTo);
    }

    /** Writes what is left, up to the top. */
    Table finish() throws IOException {
        if (levels.isEmpty()) {
            return Table.EMPTY;
        }
        for (int height = 0; height + 1 < levels.size(); height++) {
            close(height, levels.get(height));
        }
        int top = levels.size() - 1;
        return new Table(count, top + 1, out.block(levels.get(top).block.finish()));
    }
}
