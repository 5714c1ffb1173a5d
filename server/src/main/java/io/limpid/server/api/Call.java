package io.limpid.server.api;

import java.util.List;

/**
 * A request whose route was found.
 *
 * @param values what stands for the parts of the route that are any, in their order
 * @param query parameters
 * @param body its first bytes, at most {@link #MOST_BODY}; empty for routes that read none
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares requests.
public record Call(List<String> values, Query query, byte[] body) {
    /** Clair cuts bodies here. */
    public static final int MOST_BODY = 1 << 20;
}
