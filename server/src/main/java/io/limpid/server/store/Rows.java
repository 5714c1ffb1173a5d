package io.limpid.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Statements with their values, and rows to records: sets go to the database as arrays, one for each column. */
final class Rows {

    /** A row as a record. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Rows that the driver holds at once: each may be a megabyte. */
    private static final int PIECE = 50;

    private static final String TOO_LONG = "22001";

    private Rows() {}

    /** All rows of a query. */
    static <T> List<T> query(Connection connection, String sql, Reader<T> reader, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
                return result;
            }
        }
    }

    /** The rows of a query up to the first after which no more are wanted; they come from the database in pieces. */
    static <T> List<T> queryWhile(
            Connection connection, String sql, Reader<T> reader, Predicate<T> wantsMore, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, values);
            statement.setFetchSize(PIECE);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                boolean more = true;
                while (more && rows.next()) {
                    T read = reader.read(rows);
                    result.add(read);
                    more = wantsMore.test(read);
                }
                return result;
            }
        }
    }

    /** The ids that a query gives. */
    static List<Long> ids(Connection connection, String sql, Object... values) throws SQLException {
        return query(connection, sql, row -> row.getLong(1), values);
    }

    /** Changes rows, and says how many. */
    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, values);
            return statement.executeUpdate();
        }
    }

    /** Fails when something that was made is not there: a name that ends in so many spaces that it was stored without them. */
    static void requireAll(Collection<?> missing) throws SQLException {
        if (!missing.isEmpty()) {
            throw new SQLException("a value is too long for its column", TOO_LONG);
        }
    }

    /** What was found or made under a name before. */
    static <K, V> V present(Map<K, V> found, K name) {
        V value = found.get(name);
        if (value == null) {
            throw new IllegalStateException("no row was found or made of " + name);
        }
        return value;
    }

    static Long[] longs(Collection<Long> values) {
        return values.toArray(Long[]::new);
    }

    static String[] texts(Collection<String> values) {
        return values.toArray(String[]::new);
    }

    private static void bind(Connection connection, PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            switch (value) {
                case Long[] array -> statement.setArray(i + 1, connection.createArrayOf("int8", array));
                case Boolean[] array -> statement.setArray(i + 1, connection.createArrayOf("bool", array));
                // As varchar: text would hide the indexes of the names.
                case String[] array -> statement.setArray(i + 1, connection.createArrayOf("varchar", array));
                case Absent absent -> statement.setNull(i + 1, absent.type());
                default -> statement.setObject(i + 1, value);
            }
        }
    }

    /** No value of a type of {@link java.sql.Types}. */
    record Absent(int type) {}
}
