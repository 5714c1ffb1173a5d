package io.limpid.net;

import java.time.Duration;

/**
 * A moment by which something has to be done, on a clock that nobody sets.
 *
 * @param nanos the moment, as {@link System#nanoTime} counts
 * @param whole how long there was at the beginning
 */
record Deadline(long nanos, Duration whole) {

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos(), duration);
    }

    /** How long there is still; zero when it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }

    boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    boolean isBefore(Deadline other) {
        return nanos - other.nanos < 0;
    }
}
