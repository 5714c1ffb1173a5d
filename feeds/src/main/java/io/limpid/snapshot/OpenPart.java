package io.limpid.snapshot;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part's data for one scan.
 *
 * @param snapshot the generation that is used, null when there is none
 * @param gaps why something may be missing, whatever the release
 */
record OpenPart(String feed, @Nullable Snapshot snapshot, List<String> gaps) {
    OpenPart {
        gaps = List.copyOf(gaps);
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
