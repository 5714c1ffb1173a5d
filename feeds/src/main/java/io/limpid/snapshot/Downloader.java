package io.limpid.snapshot;

import io.limpid.net.Download;
import io.limpid.net.DownloadRequest;
import java.io.IOException;

/** Fetches documents into files. */
@FunctionalInterface
public interface Downloader {

    /**
     * Fetches a document.
     *
     * @throws IOException when it could not be fetched; the request's file is then not there
     */
    Download download(DownloadRequest request) throws IOException;
}
