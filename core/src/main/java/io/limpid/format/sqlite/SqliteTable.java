package io.limpid.format.sqlite;

import io.limpid.format.DamagedException;
import io.limpid.format.RecordBudget;
import io.limpid.format.RecordSink;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** One reading of a table that has a blob in each row, as rpm's table of packages. */
public final class SqliteTable {
    private static final int TYPE = 0;
    private static final int NAME = 1;
    private static final int ROOT = 3;
    private static final int FREE_COUNT_AT = 4;
    private static final int FREE_PAGES_AT = 8;

    private final SqliteFile file;
    private final String name;
    private final RecordSink sink;
    private final RecordBudget budget;
    private boolean damaged;
    private @Nullable Long root;

    private SqliteTable(SqliteFile file, String name, RecordSink sink) {
        this.file = file;
        this.name = name;
        this.sink = sink;
        this.budget = new RecordBudget(file.bytes());
    }

    /** Whether the bytes start as an SQLite database does. */
    public static boolean isOne(byte[] content) {
        return SqliteFile.isOne(content);
    }

    /**
     * Gives the blob of every row of a table to the sink.
     *
     * <p>When pages are damaged, those that nothing leads to are read too.
     *
     * @param name the table's name
     */
    public static void read(byte[] content, Beside beside, String name, RecordSink sink) {
        try {
            new SqliteTable(SqliteFile.open(content, beside, sink), name, sink).read();
        } catch (DamagedException e) {
            sink.problem(e.what() + ": none of its packages are read");
        }
    }

    private void read() {
        new TableWalk(file, budget, this::schema, this::damage).run(1);
        if (root == null) {
            damage("it has no table " + name);
        } else {
            new TableWalk(file, budget, row -> give(row, false), this::damage).run(root);
        }
        if (damaged) {
            strays();
        }
    }

    private void schema(Row row) {
        if ("table".equals(row.text(TYPE, file.encoding())) && name.equals(row.text(NAME, file.encoding()))) {
            root = row.integer(ROOT);
        }
    }

    private void give(Row row, boolean stray) {
        String called = "package " + row.number();
        for (Row.Column column : row.columns()) {
            if (column.isBlob()) {
                ByteBuffer value = row.value(column);
                if (stray) {
                    sink.stray(called, value);
                } else if (row.damage() != null) {
                    sink.damaged(called, value, row.damage());
                } else if (value.capacity() < column.length()) {
                    sink.damaged(called, value, "its row ends in the middle of it");
                } else {
                    sink.whole(called, value);
                }
                return;
            }
        }
        if (!stray) {
            damage("row " + row.number() + " has no blob");
        }
    }

    /** Rows of leaves that no tree led to and that are not free. */
    private void strays() {
        BitSet free = free();
        TableWalk walk = new TableWalk(file, budget, row -> give(row, true), _ -> {});
        for (int number = 2; number <= file.lastPage(); number++) {
            if (file.isVisited(number) || free.get(number)) {
                continue;
            }
            try {
                if (file.page(number).get(0) == TableWalk.LEAF) {
                    walk.stray(number);
                }
            } catch (DamagedException _) {
                // What nothing leads to need not make sense.
            }
        }
    }

    /** The pages of the list of free pages, as far as there are such pages. */
    private BitSet free() {
        BitSet free = new BitSet();
        BitSet trunks = new BitSet();
        long trunk = file.freeTrunk();
        try {
            while (trunk != 0 && trunk <= file.lastPage() && !trunks.get((int) trunk)) {
                ByteBuffer page = file.page(trunk);
                trunks.set((int) trunk);
                free.set((int) trunk);
                long count = Integer.toUnsignedLong(page.getInt(FREE_COUNT_AT));
                for (int i = 0; i < Math.min(count, (file.usableBytes() - FREE_PAGES_AT) / 4); i++) {
                    long number = Integer.toUnsignedLong(page.getInt(FREE_PAGES_AT + 4 * i));
                    if (number <= file.lastPage()) {
                        free.set((int) number);
                    }
                }
                trunk = Integer.toUnsignedLong(page.getInt(0));
            }
        } catch (DamagedException _) {
            // The list is as damaged as the rest.
        }
        return free;
    }

    private void damage(String what) {
        damaged = true;
        sink.problem(what + ": packages may be missing");
    }
}
