package io.limpid.format.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.model.Limits;

/** Whatever the bytes are, there is a value or the declared exception. */
final class JsonFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void parse(byte[] document) {
        try {
            Json.parse(document, 1 << 16, Limits.DEFAULT);
        } catch (JsonException expected) {
            if (expected.getMessage() == null) {
                throw new AssertionError("an error without words", expected);
            }
        }
    }
}
