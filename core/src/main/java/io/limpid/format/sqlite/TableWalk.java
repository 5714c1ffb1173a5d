package io.limpid.format.sqlite;

import io.limpid.format.DamagedException;
import io.limpid.format.RecordBudget;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One walk through the tree of a table, from its root to the rows. */
final class TableWalk {
    private static final int INTERIOR = 0x05;
    static final int LEAF = 0x0d;
    private static final int CELLS_AT = 3;
    private static final int RIGHTMOST_AT = 8;
    private static final int LEAF_HEAD_BYTES = 8;
    private static final int INTERIOR_HEAD_BYTES = 12;
    private static final int REFERENCE_BYTES = 4;
    private final SqliteFile file;
    private final RecordBudget budget;
    private final Consumer<Row> rows;
    private final Consumer<String> problems;
    /** The row before, in the order of which they must be. */
    private @Nullable Long before;

    /**
     * @param problems is given what could not be read
     */
    TableWalk(SqliteFile file, RecordBudget budget, Consumer<Row> rows, Consumer<String> problems) {
        this.file = file;
        this.budget = budget;
        this.rows = rows;
        this.problems = problems;
    }

    void run(long root) {
        Deque<Integer> open = new ArrayDeque<>();
        attempt(() -> enter(root, open));
        while (!open.isEmpty()) {
            int number = open.pop();
            attempt(() -> page(number, open));
        }
    }

    private interface Step {
        void run() throws DamagedException;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (DamagedException e) {
            problems.accept(e.what());
        }
    }

    /** Each page once, so that there are never more of them open than there are. */
    private void enter(long number, Deque<Integer> open) throws DamagedException {
        file.page(number);
        file.visit(number);
        open.push((int) number);
    }

    private void page(int number, Deque<Integer> open) throws DamagedException {
        ByteBuffer page = file.page(number);
        switch (page.get(headAt(number))) {
            case INTERIOR -> children(number, page, open);
            case LEAF -> leaf(number);
            default -> throw new DamagedException("page " + number + " is none of a table");
        }
    }

    private static int headAt(int number) {
        return number == 1 ? SqliteFile.HEAD_BYTES : 0;
    }

    /** The last child first: it is the last to be taken. */
    private void children(int number, ByteBuffer page, Deque<Integer> open) throws DamagedException {
        int head = headAt(number);
        attempt(() -> enter(Integer.toUnsignedLong(page.getInt(head + RIGHTMOST_AT)), open));
        for (int i = cells(number, page, INTERIOR_HEAD_BYTES) - 1; i >= 0; i--) {
            int at = cell(number, page, head + INTERIOR_HEAD_BYTES, i);
            enter(
                    Integer.toUnsignedLong(
                            slice(number, page, at, REFERENCE_BYTES).getInt(0)),
                    open);
        }
    }

    /** Gives on the rows of a leaf that no tree leads to. */
    void stray(int number) throws DamagedException {
        before = null;
        leaf(number);
    }

    /** Gives on the rows of a leaf. */
    private void leaf(int number) throws DamagedException {
        ByteBuffer page = file.page(number);
        int cells = cells(number, page, LEAF_HEAD_BYTES);
        for (int i = 0; i < cells && !budget.isSpent(); i++) {
            int index = i;
            attempt(() -> row(number, page, cell(number, page, headAt(number) + LEAF_HEAD_BYTES, index)));
        }
    }

    private int cells(int number, ByteBuffer page, int headBytes) throws DamagedException {
        int cells = Short.toUnsignedInt(page.getShort(headAt(number) + CELLS_AT));
        if (headAt(number) + headBytes + 2 * cells > file.usableBytes()) {
            throw new DamagedException("page " + number + " has more cells than room");
        }
        return cells;
    }

    private static int cell(int number, ByteBuffer page, int cells, int index) throws DamagedException {
        int at = Short.toUnsignedInt(page.getShort(cells + 2 * index));
        if (at < cells) {
            throw new DamagedException("a cell of page " + number + " is in its head");
        }
        return at;
    }

    private ByteBuffer slice(int number, ByteBuffer page, int from, long length) throws DamagedException {
        if (length < 0 || from < 0 || length > file.usableBytes() - from) {
            throw new DamagedException("a cell of page " + number + " ends behind it");
        }
        return page.slice(from, (int) length);
    }

    private void row(int number, ByteBuffer page, int at) throws DamagedException {
        budget.step();
        ByteBuffer usable = page.slice(0, file.usableBytes());
        Varint length = Varint.at(usable, at);
        Varint rowid = Varint.at(usable, at + length.length());
        int from = at + length.length() + rowid.length();
        if (length.value() < 0) {
            throw new DamagedException("row " + rowid.value() + " has no size");
        }
        order(number, rowid.value());
        int local = local(length.value());
        ByteBuffer start = slice(number, page, from, local);
        if (local == length.value()) {
            budget.take(local);
            rows.accept(Row.read(rowid.value(), start, null));
            return;
        }
        ByteBuffer reference = slice(number, page, from + local, REFERENCE_BYTES);
        OverflowChain chain =
                OverflowChain.read(file, start, Integer.toUnsignedLong(reference.getInt(0)), length.value());
        budget.take(chain.bytes().capacity());
        rows.accept(Row.read(rowid.value(), chain.bytes(), chain.damage()));
    }

    /**
     * Rows are in the order of their numbers: those that are not are given all the same, for the number may be what is damaged.
     *
     * @throws DamagedException when it is the row before again
     */
    private void order(int number, long rowid) throws DamagedException {
        Long last = before;
        before = rowid;
        if (last != null && rowid == last) {
            throw new DamagedException("row " + rowid + " is on page " + number + " twice");
        }
        if (last != null && rowid < last) {
            problems.accept("row " + rowid + " of page " + number + " comes after row " + last);
        }
    }

    /** How many bytes of a row are on the leaf itself. */
    private int local(long length) {
        int usable = file.usableBytes();
        int most = usable - 35;
        if (length <= most) {
            return (int) length;
        }
        int least = (usable - 12) * 32 / 255 - 23;
        int fitting = (int) (least + (length - least) % (usable - 4));
        return fitting <= most ? fitting : least;
    }
}
