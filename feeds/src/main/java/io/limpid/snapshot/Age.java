package io.limpid.snapshot;

import java.time.Duration;

/** How long something is, in one word and a number: for people. */
final class Age {
    private Age() {}

    /** {@code 3 days}, {@code 1 hour}. */
    static String words(Duration age) {
        if (age.toDays() > 0) {
            return words(age.toDays(), "day");
        }
        if (age.toHours() > 0) {
            return words(age.toHours(), "hour");
        }
        if (age.toMinutes() > 0) {
            return words(age.toMinutes(), "minute");
        }
        return words(Math.max(0, age.toSeconds()), "second");
    }

    private static String words(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
