package io.limpid.net;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A document that is to be fetched into a file.
 *
 * @param url where it is, {@code http} or {@code https}; user info in it is sent as Basic credentials
 * @param file where to: made anew once there are bytes for it, and deleted again when the download does not succeed
 * @param etag the ETag of the bytes that are already there, null when there are none: asks for newer ones only
 * @param lastModified the Last-Modified of the bytes that are already there, as the server wrote it; null when there are none
 * @param maxBytes bytes that it may have, as transferred
 * @param limit the limit that this is from, as people change it; null when it is from none
 * @param headers further fields to send, to that server only; their values may be secrets and are never shown
 */
public record DownloadRequest(
        URI url,
        Path file,
        @Nullable String etag,
        @Nullable String lastModified,
        long maxBytes,
        @Nullable String limit,
        Headers headers) {

    /** A document that is asked for without further fields. */
    public DownloadRequest(
            URI url,
            Path file,
            @Nullable String etag,
            @Nullable String lastModified,
            long maxBytes,
            @Nullable String limit) {
        this(url, file, etag, lastModified, maxBytes, limit, Headers.NONE);
    }

    /** A document that is bounded by no limit that people change. */
    public DownloadRequest(URI url, Path file, @Nullable String etag, @Nullable String lastModified, long maxBytes) {
        this(url, file, etag, lastModified, maxBytes, null);
    }

    /** The same with one more field. */
    public DownloadRequest with(String name, String value) {
        return new DownloadRequest(url, file, etag, lastModified, maxBytes, limit, headers.with(name, value));
    }
}
