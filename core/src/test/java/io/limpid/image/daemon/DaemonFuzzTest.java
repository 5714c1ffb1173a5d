package io.limpid.image.daemon;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;

/** Whatever a daemon says of an image, what becomes a part of a URL is an id. */
final class DaemonFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void described(byte[] answer) {
        try {
            if (Json.parse(answer, Limits.DEFAULT.documentBytes(), Limits.DEFAULT) instanceof JsonObject json) {
                String id = Described.of(json, "Docker/28.0.0 (linux)").id();
                if (!id.matches("(sha256:)?[0-9a-f]{64}")) {
                    throw new AssertionError("no id: " + id);
                }
            }
        } catch (JsonException expected) {
            if (expected.getMessage() == null) {
                throw new AssertionError("an error without words", expected);
            }
        }
    }
}
