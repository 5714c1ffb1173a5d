package io.limpid.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How bad Clair says a vulnerability is, the mildest first; of {@link Severity} it has one word more, and another order. */
public enum ClairSeverity {
    UNKNOWN("Unknown"),
    NEGLIGIBLE("Negligible"),
    LOW("Low"),
    MEDIUM("Medium"),
    HIGH("High"),
    CRITICAL("Critical"),
    DEFCON1("Defcon1");

    private final String text;

    ClairSeverity(String text) {
        this.text = text;
    }

    /** As Clair writes it. */
    public String text() {
        return text;
    }

    /** Reads one in any case. */
    public static Optional<ClairSeverity> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(severity -> severity.text.toLowerCase(Locale.ROOT).equals(lower))
                .findFirst();
    }

    /** All as Clair writes them, the mildest first. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(ClairSeverity::text).toList();
    }
}
