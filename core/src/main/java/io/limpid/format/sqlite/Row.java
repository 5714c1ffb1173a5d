package io.limpid.format.sqlite;

import io.limpid.format.DamagedException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as SQLite stores it: a head with the type of each column, then the values.
 *
 * @param number its rowid
 * @param bytes as many of its bytes as could be read, from its beginning
 * @param columns where each value is; those of a row that is not whole may end behind the bytes
 * @param damage why bytes are missing, null when none are
 */
record Row(
        long number,
        ByteBuffer bytes,
        List<Column> columns,
        @Nullable String damage) {
    /** Tables of package databases have two columns, the list of tables has five. */
    private static final int MOST_COLUMNS = 100;

    private static final int FIRST_BLOB = 12;
    private static final int FIRST_TEXT = 13;
    private static final int[] NUMBER_BYTES = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};

    /**
     * Where a value is.
     *
     * @param type SQLite's number for its type and length
     */
    record Column(long type, long from, long length) {

        boolean isBlob() {
            return type >= FIRST_BLOB && type % 2 == 0;
        }

        boolean isText() {
            return type >= FIRST_TEXT && type % 2 == 1;
        }
    }

    Row {
        columns = List.copyOf(columns);
    }

    /**
     * Reads where the values of a row are.
     *
     * @throws DamagedException when its head makes no sense
     */
    static Row read(long number, ByteBuffer bytes, @Nullable String damage) throws DamagedException {
        Varint head = Varint.at(bytes, 0);
        if (head.value() < head.length() || head.value() > bytes.capacity()) {
            throw new DamagedException("row " + number + " has no head");
        }
        List<Column> columns = new ArrayList<>();
        int at = head.length();
        long from = head.value();
        while (at < head.value() && columns.size() < MOST_COLUMNS) {
            Varint type = Varint.at(bytes, at);
            at += type.length();
            if (type.value() < 0) {
                throw new DamagedException("row " + number + " has a value of no type");
            }
            long length =
                    type.value() < FIRST_BLOB ? NUMBER_BYTES[(int) type.value()] : (type.value() - FIRST_BLOB) / 2;
            columns.add(new Column(type.value(), from, length));
            from = Math.min(from + length, Long.MAX_VALUE / 2);
        }
        return new Row(number, bytes, columns, damage);
    }

    /** The bytes of a value, as far as they are there. */
    ByteBuffer value(Column column) {
        long from = Math.min(column.from, bytes.capacity());
        long length = Math.min(column.length, bytes.capacity() - from);
        return bytes.slice((int) from, (int) length);
    }

    /** The text in this column; null when there is none. */
    @Nullable
    String text(int index, Charset encoding) {
        if (index >= columns.size() || !columns.get(index).isText()) {
            return null;
        }
        return encoding.decode(value(columns.get(index))).toString();
    }

    /** The number in this column; -1 when there is none, or none that is positive. */
    long integer(int index) {
        if (index >= columns.size()) {
            return -1;
        }
        Column column = columns.get(index);
        if (column.type == 8 || column.type == 9) {
            return column.type - 8;
        }
        ByteBuffer value = value(column);
        if (column.type < 1 || column.type > 6 || value.capacity() < column.length) {
            return -1;
        }
        long number = value.get(0);
        for (int i = 1; i < value.capacity(); i++) {
            number = (number << 8) | (value.get(i) & 0xff);
        }
        return Math.max(number, -1);
    }
}
