package io.limpid.server.api.v1;

import io.limpid.model.Limits;
import io.limpid.server.api.Answer;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;

/** The objects around what is asked and answered. */
final class Envelopes {
    private static final int UNAVAILABLE = 503;

    private Envelopes() {}

    /** What a client sent; the error in the answer when it is no such JSON. */
    static GoObject read(GoStruct envelope, byte[] body) throws BadRequest {
        try {
            return GoDecoder.decode(envelope, body, body.length, Limits.DEFAULT.jsonDepth());
        } catch (GoJsonException e) {
            throw new BadRequest(e.getMessage());
        }
    }

    /** A request that is answered 400 with words that have parts of the request. */
    static final class BadRequest extends Exception {
        private static final long serialVersionUID = 1L;

        BadRequest(String message) {
            super(message, null, false, false);
        }
    }

    static Answer answer(int status, GoObject envelope) {
        return Answer.json(status, GoEncoder.line(envelope));
    }

    static Answer error(int status, String message) {
        return answer(
                status,
                new GoObject(Shapes.LAYER_ENVELOPE).with("Error", new GoObject(Shapes.ERROR).with("Message", message)));
    }

    static Answer error(ClairError error) {
        return error(error.status(), error.message());
    }

    static Answer error(ClairException e) {
        Answer answer = error(e.status(), String.valueOf(e.getMessage()));
        return e.status() == UNAVAILABLE ? answer.with("Retry-After", "5") : answer;
    }
}
