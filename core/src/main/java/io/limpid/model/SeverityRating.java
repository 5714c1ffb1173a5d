package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * How bad somebody says that a vulnerability is.
 *
 * @param source who says so: a feed's name ({@code debian}) or {@code nvd}
 * @param severity in the words of this program; {@code UNKNOWN} where only a vector is given
 * @param word the source's own word, null when it has none
 * @param vector a CVSS vector string with its version ({@code CVSS:3.1/AV:N/...}; version 2 without prefix), null when there is none
 * @param score the vector's base score, from 0 to 10 in tenths; null when it is not known
 */
public record SeverityRating(
        String source,
        Severity severity,
        @Nullable String word,
        @Nullable String vector,
        @Nullable Double score) {
    private static final double HIGHEST = 10;

    public SeverityRating {
        // A number that is none is in no order.
        if (score != null && !(score >= 0 && score <= HIGHEST)) {
            throw new IllegalArgumentException("not a score: " + score);
        }
    }

    /** A rating whose score nobody has given. */
    public SeverityRating(String source, Severity severity, @Nullable String word, @Nullable String vector) {
        this(source, severity, word, vector, null);
    }
}
