package io.limpid.feed;

import io.limpid.model.Severity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words by which publishers of rpm packages say how bad a vulnerability or an erratum is. */
public final class RpmSeverity {
    private RpmSeverity() {}

    /** What a word means; none, one that is not known, and one that says that nobody said, is {@code UNKNOWN}. */
    public static Severity of(@Nullable String word) {
        return switch (word == null ? "" : word.strip().toLowerCase(Locale.ROOT)) {
            case "critical", "urgent" -> Severity.CRITICAL;
            case "important", "high" -> Severity.HIGH;
            case "moderate", "medium" -> Severity.MEDIUM;
            case "low" -> Severity.LOW;
            case "negligible" -> Severity.NEGLIGIBLE;
            default -> Severity.UNKNOWN;
        };
    }
}
