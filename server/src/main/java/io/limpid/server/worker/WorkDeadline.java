package io.limpid.server.worker;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.time.Duration;

/**
 * The moment by which a layer must be read.
 *
 * @param nanos as {@link System#nanoTime} counts
 * @param whole how long there was at the beginning
 */
record WorkDeadline(long nanos, Duration whole) {

    static WorkDeadline in(Duration whole) {
        return new WorkDeadline(System.nanoTime() + whole.toNanos(), whole);
    }

    long leftNanos() {
        return Math.max(0, nanos - System.nanoTime());
    }

    /** Throws when it is over. */
    void check() throws LimpidException {
        if (leftNanos() == 0) {
            throw over();
        }
    }

    LimpidException over() {
        return new LimpidException(
                ErrorCode.LIMIT, "the layer was not read within " + whole.toSeconds() + " s", null, null);
    }
}
