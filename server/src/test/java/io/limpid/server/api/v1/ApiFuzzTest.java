package io.limpid.server.api.v1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.model.LimpidException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;

/** What clients send is JSON and tokens, or refused in Go's words; see docs/fuzzing.md. */
class ApiFuzzTest {
    private static final int DEEPEST = 200;

    /** What was read and written is read and written the same again. */
    @FuzzTest(maxDuration = "60s")
    void anyBody(byte[] body) {
        try {
            GoObject read = GoDecoder.decode(Shapes.VULNERABILITY_ENVELOPE, body, body.length, DEEPEST);
            byte[] written = GoEncoder.line(read);
            GoObject again = GoDecoder.decode(Shapes.VULNERABILITY_ENVELOPE, written, written.length, DEEPEST);
            if (!Arrays.equals(written, GoEncoder.line(again))) {
                throw new AssertionError("not the same again: " + new String(written, StandardCharsets.UTF_8));
            }
        } catch (GoJsonException e) {
            if (e.getMessage() == null || e.getMessage().isEmpty()) {
                throw new AssertionError("refused without a word", e);
            }
        }
    }

    /** Nobody without the key makes a token that opens. */
    @FuzzTest(maxDuration = "60s")
    void anyToken(byte[] token) throws LimpidException {
        PageTokens tokens = PageTokens.of(null, Clock.systemUTC());
        if (tokens.open(new String(token, StandardCharsets.UTF_8)).isPresent()) {
            throw new AssertionError("a token of nobody opens");
        }
    }
}
