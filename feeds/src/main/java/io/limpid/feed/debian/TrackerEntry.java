package io.limpid.feed.debian;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.FixState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A vulnerability in a source package while it is read. */
final class TrackerEntry {
    final String source;
    final String id;
    final Map<String, TrackerRow> rows = new LinkedHashMap<>();

    @Nullable
    String description;

    @Nullable
    String bug;

    TrackerEntry(String source, String id) {
        this.source = source;
        this.id = id;
    }

    /** What is said of a release in a row that has nothing {@link TrackerRow#wrong}. */
    Advisory advisory(String namespace, TrackerRow row) {
        FixState state = row.state();
        return new Advisory(
                id,
                List.of(),
                DebianFeed.ID,
                AdvisorySubject.ofSource(namespace, source),
                state,
                row.affected(state),
                state == FixState.FIXED ? row.fixedVersion : null,
                List.of(row.severity()),
                description,
                row.note(state),
                "https://security-tracker.debian.org/tracker/" + id,
                bug != null && bug.matches("[0-9]{1,10}") ? List.of("https://bugs.debian.org/" + bug) : List.of(),
                null,
                null);
    }
}
