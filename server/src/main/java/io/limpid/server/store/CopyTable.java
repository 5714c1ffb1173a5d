package io.limpid.server.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows on their way into a table by PostgreSQL's {@code COPY}, in its text form; what is not {@link #end ended} was not written. */
final class CopyTable implements AutoCloseable {
    private static final int PIECE = 1 << 16;
    private static final String NULL = "\\N";

    private final CopyIn copy;
    private final StringBuilder piece = new StringBuilder(PIECE + PIECE / 4);
    private long rows;

    /**
     * Begins to write.
     *
     * @param table with its columns in parentheses
     */
    CopyTable(Connection connection, String table) throws SQLException {
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN");
    }

    /** Writes a row: texts and numbers, null for none. */
    void row(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                piece.append('\t');
            }
            switch (values[i]) {
                case null -> piece.append(NULL);
                case String text -> escape(text);
                case Object number -> piece.append(number);
            }
        }
        piece.append('\n');
        rows++;
        if (piece.length() >= PIECE) {
            flush();
        }
    }

    /** PostgreSQL's texts have no zero byte. */
    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> piece.append("\\\\");
                case '\n' -> piece.append("\\n");
                case '\r' -> piece.append("\\r");
                case '\t' -> piece.append("\\t");
                case '\0' -> piece.append('\uFFFD');
                default -> piece.append(Character.isSurrogate(c) && isLone(text, i) ? '\uFFFD' : c);
            }
        }
    }

    private static boolean isLone(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }

    private void flush() throws SQLException {
        byte[] bytes = piece.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        piece.setLength(0);
    }

    /** Writes what is left; how many rows there are. */
    long end() throws SQLException {
        flush();
        copy.endCopy();
        return rows;
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
