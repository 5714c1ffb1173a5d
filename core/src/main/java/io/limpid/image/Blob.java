package io.limpid.image;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a layer or document as they are stored: compressed or not, believed or not.
 *
 * <p>Blobs of one image that are equal are the same bytes.
 */
public interface Blob {

    /** How many bytes there are. */
    long size();

    /**
     * The bytes, from the first on.
     *
     * <p>Of a source that can only be read forward ({@link #place()} is null) one stream at a time is valid.
     */
    InputStream open() throws IOException;

    /** Where in its source it begins: to read an image's blobs in this order costs least. */
    default long position() {
        return 0;
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
