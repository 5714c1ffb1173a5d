package io.limpid.feed.redhat;

import io.limpid.feed.RpmSeverity;
import io.limpid.model.SeverityRating;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How bad Red Hat says that a vulnerability is. */
final class Severities {
    private Severities() {}

    /** The ratings with a word and a vector, either of which may be lacking. */
    static List<SeverityRating> of(@Nullable String word, @Nullable String vector) {
        return word == null && vector == null
                ? List.of()
                : List.of(new SeverityRating(RedhatFeed.ID, RpmSeverity.of(word), word, vector));
    }
}
