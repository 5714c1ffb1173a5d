package io.limpid.report;

import io.limpid.model.Corrected;

/** A local correction in a sentence: what it says, why, who says so and how long. */
final class OverrideWords {
    private OverrideWords() {}

    static String of(Corrected corrected) {
        return (corrected.status() == null
                        ? "another severity"
                        : corrected.status().word()) + ", for: " + corrected.reason()
                + (corrected.author() == null ? "" : "; by " + corrected.author())
                + (corrected.expires() == null ? "" : "; until " + corrected.expires()) + "; " + corrected.place();
    }
}
