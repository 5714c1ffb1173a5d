package io.limpid.feed.redhat;

import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Red Hat's words for how bad a vulnerability is. */
final class Severities {
    private Severities() {}

    /** The ratings with a word and a vector, either of which may be lacking. */
    static List<SeverityRating> of(@Nullable String word, @Nullable String vector) {
        return word == null && vector == null
                ? List.of()
                : List.of(new SeverityRating(RedhatFeed.ID, severity(word), word, vector));
    }

    private static Severity severity(@Nullable String word) {
        return switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "low" -> Severity.LOW;
            case "moderate" -> Severity.MEDIUM;
            case "important" -> Severity.HIGH;
            case "critical" -> Severity.CRITICAL;
            default -> Severity.UNKNOWN;
        };
    }
}
