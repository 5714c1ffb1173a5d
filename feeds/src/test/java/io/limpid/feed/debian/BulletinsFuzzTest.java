package io.limpid.feed.debian;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.feed.Documents;
import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.model.Limits;
import java.io.IOException;
import java.util.Map;

/** Whatever a list of bulletins holds, there are valid advisories or the declared exception, which names it. */
final class BulletinsFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void bulletins(byte[] document) throws IOException {
        Bulletins bulletins = new Bulletins(new PartReading(Limits.DEFAULT, _ -> {}));
        try {
            bulletins.read(Documents.of(Map.of("dsa.list", document)), "dsa.list", "DSA-135");
        } catch (FeedException expected) {
            if (!String.valueOf(expected.getMessage()).startsWith("dsa.list")) {
                throw new AssertionError("an error that does not name the document", expected);
            }
            return;
        }
        bulletins.rest((source, id, codename, fix) -> {
            if (!fix.advisory("debian:" + codename, source, id).id().matches("\\S+")) {
                throw new AssertionError("no name: " + id);
            }
        });
    }
}
