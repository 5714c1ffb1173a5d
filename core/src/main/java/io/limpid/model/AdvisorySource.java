package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * Advisory data that a verdict rests on.
 *
 * @param feed the feed's name
 * @param namespace the release that it is about
 * @param records how many advisories it has
 * @param dataDate the publisher's own date of the data (ISO 8601), null when there is none
 * @param fetchedAt when it was fetched, or last found to be the newest there is (ISO 8601), null in a report that is to be the same whenever it is made
 * @param note what is worth knowing of it though nothing is missing: why there is nothing newer; null when there is nothing to say
 */
public record AdvisorySource(
        String feed,
        String namespace,
        long records,
        @Nullable String dataDate,
        @Nullable String fetchedAt,
        @Nullable String note) {

    /** Data of which there is nothing more to say. */
    public AdvisorySource(
            String feed, String namespace, long records, @Nullable String dataDate, @Nullable String fetchedAt) {
        this(feed, namespace, records, dataDate, fetchedAt, null);
    }
}
