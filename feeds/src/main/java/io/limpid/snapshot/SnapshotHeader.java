package io.limpid.snapshot;

import java.time.Instant;
import java.util.ArrayList;
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
 * @param details how many records there are of vulnerabilities whatever package has them
 * @param products how many repositories there are whose products are known
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
        long details,
        long products,
        long skipped,
        List<String> notes,
        List<Gap> gaps) {

    /** A release, and how many advisories there are for it. */
    public record Namespace(String name, long records) {}

    /**
     * How much of everything there is.
     *
     * @param namespaces the releases, sorted
     */
    record Counts(List<Namespace> namespaces, long details, long products) {
        static final Counts NONE = new Counts(List.of(), 0, 0);

        Counts {
            namespaces = List.copyOf(namespaces);
        }

        boolean isEmpty() {
            return namespaces.isEmpty() && details == 0 && products == 0;
        }
    }

    public SnapshotHeader {
        documents = List.copyOf(documents);
        namespaces = List.copyOf(namespaces);
        notes = List.copyOf(notes);
        gaps = List.copyOf(gaps);
    }

    /** How many advisories there are. */
    public long advisories() {
        long advisories = 0;
        for (Namespace namespace : namespaces) {
            advisories += namespace.records;
        }
        return advisories;
    }

    /** How many records of all kinds there are. */
    public long records() {
        return advisories() + details + products;
    }

    /** What it has, for people: {@code 12 advisories}, {@code 3 details of vulnerabilities, 1 repositories}. */
    public String contents() {
        List<String> contents = new ArrayList<>();
        if (advisories() > 0 || records() == 0) {
            contents.add(advisories() + " advisories");
        }
        if (details > 0) {
            contents.add(details + " details of vulnerabilities");
        }
        if (products > 0) {
            contents.add(products + " repositories");
        }
        return String.join(", ", contents);
    }

    /** {@code ubuntu/22.04}. */
    String name() {
        return feed + "/" + part;
    }

    SnapshotHeader withCounts(Counts counts) {
        return new SnapshotHeader(
                feed,
                part,
                feedVersion,
                generation,
                mirror,
                fetchedAt,
                documents,
                dataDate,
                counts.namespaces(),
                counts.details(),
                counts.products(),
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
                details,
                products,
                skipped,
                notes,
                known);
    }
}
