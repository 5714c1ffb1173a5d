package io.limpid.format.sqlite;

import io.limpid.format.DamagedException;
import io.limpid.format.RecordBudget;
import io.limpid.format.RecordSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A database of several tables, each row of which is read as values by the names of their columns. */
public final class SqliteDatabase {
    private static final int TYPE = 0;
    private static final int NAME = 1;
    private static final int ROOT = 3;
    private static final int SQL = 4;
    /** No row has more that are read; so many more are looked through for each value. */
    private static final int MOST_COLUMNS = 100;

    /** What a definition of a table has beside columns. */
    private static final Set<String> NO_COLUMNS = Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN");

    /**
     * Where a table begins, and its columns.
     *
     * @param rowid the column that is the number of the row, -1 when there is none
     */
    private record Table(long root, List<String> columns, int rowid) {}

    private final SqliteFile file;
    private final RecordBudget budget;
    private final Consumer<String> problems;
    private final Map<String, Table> tables = new HashMap<>();

    private SqliteDatabase(SqliteFile file, Consumer<String> problems) {
        this.file = file;
        this.budget = new RecordBudget(file.bytes());
        this.problems = problems;
    }

    /** Whether the bytes start as such a database does. */
    public static boolean isOne(byte[] content) {
        return SqliteFile.isOne(content);
    }

    /**
     * Opens a database.
     *
     * @param problems is given what could not be read, now or later
     * @throws DamagedException when nothing of it can be read
     */
    public static SqliteDatabase open(byte[] content, Beside beside, Consumer<String> problems)
            throws DamagedException {
        SqliteFile file = SqliteFile.open(content, beside, new ProblemsOnly(problems));
        SqliteDatabase database = new SqliteDatabase(file, problems);
        new TableWalk(file, database.budget, database::schema, problems).run(1);
        return database;
    }

    /** Whether there is a table of this name with these columns. */
    public boolean has(String table, String... columns) {
        Table found = tables.get(table);
        return found != null && found.columns.containsAll(List.of(columns));
    }

    /** Gives each row of a table on; a table is read once. */
    public void read(String table, Consumer<Cells> rows) {
        Table found = tables.get(table);
        if (found != null) {
            new TableWalk(
                            file,
                            budget,
                            row -> {
                                if (row.damage() == null) {
                                    rows.accept(new Cells(row, found));
                                } else {
                                    problems.accept(
                                            "row " + row.number() + " of " + table + " is not read: " + row.damage());
                                }
                            },
                            problems)
                    .run(found.root);
        }
    }

    /** The values of a row. */
    public final class Cells {
        private final Row row;
        private final Table table;

        private Cells(Row row, Table table) {
            this.row = row;
            this.table = table;
        }

        /** The text in a column; null when there is none. */
        public @Nullable String text(String column) {
            int index = table.columns.indexOf(column);
            return index < 0 ? null : row.text(index, file.encoding());
        }

        /** The number in a column; -1 when there is none, or none that is positive. */
        public long integer(String column) {
            int index = table.columns.indexOf(column);
            return index >= 0 && index == table.rowid ? row.number() : index < 0 ? -1 : row.integer(index);
        }
    }

    private void schema(Row row) {
        String name = row.text(NAME, file.encoding());
        String sql = row.text(SQL, file.encoding());
        if ("table".equals(row.text(TYPE, file.encoding())) && name != null && sql != null && row.damage() == null) {
            tables.putIfAbsent(name, table(row.integer(ROOT), sql));
        }
    }

    /** Reads {@code CREATE TABLE name (id INTEGER PRIMARY KEY, name TEXT, UNIQUE (name))}. */
    private static Table table(long root, String sql) {
        List<String> columns = new ArrayList<>();
        int rowid = -1;
        for (String part : parts(sql)) {
            if (columns.size() == MOST_COLUMNS) {
                break;
            }
            String[] word = part.strip().split("\\s+");
            String first = word[0].toUpperCase(Locale.ROOT);
            int bracket = first.indexOf('(');
            if (word[0].isEmpty() || NO_COLUMNS.contains(bracket < 0 ? first : first.substring(0, bracket))) {
                continue;
            }
            String upper = String.join(" ", word).toUpperCase(Locale.ROOT);
            if (upper.startsWith(first + " INTEGER PRIMARY KEY")) {
                rowid = columns.size();
            }
            columns.add(unquoted(word[0]));
        }
        return new Table(root, List.copyOf(columns), rowid);
    }

    /** What stands between the commas of the outermost brackets, comments left out. */
    private static List<String> parts(String sql) {
        String text = sql.replaceAll("/\\*[^*]*\\*/", " ").replaceAll("--[^\n]*", " ");
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(' && ++depth == 1) {
                from = i + 1;
            } else if ((c == ',' && depth == 1) || (c == ')' && --depth == 0)) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        return parts;
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && "\"'`[".indexOf(name.charAt(0)) >= 0;
        return quoted ? name.substring(1, name.length() - 1) : name;
    }

    /** Takes no records: there are rows instead. */
    private record ProblemsOnly(Consumer<String> problems) implements RecordSink {
        @Override
        public void whole(String name, ByteBuffer bytes) {}

        @Override
        public void damaged(String name, ByteBuffer bytes, String damage) {}

        @Override
        public void stray(String name, ByteBuffer bytes) {}

        @Override
        public void problem(String what) {
            problems.accept(what);
        }
    }
}
