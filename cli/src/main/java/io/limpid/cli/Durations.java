package io.limpid.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as they are written on the command line: {@code 90s}, {@code 30m}, {@code 1h}, {@code 5d}; {@code 0} needs no unit. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smhd])");

    private Durations() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a length of time: " + text + " (as in 90s, 30m, 1h, 5d)");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
