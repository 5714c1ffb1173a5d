package io.limpid.format.berkeleydb;

import io.limpid.format.DamagedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item too big for a page, put together from its chain of pages.
 *
 * @param bytes what could be read of it, from its beginning
 * @param damage why that is not all, or in doubt; null when it is all
 */
record OverflowChain(ByteBuffer bytes, @Nullable String damage) {

    /**
     * Follows the chain.
     *
     * @param first its first page
     * @param length how many bytes the item has
     */
    static OverflowChain read(Pages pages, long first, long length) {
        List<Page> chain = new ArrayList<>();
        long found = 0;
        String damage = null;
        try {
            long number = first;
            while (found < length) {
                Page page = pages.page(number);
                if (page.type() != Page.OVERFLOW) {
                    throw new DamagedException("page " + number + " is no part of a chain");
                }
                int bytes = page.overflowBytes();
                if (bytes == 0 || bytes > page.bytes().capacity() - page.headBytes() || bytes > length - found) {
                    throw new DamagedException("page " + number + " cannot have the bytes it says it has");
                }
                pages.visit(page);
                chain.add(page);
                found += bytes;
                number = page.next();
            }
            if (number != 0) {
                throw new DamagedException("its chain of pages goes on behind its end");
            }
        } catch (DamagedException e) {
            damage = e.what();
        }
        ByteBuffer all = ByteBuffer.allocate((int) found);
        chain.forEach(page -> all.put(page.bytes().slice(page.headBytes(), page.overflowBytes())));
        return new OverflowChain(all.flip(), damage);
    }
}
