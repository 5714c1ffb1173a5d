/** Reads the rows of a table out of an SQLite file and its write-ahead log, page by page and without SQL. */
@NullMarked
package io.limpid.format.sqlite;

import org.jspecify.annotations.NullMarked;
