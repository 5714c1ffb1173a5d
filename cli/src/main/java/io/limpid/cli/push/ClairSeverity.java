package io.limpid.cli.push;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How bad a vulnerability is in Clair's words, from the least to the worst. */
public enum ClairSeverity {
    UNKNOWN("Unknown"),
    NEGLIGIBLE("Negligible"),
    LOW("Low"),
    MEDIUM("Medium"),
    HIGH("High"),
    CRITICAL("Critical"),
    DEFCON1("Defcon1");

    private final String word;

    ClairSeverity(String word) {
        this.word = word;
    }

    /** As Clair writes it. */
    public String word() {
        return word;
    }

    /** The severity of a word, in any case. */
    public static Optional<ClairSeverity> of(String word) {
        return Arrays.stream(values())
                .filter(severity -> severity.word.equalsIgnoreCase(word))
                .findFirst();
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ClairSeverity::word).toList();
    }
}
