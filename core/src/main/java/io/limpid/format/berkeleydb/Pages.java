package io.limpid.format.berkeleydb;

import io.limpid.format.DamagedException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** The pages of a Berkeley DB file, and which of them have been read. */
final class Pages {
    private static final int NUMBER_AT = 8;

    private final byte[] content;
    private final Meta meta;
    private final BitSet visited = new BitSet();
    private final BitSet lookedThrough = new BitSet();
    private final BitSet unwritten = new BitSet();

    Pages(byte[] content, Meta meta) {
        this.content = content;
        this.meta = meta;
    }

    Meta meta() {
        return meta;
    }

    /** How many whole pages the file has, the first included. */
    int count() {
        return content.length / meta.pageBytes();
    }

    /** The size of the file. */
    int bytes() {
        return content.length;
    }

    /** The page whatever it is; there must be one. */
    Page at(int number) {
        ByteBuffer bytes = ByteBuffer.wrap(content, number * meta.pageBytes(), meta.pageBytes())
                .slice()
                .order(meta.order());
        return new Page(number, meta.headBytes(), bytes);
    }

    /**
     * The page with this number.
     *
     * @throws DamagedException when the file has none, or another page in its place
     */
    Page page(long number) throws DamagedException {
        if (number <= 0 || number >= count()) {
            throw new DamagedException("there is no page " + number);
        }
        Page page = at((int) number);
        if (Integer.toUnsignedLong(page.bytes().getInt(NUMBER_AT)) != number && !isUnwritten(page)) {
            throw new DamagedException("page " + number + " calls itself "
                    + Integer.toUnsignedString(page.bytes().getInt(NUMBER_AT)));
        }
        return page;
    }

    /**
     * Whether nothing was ever written to a page: a hash file reserves pages of buckets before it uses them.
     *
     * <p>That is remembered: a page that everything leads to is not looked through each time.
     */
    boolean isUnwritten(Page page) {
        if (!lookedThrough.get(page.number())) {
            lookedThrough.set(page.number());
            unwritten.set(page.number(), page.isZero());
        }
        return unwritten.get(page.number());
    }

    /**
     * Takes note that a page is read as a part of something.
     *
     * @throws DamagedException when it is a part of something else, or of the same thing again
     */
    void visit(Page page) throws DamagedException {
        if (visited.get(page.number())) {
            throw new DamagedException("page " + page.number() + " is led to twice");
        }
        visited.set(page.number());
    }

    boolean isVisited(int number) {
        return visited.get(number);
    }
}
