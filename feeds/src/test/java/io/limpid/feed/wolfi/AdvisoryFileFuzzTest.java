package io.limpid.feed.wolfi;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.secdb.Statement;
import io.limpid.feedformat.yaml.YamlJson;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonStream;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever a file of advisories holds, there are statements with names or the declared exceptions. */
final class AdvisoryFileFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void advisories(byte[] document) throws IOException {
        AdvisoryFile file = new AdvisoryFile("a.yaml", new PartReading(Limits.DEFAULT, _ -> {}));
        try {
            byte[] json = YamlJson.of(new ByteArrayInputStream(document), "a.yaml", Limits.DEFAULT);
            JsonStream.read(new ByteArrayInputStream(json), json.length, Limits.DEFAULT, file::read);
        } catch (FeedException | JsonException expected) {
            return;
        }
        for (Statement statement : file.statements()) {
            if (statement.ids().isEmpty() || !statement.ids().getFirst().matches("\\S+")) {
                throw new AssertionError("no name: " + statement);
            }
        }
    }
}
