package io.limpid.image;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The named blobs of an image archive or layout folder. */
interface BlobFolder extends Closeable {

    /**
     * The blob of this name; null when there is none.
     *
     * <p>Links are followed as long as they stay inside the archive or folder: nothing outside is ever read.
     *
     * @throws io.limpid.model.LimpidException when a link on disk leads out of the folder or to nothing
     */
    @Nullable
    Blob find(String name) throws IOException;

    /** The manifest or index that an index lists; null when there is none. */
    default @Nullable Blob manifest(Descriptor descriptor) throws IOException {
        return find(OciLayout.name(descriptor.digest()));
    }

    /** The configuration or layer that a manifest lists; null when there is none. */
    default @Nullable Blob blob(Descriptor descriptor) throws IOException {
        return find(OciLayout.name(descriptor.digest()));
    }

    /** Whether what an index lists for a platform is there, so that it need not be fetched to know that. */
    default boolean holdsWhatItLists() {
        return false;
    }

    /** What people call the folder, for messages. */
    String description();
}
