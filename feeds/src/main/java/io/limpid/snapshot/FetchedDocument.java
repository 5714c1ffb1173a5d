package io.limpid.snapshot;

import io.limpid.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document of a part, as it was when a snapshot was made of it.
 *
 * @param name its name among those of its part
 * @param url where its publisher has it
 * @param revision its revision ({@link io.limpid.feed.FeedPart.Document#revision}), null when it has none
 * @param contents what was fetched; null when the publisher did not have it
 */
public record FetchedDocument(
        String name,
        URI url,
        @Nullable String revision,
        @Nullable Contents contents) {

    /**
     * Bytes that were fetched.
     *
     * @param digest their digest, as they were transferred
     * @param bytes how many they are
     * @param etag their ETag, null when they have none
     * @param lastModified their Last-Modified as the server wrote it, null when they have none
     */
    public record Contents(
            Digest digest,
            long bytes,
            @Nullable String etag,
            @Nullable String lastModified) {}

    /** Whether it need not be asked for again: what was fetched is the revision that is named, whatever is there now. */
    boolean isSettled() {
        return revision != null && contents != null;
    }

    /** When the newest of some documents was last changed, as their servers say; null when none says so. */
    static @Nullable String newest(List<FetchedDocument> documents) {
        Instant newest = null;
        for (FetchedDocument document : documents) {
            String modified = document.contents == null ? null : document.contents.lastModified;
            try {
                Instant moment =
                        modified == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(modified, Instant::from);
                newest = moment == null || (newest != null && newest.isAfter(moment)) ? newest : moment;
            } catch (DateTimeException _) {
                // A server that writes its dates in another way says nothing.
            }
        }
        return newest == null ? null : newest.toString();
    }

    void writeTo(BlockWriter out) {
        out.string(name);
        out.string(url.toString());
        out.string(revision);
        out.string(contents == null ? null : contents.digest.hex());
        if (contents != null) {
            out.number(contents.bytes);
            out.string(contents.etag);
            out.string(contents.lastModified);
        }
    }

    static FetchedDocument read(BlockReader in) throws IOException {
        String name = in.string();
        String url = in.string();
        String revision = in.nullableString();
        String hex = in.nullableString();
        try {
            Contents contents = hex == null
                    ? null
                    : new Contents(new Digest(hex), in.number(), in.nullableString(), in.nullableString());
            return new FetchedDocument(name, new URI(url), revision, contents);
        } catch (IllegalArgumentException | URISyntaxException e) {
            throw new DamagedException("a document that none can be: " + e.getMessage());
        }
    }
}
