package io.limpid.format;

import java.time.Duration;

/** How long something is, as a number and one word: for people. */
public final class TimeSpan {
    private static final int HOURS_TOLD = 48;

    private TimeSpan() {}

    /** {@code 9 days}, {@code 47 hours}, {@code 1 minute}: whole ones, what is left over is not told; nothing is shorter than {@code 0 seconds}. */
    public static String words(Duration span) {
        if (span.toHours() >= HOURS_TOLD) {
            return words(span.toDays(), "day");
        }
        if (span.toHours() > 0) {
            return words(span.toHours(), "hour");
        }
        if (span.toMinutes() > 0) {
            return words(span.toMinutes(), "minute");
        }
        return words(Math.max(0, span.toSeconds()), "second");
    }

    private static String words(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
