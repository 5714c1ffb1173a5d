package io.limpid.report;

import io.limpid.format.TimeSpan;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long ago something was, in words. */
final class Age {
    private static final Duration AHEAD = Duration.ofHours(1);

    private Age() {}

    /**
     * {@code 3 hours ago}, or null where that cannot be told.
     *
     * @param moment a date and time with a zone (ISO 8601)
     * @param now null for never telling
     */
    static @Nullable String of(String moment, @Nullable Instant now) {
        if (now == null) {
            return null;
        }
        try {
            Duration age = Duration.between(DateTimeFormatter.ISO_DATE_TIME.parse(moment, Instant::from), now);
            // What was fetched after the report's own moment, or by a clock that is a little ahead.
            if (age.plus(AHEAD).isNegative()) {
                return null;
            }
            return age.toMinutes() < 1 ? "just now" : TimeSpan.words(age) + " ago";
        } catch (DateTimeException | ArithmeticException _) {
            return null;
        }
    }
}
