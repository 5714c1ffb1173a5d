package io.limpid.format.sqlite;

import io.limpid.format.DamagedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row too big for its leaf, put together from the chain of pages that the rest of it is on.
 *
 * @param bytes what could be read of it, from its beginning
 * @param damage why that is not all; null when it is
 */
record OverflowChain(ByteBuffer bytes, @Nullable String damage) {
    private static final int HEAD_BYTES = 4;

    /**
     * Follows the chain.
     *
     * @param start the bytes on the leaf
     * @param first the first page of the chain
     * @param length how many bytes the row has
     */
    static OverflowChain read(SqliteFile file, ByteBuffer start, long first, long length) {
        List<ByteBuffer> chain = new ArrayList<>();
        chain.add(start);
        long found = start.capacity();
        String damage = null;
        try {
            long number = first;
            while (found < length) {
                ByteBuffer page = file.page(number);
                file.visit(number);
                int bytes = (int) Math.min(file.usableBytes() - HEAD_BYTES, length - found);
                chain.add(page.slice(HEAD_BYTES, bytes));
                found += bytes;
                number = Integer.toUnsignedLong(page.getInt(0));
            }
            if (number != 0) {
                throw new DamagedException("its chain of pages goes on behind its end");
            }
        } catch (DamagedException e) {
            damage = e.what();
        }
        ByteBuffer all = ByteBuffer.allocate((int) found);
        chain.forEach(all::put);
        return new OverflowChain(all.flip(), damage);
    }
}
