package io.limpid.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rows in memory, as bytes in a few large arrays: to the garbage collector a million rows are a few dozen objects.
 *
 * <p>They are sorted by quicksort that looks at eight bytes of each row at a time, and at the next eight only of those that are the same so far
 * (J. Bentley and R. Sedgewick, "Fast Algorithms for Sorting and Searching Strings", 1997). No row begins with the whole of another one unless it
 * is the same: each says itself where it ends.
 */
final class RowArena {
    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;
    /** What a row takes besides its bytes. */
    private static final int ROW_BYTES = 2 * Integer.BYTES + Integer.BYTES + Long.BYTES;

    /** So few are sorted by comparing each with those before it. */
    private static final int FEW = 12;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final int BUFFER = 1 << 16;

    private final List<byte[]> chunks = new ArrayList<>();
    /** Where the next row begins unless it is too long for what is left there. */
    private int chunk;

    private int offset;
    /** Of each row the number of its chunk and, in the low half, where it begins there. */
    private long[] places = new long[1 << 10];

    private int[] lengths = new int[1 << 10];
    private int count;
    private long size;
    /** The numbers of the rows in their order, and for each the eight bytes that are looked at, as a number in the order of unsigned bytes. */
    private int[] order = {};

    private long[] eight = {};
    private final SplittableRandom random = new SplittableRandom(1);

    int count() {
        return count;
    }

    /** About how many bytes the rows take. */
    long size() {
        return size;
    }

    void add(RowWriter row) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        int length = row.size();
        byte[] to = room(length);
        System.arraycopy(row.bytes(), 0, to, offset, length);
        places[count] = (long) chunk << Integer.SIZE | offset;
        lengths[count++] = length;
        offset += length;
        size += ROW_BYTES + length;
    }

    private byte[] room(int length) {
        while (chunk < chunks.size() && length > chunks.get(chunk).length - offset) {
            chunk++;
            offset = 0;
        }
        if (chunk == chunks.size()) {
            chunks.add(new byte[Math.max(CHUNK, length)]);
        }
        return chunks.get(chunk);
    }

    /** Removes all rows; what they were in is used again. */
    void clear() {
        chunks.removeIf(one -> one.length > CHUNK);
        chunk = 0;
        offset = 0;
        count = 0;
        size = 0;
    }

    /** A row, by its place in the order that {@link #sort} has made. */
    Row get(int index) {
        int row = order[index];
        int from = (int) places[row];
        return new Row(chunkOf(row), from, from + lengths[row]);
    }

    /** Writes all rows in their order, each after its length. */
    void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int filled = 0;
        for (int i = 0; i < count; i++) {
            int row = order[i];
            int length = lengths[row];
            if (filled > BUFFER - Integer.BYTES - length) {
                out.write(buffer, 0, filled);
                filled = 0;
            }
            INTS.set(buffer, filled, length);
            filled += Integer.BYTES;
            if (length <= BUFFER - filled) {
                System.arraycopy(chunkOf(row), (int) places[row], buffer, filled, length);
                filled += length;
            } else {
                out.write(buffer, 0, filled);
                out.write(chunkOf(row), (int) places[row], length);
                filled = 0;
            }
        }
        out.write(buffer, 0, filled);
    }

    private byte[] chunkOf(int row) {
        return chunks.get((int) (places[row] >>> Integer.SIZE));
    }

    void sort() {
        if (order.length < count) {
            order = new int[count];
            eight = new long[count];
        }
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        look(0, count, 0);
        sort(0, count, 0);
    }

    /** Loads the eight bytes of some rows that lie so deep in them. */
    private void look(int from, int to, int depth) {
        for (int i = from; i < to; i++) {
            int row = order[i];
            int at = (int) places[row] + depth;
            int left = lengths[row] - depth;
            long value = left < Long.BYTES ? lastBytes(chunkOf(row), at, left) : (long) LONGS.get(chunkOf(row), at);
            eight[i] = value ^ Long.MIN_VALUE;
        }
    }

    private static long lastBytes(byte[] chunk, int from, int length) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << Byte.SIZE) | (i < length ? chunk[from + i] & 0xff : 0);
        }
        return value;
    }

    /** Sorts rows that are the same up to a depth, and whose bytes there are loaded. */
    private void sort(int begin, int end, int begunAt) {
        int from = begin;
        int to = end;
        int depth = begunAt;
        while (to - from > FEW) {
            long pivot = pivot(from, to);
            int less = from;
            int more = to;
            for (int at = from; at < more; ) {
                if (eight[at] < pivot) {
                    swap(less++, at++);
                } else if (eight[at] > pivot) {
                    swap(at, --more);
                } else {
                    at++;
                }
            }
            // The largest of the three parts comes last and in this loop, so that calls are nested as deep as a
            // logarithm.
            int deeper = depth + Long.BYTES;
            boolean same = lengths[order[less]] <= deeper;
            if (!same) {
                look(less, more, deeper);
            }
            int largest = Math.max(more - less, Math.max(less - from, to - more));
            if (less - from == largest) {
                sortSame(less, more, deeper, same);
                sort(more, to, depth);
                to = less;
            } else if (to - more == largest) {
                sortSame(less, more, deeper, same);
                sort(from, less, depth);
                from = more;
            } else {
                sort(from, less, depth);
                sort(more, to, depth);
                if (same) {
                    return;
                }
                from = less;
                to = more;
                depth = deeper;
            }
        }
        insert(from, to, depth);
    }

    private void sortSame(int from, int to, int depth, boolean same) {
        if (!same) {
            sort(from, to, depth);
        }
    }

    /** The middle one of three that nobody can know before. */
    private long pivot(int from, int to) {
        long one = eight[random.nextInt(from, to)];
        long two = eight[random.nextInt(from, to)];
        long three = eight[random.nextInt(from, to)];
        return Math.max(Math.min(one, two), Math.min(Math.max(one, two), three));
    }

    private void swap(int one, int other) {
        int row = order[one];
        order[one] = order[other];
        order[other] = row;
        long bytes = eight[one];
        eight[one] = eight[other];
        eight[other] = bytes;
    }

    private void insert(int from, int to, int depth) {
        for (int i = from + 1; i < to; i++) {
            int row = order[i];
            long bytes = eight[i];
            int at = i;
            while (at > from && isBefore(row, bytes, at - 1, depth)) {
                order[at] = order[at - 1];
                eight[at] = eight[at - 1];
                at--;
            }
            order[at] = row;
            eight[at] = bytes;
        }
    }

    private boolean isBefore(int row, long bytes, int index, int depth) {
        if (bytes != eight[index]) {
            return bytes < eight[index];
        }
        int other = order[index];
        int from = (int) places[row];
        int otherFrom = (int) places[other];
        int depthOfOne = Math.min(depth, lengths[row]);
        int depthOfOther = Math.min(depth, lengths[other]);
        return Arrays.compareUnsigned(
                        chunkOf(row),
                        from + depthOfOne,
                        from + lengths[row],
                        chunkOf(other),
                        otherFrom + depthOfOther,
                        otherFrom + lengths[other])
                < 0;
    }
}
