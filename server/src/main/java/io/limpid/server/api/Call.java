package io.limpid.server.api;

import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request whose route was found.
 *
 * @param values what stands for the parts of the route that are any, in their order; a character for each byte
 * @param query parameters
 * @param body its first bytes, at most {@link #MOST_BODY}; empty for routes that read none
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares requests.
public record Call(List<String> values, Query query, byte[] body) {
    /** Clair cuts bodies here. */
    public static final int MOST_BODY = 1 << 20;

    /**
     * What stands for a part that is any.
     *
     * @throws ClairException when it is no UTF-8, as the original's database refuses it
     */
    public String value(int index) throws ClairException {
        byte[] bytes = values.get(index).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ClairException(ClairError.BACKEND, e);
        }
    }
}
