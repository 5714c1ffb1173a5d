package io.limpid.correction;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.model.Correction;
import io.limpid.model.LimpidException;

/** A file of any bytes is corrections, each whole, or refused with words; see docs/fuzzing.md. */
final class CorrectionFileFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void parse(byte[] bytes) {
        try {
            for (Correction correction : CorrectionFile.parse("o.yaml", bytes)) {
                if (correction.reason().isBlank() || !correction.place().startsWith("o.yaml:")) {
                    throw new AssertionError("a correction without reason or place: " + correction);
                }
            }
        } catch (LimpidException expected) {
            if (expected.reason() == null) {
                throw new AssertionError("an error without a cause", expected);
            }
        }
    }
}
