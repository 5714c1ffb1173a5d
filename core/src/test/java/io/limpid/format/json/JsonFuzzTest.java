package io.limpid.format.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;

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

    /** What is read as a stream is JSON exactly where it is as a whole. */
    @FuzzTest(maxDuration = "1m")
    void stream(byte[] document) throws IOException {
        boolean whole = isJson(() -> Json.parse(document, 1 << 16, Limits.DEFAULT));
        boolean streamed = isJson(() ->
                JsonStream.read(new ByteArrayInputStream(document), 1 << 16, Limits.DEFAULT, JsonStreamTest::walk));
        if (whole != streamed && document.length < 1000) {
            throw new AssertionError("JSON as a whole: " + whole + ", as a stream: " + streamed);
        }
    }

    private interface Reading {
        void read() throws IOException;
    }

    private static boolean isJson(Reading reading) throws IOException {
        try {
            reading.read();
            return true;
        } catch (JsonException e) {
            return false;
        }
    }
}
