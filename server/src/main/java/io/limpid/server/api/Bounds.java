package io.limpid.server.api;

import java.time.Duration;

/**
 * How much is taken from clients at once; more is answered 429, or closed when it is too slow.
 *
 * @param requests that read or change something
 * @param layers that are read or wait to be
 * @param bodyBytes of requests that are in memory, all together
 * @param connections open ones
 * @param head how long the head of a request may take
 * @param body how long the body may take
 * @param idle how long a connection without a request stays
 * @param largestBody what is read and thrown away behind {@link Call#MOST_BODY} before the connection is closed
 * @param drain how long requests have at the end
 */
public record Bounds(
        int requests,
        int layers,
        int bodyBytes,
        int connections,
        Duration head,
        Duration body,
        Duration idle,
        int largestBody,
        Duration drain) {

    public static final Bounds DEFAULT = new Bounds(
            256,
            256,
            16 << 20,
            4096,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMinutes(3),
            16 << 20,
            Duration.ofSeconds(30));
}
