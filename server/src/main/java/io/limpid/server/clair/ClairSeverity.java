package io.limpid.server.clair;

import java.util.Locale;
import java.util.Optional;

/** How bad Clair says a vulnerability is, the mildest first. */
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
        for (ClairSeverity severity : values()) {
            if (severity.text.toLowerCase(Locale.ROOT).equals(lower)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
