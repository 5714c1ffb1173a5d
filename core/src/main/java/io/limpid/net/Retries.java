package io.limpid.net;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How stubbornly a download is repeated after a failure that may pass.
 *
 * @param attempts how many in a row may bring nothing new; 1 repeats nothing
 * @param firstPause before the first repetition; doubled each time, and shortened by up to a half at random so that many do not come at once
 * @param longestPause bound of that
 * @param longestRetryAfter the longest pause that a server may ask for by Retry-After; who asks for more is not asked again
 */
public record Retries(int attempts, Duration firstPause, Duration longestPause, Duration longestRetryAfter) {
    public static final Retries DEFAULT =
            new Retries(4, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(2));

    public Retries {
        if (attempts < 1 || firstPause.isNegative() || longestPause.isNegative() || longestRetryAfter.isNegative()) {
            throw new IllegalArgumentException("no way to repeat: " + attempts + " attempts, pauses of " + firstPause
                    + " to " + longestPause + " or " + longestRetryAfter);
        }
    }

    /** The pause before the n-th repetition, {@code n} from 1. */
    Duration pause(int n, RandomGenerator random) {
        Duration whole = firstPause;
        for (int i = 1; i < n && whole.compareTo(longestPause) < 0; i++) {
            whole = whole.multipliedBy(2);
        }
        if (whole.compareTo(longestPause) > 0) {
            whole = longestPause;
        }
        long half = whole.toNanos() / 2;
        return Duration.ofNanos(whole.toNanos() - (half == 0 ? 0 : random.nextLong(half + 1)));
    }
}
