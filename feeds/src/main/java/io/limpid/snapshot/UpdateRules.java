package io.limpid.snapshot;

import java.time.Duration;

/**
 * When a publisher is asked, and what is accepted.
 *
 * @param refresh a generation that was checked less long ago is used without asking; zero always asks
 * @param force whether data are accepted that are suspiciously few or old
 * @param patience how long to wait for another process that updates the same part
 */
public record UpdateRules(Duration refresh, boolean force, Duration patience) {
    /** As a scan does it. */
    public static final UpdateRules DEFAULT = new UpdateRules(Duration.ofHours(1), false, Duration.ofMinutes(5));
}
