package io.limpid.image;

import io.limpid.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a layer or document as they are stored: compressed or not, believed or not.
 *
 * <p>Blobs of one image that are equal are the same bytes.
 */
public non-sealed interface Blob extends LayerContent {

    /** How many bytes there are. */
    long size();

    /**
     * The bytes, from the first on.
     *
     * <p>Of a source that can only be read forward ({@link #isForwardOnly()}) one stream at a time is valid.
     */
    InputStream open() throws IOException;

    /** Where in its source it begins: to read an image's blobs in this order costs least. */
    default long position() {
        return 0;
    }

    /** Whether what is skipped costs nothing. */
    default boolean isSkippable() {
        return place() != null;
    }

    /** Whether its bytes are put together of many files, so that nothing should be touched that can be skipped. */
    default boolean isScattered() {
        return false;
    }

    /** Whether only one stream of all blobs of the source is valid at a time. */
    default boolean isForwardOnly() {
        return !isSkippable();
    }

    /**
     * The digest by which whoever runs the image fetches the bytes, refusing all that have another one; null where they are found otherwise.
     *
     * <p>Only of such bytes may be told by their digest alone what is in them, without reading them.
     */
    default @Nullable Digest address() {
        return null;
    }

    /** The host that sends the bytes, for messages; null when they are here. */
    default @Nullable String host() {
        return null;
    }

    /** What was found in the bytes while they passed, where getting them again has its price; null where they were not read yet. */
    default PassingReader.@Nullable Found found() {
        return null;
    }

    /** Where the bytes lie in a local file, so that skipping them costs nothing; null when they have to be read through. */
    @Nullable
    FilePlace place();

    /**
     * By which the same bytes are known again, in another process too, as long as {@link #isUnchanged} holds; null when by nothing but
     * reading them.
     */
    default @Nullable FilePlace identity() {
        return null;
    }

    /** Whether the file that {@link #identity} tells of is still the one that was opened, untouched since; false where there is none. */
    default boolean isUnchanged() {
        return false;
    }
}
