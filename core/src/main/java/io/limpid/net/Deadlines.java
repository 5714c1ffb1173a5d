package io.limpid.net;

import java.time.Duration;

/**
 * How long a request may take, phase by phase.
 *
 * @param connect until a connection is ready: all addresses of the host tried, proxy and TLS included
 * @param firstByte from the request until the whole head of the answer is there
 * @param idle between two pieces of the body
 * @param total for all of it, redirects included; for a download also its repetitions and the pauses between them
 */
public record Deadlines(Duration connect, Duration firstByte, Duration idle, Duration total) {
    public static final Deadlines DEFAULT = new Deadlines(
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(30));

    public Deadlines {
        for (Duration one : new Duration[] {connect, firstByte, idle, total}) {
            if (one.toMillis() <= 0 || one.toMillis() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("no deadline: " + one);
            }
        }
    }
}
