package io.limpid.server.api;

import java.time.Duration;

/**
 * How much is taken from clients at once; more is answered 429, or closed when it is too slow.
 *
 * @param requests that read or change something: those at work and those that wait to be
 * @param working how many of them are worked on at once
 * @param patience how long one waits to be worked on, or for other clients to take their answers
 * @param layers that are read or wait to be
 * @param bodyBytes of requests that are in memory, all together
 * @param answerBytes of answers that are in memory because their clients have not taken them yet, all together
 * @param pipelined requests of one connection whose answers are not taken yet
 * @param connections open ones
 * @param head how long the head of a request may take
 * @param body how long the body may take
 * @param taking how long a client may take for a small answer
 * @param slowest how many bytes of a larger one it has to take in each second
 * @param idle how long a connection without a request stays
 * @param largestBody what is read and thrown away behind {@link Call#MOST_BODY} before the connection is closed
 * @param drain how long requests have at the end
 */
public record Bounds(
        int requests,
        int working,
        Duration patience,
        int layers,
        int bodyBytes,
        int answerBytes,
        int pipelined,
        int connections,
        Duration head,
        Duration body,
        Duration taking,
        int slowest,
        Duration idle,
        int largestBody,
        Duration drain) {

    public static final Bounds DEFAULT = new Bounds(
            256,
            32,
            Duration.ofSeconds(15),
            256,
            32 << 20,
            64 << 20,
            16,
            4096,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            32 << 10,
            Duration.ofMinutes(3),
            16 << 20,
            Duration.ofSeconds(30));

    /** How long a client may take for so many bytes. */
    Duration taking(long bytes) {
        return taking.plusSeconds(bytes / slowest);
    }
}
