package io.limpid.model;

import java.util.List;
import java.util.Locale;

/**
 * The answer to "may this image run?", as far as it is known.
 *
 * @param result the answer
 * @param complete whether everything in the image was read
 * @param reasons why the result is {@code UNKNOWN}, the scan not complete, or a vulnerable image may have more than was found; sentences for people;
 *     empty where nothing is left to be known
 * @param endOfLife whether the release got no more fixes when it was scanned; never where its last day is not known
 * @param notes what the result rests on that is not the publishers' word, sentences for people: local corrections, an accepted end of life
 */
public record Verdict(Result result, boolean complete, List<String> reasons, boolean endOfLife, List<String> notes) {

    /** A verdict on a release that gets fixes or may, that rests on the publishers' word alone. */
    public Verdict(Result result, boolean complete, List<String> reasons) {
        this(result, complete, reasons, false, List.of());
    }

    /** The three answers there are; "could not tell" is never "clean". */
    public enum Result {
        CLEAN,
        VULNERABLE,
        UNKNOWN;

        /** The lower-case word that reports use. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Verdict {
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
        if (result == Result.CLEAN && !complete) {
            throw new IllegalArgumentException("an incomplete scan is never clean");
        }
        if (result == Result.UNKNOWN && reasons.isEmpty()) {
            throw new IllegalArgumentException("an unknown verdict needs a reason");
        }
    }
}
