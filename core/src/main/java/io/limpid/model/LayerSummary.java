package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * A layer as the report shows it.
 *
 * @param index its place among the layers, 0 is the base
 * @param diffId the digest of its uncompressed tar that the image's configuration claims, null when it claims none
 * @param digest the digest of the blob as stored that the manifest claims, null when it claims none
 * @param createdBy the instruction that made it, null when the image's history does not tell
 * @param sizeBytes the bytes of the blob as stored
 * @param verified whether its bytes were read and have the digests that are claimed of them
 */
public record LayerSummary(
        int index,
        @Nullable Digest diffId,
        @Nullable Digest digest,
        @Nullable String createdBy,
        long sizeBytes,
        boolean verified) {}
