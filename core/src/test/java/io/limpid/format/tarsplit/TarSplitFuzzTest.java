package io.limpid.format.tarsplit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.model.Limits;
import io.limpid.testing.SomeLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** Any bytes end in pieces and then an end or a declared error; see docs/fuzzing.md. */
class TarSplitFuzzTest {
    private static final Limits LIMITS = SomeLimits.with(Map.of("documentBytes", 1 << 17, "layerEntries", 1000));

    @FuzzTest(maxDuration = "60s")
    void readsAnyBytes(byte[] lines) throws IOException {
        long bytes = 0;
        try (TarSplitReader reader = new TarSplitReader(new ByteArrayInputStream(lines), LIMITS)) {
            for (Piece piece = reader.next(); piece != null; piece = reader.next()) {
                if (piece.size() <= 0) {
                    throw new AssertionError("a piece of nothing: " + piece);
                }
                bytes += piece instanceof Piece.Bytes ? piece.size() : 0;
            }
        } catch (IOException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("an error without a word", e);
            }
        }
        if (bytes > lines.length) {
            throw new AssertionError("more bytes than there are");
        }
    }
}
