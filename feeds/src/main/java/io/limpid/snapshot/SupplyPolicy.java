package io.limpid.snapshot;

import java.time.Duration;

/**
 * How a scan gets its advisories.
 *
 * @param offline whether nothing is ever requested
 * @param refresh a generation that was checked less long ago is used without asking; zero always asks
 * @param deadline how long a scan waits for data; those that are there are then used
 */
public record SupplyPolicy(boolean offline, Duration refresh, Duration deadline) {
    /** What holds when nothing else is said. */
    public static final SupplyPolicy DEFAULT =
            new SupplyPolicy(false, UpdateRules.DEFAULT.refresh(), Duration.ofMinutes(10));

    UpdateRules rules() {
        return new UpdateRules(refresh, false, UpdateRules.DEFAULT.patience());
    }
}
