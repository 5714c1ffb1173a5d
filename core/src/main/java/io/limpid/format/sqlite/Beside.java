package io.limpid.format.sqlite;

import java.nio.ByteBuffer;

/**
 * What lies beside a database.
 *
 * @param log the bytes of its write-ahead log, none where there is no such file
 * @param journal the bytes of its rollback journal, none where there is no such file
 */
public record Beside(ByteBuffer log, ByteBuffer journal) {
    /** What the names of the two files have more than that of the database. */
    public static final String LOG_SUFFIX = "-wal";

    public static final String JOURNAL_SUFFIX = "-journal";
}
