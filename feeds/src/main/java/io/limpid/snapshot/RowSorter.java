package io.limpid.snapshot;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Sorts more rows than fit into memory: what is too much goes into sorted runs, files that are merged at the end. */
final class RowSorter implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final String name;
    private final long memory;
    private RowArena rows = new RowArena();
    private final List<Path> runs = new ArrayList<>();
    private final List<Source> open = new ArrayList<>();

    /** Rows in their order, one after the other. */
    interface Rows {
        /** The next one, which is there until the sorter is closed. */
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

    /** Adds what was written to a row. */
    void add(RowWriter row) throws IOException {
        rows.add(row);
        if (rows.size() > memory) {
            spill();
        }
    }

    private void spill() throws IOException {
        rows.sort();
        Path run = folder.resolve(name + "-" + runs.size());
        runs.add(run);
        try (OutputStream out = Files.newOutputStream(run)) {
            rows.writeTo(out);
        }
        rows.clear();
    }

    /** All rows in their order; nothing can be added any more. */
    Rows sorted() throws IOException {
        if (runs.isEmpty()) {
            rows.sort();
            int[] next = {0};
            return () -> next[0] < rows.count() ? rows.get(next[0]++) : null;
        }
        spill();
        rows = new RowArena();
        PriorityQueue<Source> queue = new PriorityQueue<>(Comparator.comparing(Source::row));
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
        rows = new RowArena();
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
            row = Row.read(in);
            left -= Integer.BYTES + row.length();
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
