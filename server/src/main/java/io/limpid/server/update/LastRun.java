package io.limpid.server.update;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When all updaters ran last.
 *
 * @param ended by the database's clock
 * @param failures how many runs have failed since the last one that did not
 */
public record LastRun(Instant ended, int failures) {
    private static final String FORM = "\\d{1,12} \\d{1,6}";
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final int DOUBLED_AT_MOST = 10;

    /** As {@link #text} wrote it; empty for anything else. */
    public static Optional<LastRun> of(String text) {
        if (!text.matches(FORM)) {
            return Optional.empty();
        }
        int space = text.indexOf(' ');
        return Optional.of(new LastRun(
                Instant.ofEpochSecond(Long.parseLong(text.substring(0, space))),
                Integer.parseInt(text.substring(space + 1))));
    }

    /** Unix seconds, a blank, and the failures. */
    String text() {
        return ended.getEpochSecond() + " " + failures;
    }

    /**
     * When the next run is due.
     *
     * @param interval between two runs; after one that failed it is a minute, twice as long each time, at most the interval
     */
    public Instant due(Duration interval) {
        return ended.plus(pause(failures, interval));
    }

    static Duration pause(int failures, Duration interval) {
        if (failures == 0) {
            return interval;
        }
        Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, DOUBLED_AT_MOST));
        return retry.compareTo(interval) < 0 ? retry : interval;
    }
}
