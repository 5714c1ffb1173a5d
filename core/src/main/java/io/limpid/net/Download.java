package io.limpid.net;

import io.limpid.model.Digest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What became of a {@link DownloadRequest}. */
public sealed interface Download {

    /**
     * The document is in the file, whole, as it was transferred: a Content-Encoding is not undone.
     *
     * @param bytes its size
     * @param digest its digest
     * @param etag its ETag, null when the server gave none
     * @param lastModified its Last-Modified as the server wrote it, null when it gave none
     * @param from where it came from in the end, redirects followed
     */
    record Fetched(
            long bytes,
            Digest digest,
            @Nullable String etag,
            @Nullable String lastModified,
            URI from) implements Download {}

    /** The bytes that are already there are the newest (304). */
    record NotModified() implements Download {}

    /** There is no such document (404, 410). */
    record Absent(int status) implements Download {}
}
