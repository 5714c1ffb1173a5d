package io.limpid.net;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How long a server asks to be left alone: {@code Retry-After} (RFC 9110, 10.2.3), seconds or a date. */
final class RetryAfter {
    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** The pause that an answer asks for; null when it asks for none, or for one that makes no sense. */
    static @Nullable Duration of(Headers headers) {
        String value = headers.first("Retry-After");
        return value == null ? null : of(value.strip(), sent(headers));
    }

    static @Nullable Duration of(String value, Instant now) {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return value.length() > MOST_DIGITS
                    ? Duration.ofSeconds(Integer.MAX_VALUE)
                    : Duration.ofSeconds(Integer.parseInt(value));
        }
        Instant moment = date(value);
        if (moment == null) {
            return null;
        }
        return moment.isBefore(now) ? Duration.ZERO : Duration.between(now, moment);
    }

    /** The moment of an HTTP date; null when it is none. */
    static @Nullable Instant date(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** When the answer was sent, by the server's own clock: the date to wait for is by that too. */
    private static Instant sent(Headers headers) {
        Instant date = date(headers.first("Date"));
        return date == null ? Instant.now() : date;
    }
}
