package io.limpid.image.daemon;

import io.limpid.net.Deadlines;
import java.time.Duration;

/**
 * How long a daemon is waited for.
 *
 * @param describing an image
 * @param exporting it: Docker writes all layers to its own disk before the first byte comes
 */
record DaemonDeadlines(Deadlines describing, Deadlines exporting) {
    static final DaemonDeadlines DEFAULT = new DaemonDeadlines(
            new Deadlines(
                    Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(1)),
            new Deadlines(Duration.ofSeconds(10), Duration.ofMinutes(15), Duration.ofMinutes(2), Duration.ofHours(2)));
}
