package io.limpid.sbom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whatever a document or a package-url holds, there is an inventory or the declared exception. */
final class SbomFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void read(byte[] document) throws IOException {
        try {
            SbomReader.read(new ByteArrayInputStream(document), Limits.DEFAULT);
        } catch (LimpidException expected) {
            if (expected.reason() == null) {
                throw new AssertionError("an error without a cause", expected);
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void packageUrl(byte[] text) {
        PackageCollector collector = new PackageCollector(Limits.DEFAULT, true);
        String foreign = new String(text, StandardCharsets.UTF_8);
        collector.add(foreign, new PackageCollector.Beside("name", "1", foreign, "/usr/lib/x"));
        int found = collector.inventory().packages().size()
                + collector.inventory().problems().size();
        if (found < 1) {
            throw new AssertionError("neither a package nor a problem");
        }
    }
}
