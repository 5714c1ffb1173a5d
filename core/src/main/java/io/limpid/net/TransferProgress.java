package io.limpid.net;

import java.net.URI;

/** Hears how far a transfer has come; called from the thread that transfers, often, and must return at once. */
public interface TransferProgress {
    /** Hears nothing. */
    TransferProgress NONE = (url, bytes, total) -> {};

    /**
     * Hears of the bytes that have come so far.
     *
     * @param url what is transferred
     * @param bytes how many bytes are there
     * @param total how many there will be, -1 when that is not known
     */
    void at(URI url, long bytes, long total);
}
