package io.limpid.image;

import io.limpid.model.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A layer of an image as its manifest and configuration describe it; nothing of that is believed before the bytes were read.
 *
 * @param index its place among the layers, 0 is the base
 * @param diffId the digest that the configuration claims of the uncompressed tar, null when it claims none
 * @param digest the digest that the manifest claims of the blob, null when it claims none
 * @param createdBy the instruction that made it, null when the history does not tell
 * @param size the bytes of the blob as stored or, where it is absent, as the manifest claims; 0 where it lies unpacked
 * @param content what is in it, null when the image does not hold it (a foreign layer that would have to be fetched from elsewhere)
 */
public record Layer(
        int index,
        @Nullable Digest diffId,
        @Nullable Digest digest,
        @Nullable String createdBy,
        long size,
        @Nullable LayerContent content) {

    /** Its bytes; null when the image does not hold them, or holds the layer otherwise. */
    public @Nullable Blob blob() {
        return content instanceof Blob blob ? blob : null;
    }
}
