package io.limpid.server.clair;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The news that a vulnerability appeared, changed or was deleted.
 *
 * @param name a UUID
 * @param created when it happened
 * @param notified when a receiver took it last, or null
 * @param deleted when it was marked as read, or null
 * @param before the vulnerability as it was, or null when it is new
 * @param after the vulnerability as it is, or null when it was deleted
 */
public record Notification(
        String name,
        Instant created,
        @Nullable Instant notified,
        @Nullable Instant deleted,
        @Nullable Side before,
        @Nullable Side after) {

    /**
     * One side of the news, with one page of the layers that it concerns.
     *
     * @param layers those that introduce the vulnerability, in the order of their rows
     * @param next row of the first layer of the next page; {@link #END} when there is none
     */
    public record Side(Vulnerability vulnerability, List<IntroducingLayer> layers, long next) {}

    /**
     * A layer that added an affected package.
     *
     * @param row a number that grows with the time of storing
     */
    public record IntroducingLayer(long row, String name) {}

    /**
     * Where a page begins on both sides.
     *
     * @param before row of the first layer of the old side, {@link #END} when that side is finished
     * @param after the same of the new side
     */
    public record Page(long before, long after) {
        public static final Page FIRST = new Page(0, 0);
    }

    /** No further page. */
    public static final long END = -1;
}
