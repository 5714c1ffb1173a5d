package io.limpid.server.chaos;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A change that a client asks for, and what it makes of what there was; asked twice it makes the same.
 *
 * @param finds whether there is what is to be changed; else the answer is 404
 * @param effect what is there afterwards
 */
record Write<S>(
        Sort sort, String method, String target, @Nullable String body, Predicate<S> finds, UnaryOperator<S> effect) {

    /** What kinds of changes are counted. */
    enum Sort {
        LAYER,
        VULNERABILITY,
        DELETION
    }

    @Override
    public String toString() {
        return method + " " + target + (body == null ? "" : " " + body);
    }
}
