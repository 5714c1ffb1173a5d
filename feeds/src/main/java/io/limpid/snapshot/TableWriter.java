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
    private @Nullable Key last;
    private long count;

    private static final class Level {
        private final BlockWriter block = new BlockWriter();
        private @Nullable Key first;
    }

    TableWriter(BlockOutput out) {
        this.out = out;
    }

    /**
     * Adds an entry; entries come in the order of their keys.
     *
     * @param content writes the key, and what belongs to it
     */
    void add(Key key, Consumer<BlockWriter> content) throws IOException {
        if (last != null && last.compareTo(key) > 0) {
            throw new IllegalStateException(key + " after " + last);
        }
        last = key;
        count++;
        add(0, key, content);
    }

    private void add(int height, Key key, Consumer<BlockWriter> content) throws IOException {
        if (height == levels.size()) {
            levels.add(new Level());
        }
        Level level = levels.get(height);
        if (!level.block.hasRoom(BLOCK_BYTES, height == 0 ? 1 : LEAST_BELOW)) {
            close(height, level);
        }
        if (level.first == null) {
            level.first = key;
        }
        level.block.entry();
        content.accept(level.block);
    }

    private void close(int height, Level level) throws IOException {
        Key first = level.first;
        if (first == null) {
            return;
        }
        level.first = null;
        BlockPlace place = out.block(level.block.finish());
        add(height + 1, first, block -> {
            block.key(first);
            place.writeTo(block);
        });
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
