package io.limpid.format.berkeleydb;

import io.limpid.format.DamagedException;
import io.limpid.format.RecordBudget;
import io.limpid.format.RecordSink;
import java.nio.ByteBuffer;

/** The pairs of key and data of a file's pages, on the way to whom they are for. */
final class Items {
    /** What stands behind a data item that is elsewhere: three bytes, the first page, the length. */
    private static final int REFERENCE_BYTES = 12;

    private static final int PAGE_AT = 4;
    private static final int LENGTH_AT = 8;
    private static final int NUMBER_BYTES = 4;

    private final Pages pages;
    private final RecordSink sink;
    private final boolean stray;
    private final RecordBudget budget;

    private Items(Pages pages, RecordSink sink, boolean stray, RecordBudget budget) {
        this.pages = pages;
        this.sink = sink;
        this.stray = stray;
        this.budget = budget;
    }

    /** The items of pages that something leads to. */
    static Items of(Pages pages, RecordSink sink) {
        return new Items(pages, sink, false, new RecordBudget(pages.bytes()));
    }

    /** The same for pages that nothing leads to. */
    Items strays() {
        return new Items(pages, sink, true, budget);
    }

    /** Whether there were too many records, so that no more are read. */
    boolean isSpent() {
        return budget.isSpent();
    }

    /**
     * Begins with one more pair.
     *
     * @throws DamagedException when there are more than the file has room for
     */
    void step() throws DamagedException {
        budget.step();
    }

    /** What a record with this key is called. */
    String name(ByteBuffer key, Page page) {
        return key.remaining() == NUMBER_BYTES
                ? "package " + Integer.toUnsignedString(key.getInt(key.position()))
                : "a record of page " + page.number();
    }

    /** Whether this is no package but rpm's count of them: a number, and zero its key. */
    boolean isCounter(ByteBuffer key, int dataBytes) {
        return key.remaining() == NUMBER_BYTES && key.getInt(key.position()) == 0 && dataBytes <= NUMBER_BYTES;
    }

    /**
     * A record that is on the page itself.
     *
     * @throws DamagedException when the records have more bytes than the file
     */
    void found(String name, ByteBuffer bytes) throws DamagedException {
        budget.take(bytes.remaining());
        if (stray) {
            sink.stray(name, bytes);
        } else {
            sink.whole(name, bytes);
        }
    }

    /**
     * A record that is in a chain of pages.
     *
     * @param at where the item that says so starts
     * @throws DamagedException when the page ends before the item does, or the records have more bytes than the file
     */
    void reference(String name, Page page, int at) throws DamagedException {
        ByteBuffer item = page.slice(at, REFERENCE_BYTES);
        OverflowChain chain = OverflowChain.read(
                pages, Integer.toUnsignedLong(item.getInt(PAGE_AT)), Integer.toUnsignedLong(item.getInt(LENGTH_AT)));
        budget.take(chain.bytes().remaining());
        if (stray) {
            sink.stray(name, chain.bytes());
        } else if (chain.damage() == null) {
            sink.whole(name, chain.bytes());
        } else {
            sink.damaged(name, chain.bytes(), chain.damage());
        }
    }

    void problem(String what) {
        sink.problem(what);
    }
}
