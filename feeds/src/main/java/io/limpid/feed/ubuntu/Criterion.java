package io.limpid.feed.ubuntu;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be true of a machine for an OVAL definition to be. */
sealed interface Criterion {

    /**
     * Several of them.
     *
     * @param all whether all must be true, not only one
     * @param negated whether the opposite is meant
     */
    record Group(boolean all, boolean negated, List<Criterion> parts) implements Criterion {}

    /**
     * A test, which is defined elsewhere in the document.
     *
     * @param test the test's id
     * @param negated whether the opposite is meant
     * @param statement what the comment says, null when it is of no known form
     * @param unknown the beginning of a comment of no known form
     */
    record Leaf(String test, boolean negated, @Nullable Statement statement, String unknown) implements Criterion {}
}
