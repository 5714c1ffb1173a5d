package io.limpid.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How bad a vulnerability is, from the worst to the least; the order is the reports' order. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    NEGLIGIBLE,
    UNKNOWN;

    /** The lower-case word that reports and the command line use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity with this {@link #word}. */
    public static Optional<Severity> ofWord(String word) {
        return Arrays.stream(values())
                .filter(severity -> severity.word().equals(word))
                .findFirst();
    }
}
