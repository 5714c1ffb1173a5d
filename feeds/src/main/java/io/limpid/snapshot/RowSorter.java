package io.limpid.snapshot;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Sorts more rows than fit into memory: what is too much goes into sorted runs, files that are merged at the end. */
final class RowSorter implements Closeable {
    private static final Comparator<Row> ORDER = (one, other) -> {
        int order = one.key.compareTo(other.key);
        return order != 0 ? order : Arrays.compareUnsigned(one.block, other.block);
    };
    /** What a row takes besides its bytes: the objects, the key's strings. */
    private static final int ROW_BYTES = 200;

    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final String name;
    private final long memory;
    private List<Row> rows = new ArrayList<>();
    private long bytes;
    private final List<Path> runs = new ArrayList<>();
    private final List<Source> open = new ArrayList<>();

    /** A row: a block of one entry, which begins with the key. */
    static final class Row {
        private final Key key;
        private final byte[] block;

        Row(Key key, byte[] block) {
            this.key = key;
            this.block = block;
        }

        Key key() {
            return key;
        }

        /** The entry, before its key. */
        BlockReader entry() throws IOException {
            BlockReader reader = new BlockReader(block);
            reader.seek(0);
            return reader;
        }

        int length() {
            return block.length;
        }
    }

    /** Rows in their order, one after the other. */
    interface Rows {
        @Nullable
        Row next() throws IOException;
    }

    /**
     * @param folder where runs go
     * @param name what their names begin with
     * @param memory about how many bytes of rows are kept before they become a run
     */
    RowSorter(Path folder, String name, long memory) {
        this.folder = folder;
        this.name = name;
        this.memory = memory;
    }

    void add(Row row) throws IOException {
        rows.add(row);
        bytes += ROW_BYTES + row.block.length;
        if (bytes > memory) {
            spill();
        }
    }

    private void spill() throws IOException {
        rows.sort(ORDER);
        Path run = folder.resolve(name + "-" + runs.size());
        runs.add(run);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), BUFFER))) {
            for (Row row : rows) {
                out.writeInt(row.block.length);
                out.write(row.block);
            }
        }
        rows = new ArrayList<>();
        bytes = 0;
    }

    /** All rows in their order; nothing can be added any more. */
    Rows sorted() throws IOException {
        if (runs.isEmpty()) {
            rows.sort(ORDER);
            var iterator = rows.iterator();
            return () -> iterator.hasNext() ? iterator.next() : null;
        }
        spill();
        PriorityQueue<Source> queue = new PriorityQueue<>(Comparator.comparing(Source::row, ORDER));
        for (Path run : runs) {
            Source source = new Source(run);
            open.add(source);
            if (source.advance()) {
                queue.add(source);
            }
        }
        return () -> merged(queue);
    }

    private static @Nullable Row merged(PriorityQueue<Source> queue) throws IOException {
        Source least = queue.poll();
        if (least == null) {
            return null;
        }
        Row row = least.row();
        if (least.advance()) {
            queue.add(least);
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        rows = List.of();
        for (Source source : open) {
            source.close();
        }
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }

    private static final class Source implements Closeable {
        private final DataInputStream in;
        private long left;
        private @Nullable Row row;

        Source(Path run) throws IOException {
            left = Files.size(run);
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(run), BUFFER));
        }

        Row row() {
            if (row == null) {
                throw new IllegalStateException("before the first or after the last row");
            }
            return row;
        }

        boolean advance() throws IOException {
            row = null;
            if (left == 0) {
                return false;
            }
            byte[] block = new byte[in.readInt()];
            in.readFully(block);
            left -= Integer.BYTES + block.length;
            BlockReader reader = new BlockReader(block);
            reader.seek(0);
            row = new Row(reader.key(), block);
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
