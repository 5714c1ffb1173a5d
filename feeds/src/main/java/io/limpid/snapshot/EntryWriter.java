package io.limpid.snapshot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fields of an entry are written to, one after the other: numbers and strings. */
sealed interface EntryWriter permits BlockWriter, RowWriter {

    /** Writes a number that is not negative. */
    void number(long value);

    void string(@Nullable String text);

    default void strings(List<String> strings) {
        number(strings.size());
        // By index: there are several lists in each of millions of records, and no iterator is made.
        for (int i = 0; i < strings.size(); i++) {
            string(strings.get(i));
        }
    }
}
