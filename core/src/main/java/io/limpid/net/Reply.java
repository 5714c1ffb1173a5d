package io.limpid.net;

import java.io.Closeable;
import java.net.URI;

/**
 * An answer while failures may still be repeated.
 *
 * @param from the URL that was asked last
 */
record Reply(int status, Headers headers, ReplyBody body, URI from) implements Closeable {

    /** The failure that this answer is to who cannot use its status. */
    NetFailure refused() {
        return Failures.status(status, "the server", RetryAfter.of(headers));
    }

    @Override
    public void close() {
        body.close();
    }
}
