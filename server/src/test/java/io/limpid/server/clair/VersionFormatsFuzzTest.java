package io.limpid.server.clair;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any two texts have an order or are refused, and the other way round the opposite of it. */
final class VersionFormatsFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void anyTwo(byte[] pair) {
        String text = new String(pair, StandardCharsets.UTF_8);
        int tab = Math.max(text.indexOf('\t'), 0);
        String left = text.substring(0, tab);
        String right = text.substring(Math.min(tab + 1, text.length()));
        for (String format : List.of("dpkg", "rpm")) {
            boolean valid = VersionFormats.isValid(format, left) && VersionFormats.isValid(format, right);
            try {
                int order = Integer.signum(VersionFormats.compare(format, left, right));
                int opposite = Integer.signum(VersionFormats.compare(format, right, left));
                if (!valid || order != -opposite) {
                    throw new AssertionError(format + ": " + order + " and " + opposite);
                }
            } catch (ClairException e) {
                if (valid) {
                    throw new AssertionError(format + " refuses what it takes", e);
                }
            }
        }
    }
}
