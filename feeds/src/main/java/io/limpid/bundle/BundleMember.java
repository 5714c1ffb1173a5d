package io.limpid.bundle;

import io.limpid.model.Digest;
import io.limpid.snapshot.FetchedDocument;
import io.limpid.snapshot.SnapshotHeader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A generation of a part in a bundle, as its manifest describes it.
 *
 * @param generation its number
 * @param fetchedAt when its documents were fetched
 * @param newest when it was last known to be the newest there is
 * @param dataDate the publisher's own date of the data, null when there is none
 * @param records how many advisories it has
 * @param documents the digest of what it was made of: two of the same were made of the same documents by the same reader
 * @param bytes how many bytes the snapshot file has
 * @param digest the digest of the snapshot file
 * @param packedBytes how many bytes it has compressed, as it is in the bundle
 * @param packedDigest the digest of those
 */
public record BundleMember(
        String feed,
        String part,
        long generation,
        Instant fetchedAt,
        Instant newest,
        @Nullable String dataDate,
        long records,
        Digest documents,
        long bytes,
        Digest digest,
        long packedBytes,
        Digest packedDigest) {

    /** {@code ubuntu/22.04}. */
    public String name() {
        return feed + "/" + part;
    }

    /** Whether a generation was made of the same documents by the same reader. */
    boolean isMadeOfTheSameAs(SnapshotHeader header) {
        return documents.equals(documentsOf(header));
    }

    /** Whether it came before a generation. */
    boolean isOlderThan(SnapshotHeader header) {
        return generation < header.generation() || fetchedAt.isBefore(header.fetchedAt());
    }

    static Digest documentsOf(SnapshotHeader header) {
        StringBuilder text = new StringBuilder().append(header.feedVersion());
        if (header.documents().isEmpty()) {
            // Made of nothing that could be compared.
            text.append(' ').append(header.generation());
        }
        for (FetchedDocument document : header.documents()) {
            FetchedDocument.Contents contents = document.contents();
            text.append('\n').append(document.url()).append(' ');
            text.append(contents == null ? "-" : contents.digest());
        }
        MessageDigest digest = Digesting.sha256();
        return new Digest(HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8))));
    }
}
