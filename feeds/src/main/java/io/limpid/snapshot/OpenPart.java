package io.limpid.snapshot;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part's data for one scan.
 *
 * @param snapshot the generation that is used, null when there is none
 * @param newest when it was last known to be the newest there is; null when there is no generation
 * @param gaps why something may be missing, whatever the release
 * @param notes what is worth knowing though nothing is missing: why there is nothing newer
 */
record OpenPart(
        String feed, @Nullable Snapshot snapshot, @Nullable Instant newest, List<String> gaps, List<String> notes) {
    OpenPart {
        gaps = List.copyOf(gaps);
        notes = List.copyOf(notes);
    }

    /** Whether it has anything for a release. */
    boolean speaksOf(String namespace) {
        return snapshot != null
                && snapshot.header().namespaces().stream()
                        .anyMatch(one -> one.name().equals(namespace));
    }

    /** The same, whose place another has taken: nothing is missing for its lack. */
    OpenPart withoutGaps() {
        return new OpenPart(feed, snapshot, newest, List.of(), notes);
    }

    /** The same with more that is worth knowing. */
    OpenPart withNotes(List<String> more) {
        return new OpenPart(
                feed,
                snapshot,
                newest,
                gaps,
                Stream.concat(notes.stream(), more.stream()).toList());
    }

    void closeAfter(Exception failure) {
        try {
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    void close() throws IOException {
        if (snapshot != null) {
            snapshot.close();
        }
    }
}
