package io.limpid.server.store;

import java.util.function.ToLongFunction;

/**
 * How much a page holds: what a client asks for, and no more than fits into memory many times; what is left out is on the next page.
 *
 * @param <T> what is on it
 */
final class PageSize<T> {
    /** Characters of a page's rows; a row more may be on it. */
    static final long MOST_TEXT = 8 << 20;

    private final ToLongFunction<T> text;
    private final long limit;
    private long rows;
    private long total;

    /**
     * @param limit how many are asked for
     * @param text the characters of one, about
     */
    PageSize(long limit, ToLongFunction<T> text) {
        this.limit = limit;
        this.text = text;
    }

    /** Whether there is room behind this one; the last that is read is not on the page: it is where the next begins. */
    boolean takes(T row) {
        total += text.applyAsLong(row);
        rows++;
        return rows <= limit && (rows < 2 || total <= MOST_TEXT);
    }

    /** How many of those that were read are on the page, when there is another behind it; else all are. */
    boolean isFull() {
        return rows > limit || (rows >= 2 && total > MOST_TEXT);
    }
}
