package io.limpid.snapshot;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot says of itself: a file that is copied elsewhere needs no other beside it.
 *
 * @param feed the feed's name
 * @param part the part's name
 * @param feedVersion {@link io.limpid.feed.Feed#version} of the feed that read the documents
 * @param generation rises with every snapshot of the part, on every machine
 * @param mirror the mirror that the documents were fetched from, null when it was their publisher
 * @param fetchedAt when the documents were fetched
 * @param documents the documents, in the part's order
 * @param dataDate the publisher's own date of the data (ISO 8601), null when there is none
 * @param namespaces the releases that it speaks of, sorted
 * @param skipped records that made no sense and were passed over
 * @param notes the first of them, for people
 * @param gaps why something may be missing
 */
public record SnapshotHeader(
        String feed,
        String part,
        long feedVersion,
        long generation,
        @Nullable String mirror,
        Instant fetchedAt,
        List<FetchedDocument> documents,
        @Nullable String dataDate,
        List<Namespace> namespaces,
        long skipped,
        List<String> notes,
        List<Gap> gaps) {

    /** A release, and how many advisories there are for it. */
    public record Namespace(String name, long records) {}

    public SnapshotHeader {
        documents = List.copyOf(documents);
        namespaces = List.copyOf(namespaces);
        notes = List.copyOf(notes);
        gaps = List.copyOf(gaps);
    }

    /** How many advisories there are. */
    public long records() {
        long records = 0;
        for (Namespace namespace : namespaces) {
            records += namespace.records;
        }
        return records;
    }

    /** {@code ubuntu/22.04}. */
    String name() {
        return feed + "/" + part;
    }

    SnapshotHeader withNamespaces(List<Namespace> counted) {
        return new SnapshotHeader(
                feed,
                part,
                feedVersion,
                generation,
                mirror,
                fetchedAt,
                documents,
                dataDate,
                counted,
                skipped,
                notes,
                gaps);
    }

    SnapshotHeader withGaps(List<Gap> known) {
        return new SnapshotHeader(
                feed,
                part,
                feedVersion,
                generation,
                mirror,
                fetchedAt,
                documents,
                dataDate,
                namespaces,
                skipped,
                notes,
                known);
    }
}
