package io.limpid.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a part that was read to its end.
 *
 * @param dataDate the publisher's own date of the data (ISO 8601), null when the documents have none
 * @param skipped records that made no sense and were passed over
 * @param notes the first of them, for people: where, and what is wrong
 */
public record FeedReading(@Nullable String dataDate, long skipped, List<String> notes) {
    public FeedReading {
        notes = List.copyOf(notes);
    }
}
