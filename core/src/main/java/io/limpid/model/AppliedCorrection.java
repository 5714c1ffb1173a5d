package io.limpid.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a local correction in a scan.
 *
 * @param correction the correction
 * @param effect what became of it
 * @param changed how many findings are in the report in another form for it
 * @param added how many are only there for it
 * @param denied the findings that the report does not have for it, as they would be
 */
public record AppliedCorrection(Correction correction, Effect effect, int changed, int added, List<Finding> denied) {

    /** What becomes of corrections. */
    public enum Effect {
        /** The report is another for it. */
        APPLIED,
        /** Its last day is over: everything is as if it were not there. */
        EXPIRED,
        /** The release is its own, and nothing of what was found or is installed is what it is about. */
        NO_MATCH,
        /** What it is about is there, and is already as it says, or an earlier correction says something of it. */
        NO_CHANGE,
        /** Whether an installed version is one of its own cannot be told: no finding was denied for it. */
        UNDECIDED,
        /** It is about another release. */
        OTHER_RELEASE;

        /** The word that reports use. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The effect with this {@link #word}. */
        public static Optional<Effect> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(effect -> effect.word().equals(word))
                    .findFirst();
        }
    }

    public AppliedCorrection {
        denied = List.copyOf(denied);
        if ((changed + added + denied.size() > 0) != (effect == Effect.APPLIED)) {
            throw new IllegalArgumentException(correction.place() + " is " + effect.word());
        }
    }
}
