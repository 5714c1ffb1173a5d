package io.limpid.net;

import java.time.Duration;
import java.util.Locale;

/** Durations and sizes as a person reads them. */
final class Amounts {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
    private static final int THOUSAND = 1000;

    private Amounts() {}

    /** {@code 250 ms}, {@code 1.5 s}, {@code 30 s}, {@code 30 min}. */
    static String of(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        if (duration.toMillisPart() != 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / (double) THOUSAND);
        }
        boolean minutes = duration.toSecondsPart() == 0 && duration.toMinutes() > 1;
        return minutes ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
    }

    /** {@code 1 byte}, {@code 999 bytes}, {@code 12.3 MB}. */
    static String bytes(long bytes) {
        if (bytes < THOUSAND) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        double amount = bytes;
        int unit = -1;
        // What would be rounded up to 1000.0 is 1.0 of the next unit.
        while (amount >= THOUSAND - 0.05 && unit < UNITS.length - 1) {
            amount /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }
}
