package io.limpid.feedformat.yaml;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.feed.FeedException;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonStream;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever the bytes are, there is JSON or the declared exception, which names the document; of that JSON only a member that is there twice is wrong. */
final class YamlFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void yaml(byte[] document) throws IOException {
        byte[] json;
        try {
            json = YamlJson.of(new ByteArrayInputStream(document), "a.yaml", Limits.DEFAULT);
        } catch (FeedException expected) {
            if (!String.valueOf(expected.getMessage()).startsWith("a.yaml")) {
                throw new AssertionError("an error that does not name the document", expected);
            }
            return;
        }
        try {
            JsonStream.read(new ByteArrayInputStream(json), json.length, Limits.DEFAULT, _ -> {});
        } catch (JsonException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.contains("longer than") && !message.contains("exceeds") && !message.contains("too many")) {
                throw new AssertionError("no JSON", e);
            }
        }
    }
}
