package io.limpid.format.sqlite;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Pages of a file beside a database that count instead of those in the database itself.
 *
 * @param bytes the whole file
 * @param pageBytes size of every page; 0 when it has none
 * @param places for each page where in the file it starts
 * @param databasePages how many pages the database has with them; 0 when its head says so itself
 */
record OtherPages(ByteBuffer bytes, int pageBytes, Map<Integer, Integer> places, long databasePages) {

    /** A file that adds nothing. */
    static final OtherPages NONE = new OtherPages(ByteBuffer.allocate(0), 0, Map.of(), 0);
}
