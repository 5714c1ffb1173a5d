package io.limpid.image;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The named blobs of an image archive or layout folder. */
interface BlobFolder extends Closeable {

    /** The blob of this name, links inside the archive followed; null when there is none. Never looks outside. */
    @Nullable
    Blob find(String name) throws IOException;

    /** What people call the folder, for messages. */
    String description();
}
