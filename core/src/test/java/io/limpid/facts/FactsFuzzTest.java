package io.limpid.facts;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** A file of any bytes is facts or damaged, and facts are what would have been written; see docs/fuzzing.md. */
class FactsFuzzTest {
    private static final String KEY = "key";

    @FuzzTest(maxDuration = "60s")
    void anyFile(byte[] file) {
        read(file);
    }

    /** What the checksum hides from. */
    @FuzzTest(maxDuration = "60s")
    void anyFacts(byte[] payload) {
        read(Sealed.file(FactsFormat.VERSION, KEY, payload));
    }

    private static void read(byte[] file) {
        try {
            TarFacts facts = FactsFormat.read(file, KEY);
            byte[] again = Sealed.write(KEY, facts);
            if (!facts.equals(FactsFormat.read(again, KEY)) || again.length > file.length + 8) {
                throw new AssertionError("other facts than were read: " + Arrays.toString(again));
            }
        } catch (DamagedFactsException _) {
            // It says so.
        }
    }
}
