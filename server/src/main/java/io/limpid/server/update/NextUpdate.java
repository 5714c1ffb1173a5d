package io.limpid.server.update;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the updaters run again.
 *
 * @param ended when they ran last, by the database's clock
 * @param failures how many runs have failed since the last one that did not
 * @param due when the next run is due
 */
public record NextUpdate(Instant ended, int failures, Instant due) {
    /** The key of the last run: Unix seconds, a blank, and the failures. */
    public static final String RUN = UpdaterKeys.RUN;

    private static final String FORM = "\\d{1,12} \\d{1,6}";
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final int DOUBLED_AT_MOST = 10;

    /**
     * What the last run leads to.
     *
     * @param run the value of the key
     * @param interval between two runs; after one that failed it is a minute, twice as long each time, at most the interval
     * @return empty for any other text
     */
    public static Optional<NextUpdate> after(String run, Duration interval) {
        if (!run.matches(FORM)) {
            return Optional.empty();
        }
        int space = run.indexOf(' ');
        Instant ended = Instant.ofEpochSecond(Long.parseLong(run.substring(0, space)));
        int failures = Integer.parseInt(run.substring(space + 1));
        return Optional.of(new NextUpdate(ended, failures, ended.plus(pause(failures, interval))));
    }

    private static Duration pause(int failures, Duration interval) {
        if (failures == 0) {
            return interval;
        }
        Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, DOUBLED_AT_MOST));
        return retry.compareTo(interval) < 0 ? retry : interval;
    }
}
