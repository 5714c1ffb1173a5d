package io.limpid.feedformat.updateinfo;

import io.limpid.model.Severity;
import java.util.Locale;

/** The words by which publishers of rpm packages say how bad an erratum is. */
final class RpmSeverity {
    private RpmSeverity() {}

    /** What a word means; one that is not known, and one that says that nobody said, is {@code UNKNOWN}. */
    static Severity of(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "critical", "urgent" -> Severity.CRITICAL;
            case "important", "high" -> Severity.HIGH;
            case "moderate", "medium" -> Severity.MEDIUM;
            case "low" -> Severity.LOW;
            default -> Severity.UNKNOWN;
        };
    }
}
