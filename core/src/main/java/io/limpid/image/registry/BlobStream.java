package io.limpid.image.registry;

import io.limpid.format.BlockInputStream;
import io.limpid.model.LimpidException;
import io.limpid.net.Patience;
import io.limpid.net.WebResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a blob over as many requests as that takes; nothing of them is kept.
 *
 * <p>After a failure that may pass only the rest is asked for. A server that does not know ranges gives all anew, and what was there before is
 * passed over. Whether all this is the blob that was meant, its digest tells whoever reads it.
 */
final class BlobStream extends BlockInputStream {
    /** Less than that is no progress: a connection that breaks after each byte is no connection. */
    private static final long PROGRESS = 1 << 16;

    private final RegistryClient client;
    private final Patience patience;
    private final String digest;
    private final long size;
    private @Nullable WebResponse response;
    private long position;
    private long attemptedAt;
    private @Nullable LimpidException failure;
    private boolean closed;

    BlobStream(RegistryClient client, Patience patience, String digest, long size) {
        this.client = client;
        this.patience = patience;
        this.digest = digest;
        this.size = size;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (failure != null) {
            throw failure;
        }
        int count = (int) Math.min(length, size - position);
        if (count == 0) {
            return length == 0 ? 0 : -1;
        }
        try {
            int read = some(target, offset, count);
            position += read;
            if (position == size) {
                end();
            }
            return read;
        } catch (LimpidException e) {
            // Whoever reads on shall not take what follows for the end.
            failure = e;
            drop();
            throw e;
        } catch (InterruptedException e) {
            drop();
            throw RegistryClient.interrupted(e);
        }
    }

    private int some(byte[] target, int offset, int count) throws IOException, InterruptedException {
        while (true) {
            WebResponse answer = null;
            try {
                answer = response == null ? open() : response;
                if (answer != null) {
                    int read = answer.body().read(target, offset, count);
                    if (read >= 0) {
                        return read;
                    }
                    throw answer.cut();
                }
            } catch (LimpidException e) {
                drop();
                client.await(patience, e, hasProgress());
            }
        }
    }

    private boolean hasProgress() {
        boolean progress = position - attemptedAt >= PROGRESS;
        attemptedAt = position;
        return progress;
    }

    /** Asks for what is missing; null when the attempt has failed and another is to be made. */
    private @Nullable WebResponse open() throws IOException, InterruptedException {
        WebResponse answer = client.blob(digest, position, size, patience, hasProgress());
        response = answer;
        if (answer == null) {
            return null;
        }
        boolean rest = answer.status() == 206;
        long expected = rest ? size - position : size;
        if (answer.length() >= 0 && answer.length() != expected) {
            throw client.lying(
                    digest,
                    "announces " + answer.length() + " bytes of " + (rest ? "the rest of " : "")
                            + "it where the manifest" + " says " + expected);
        }
        if (rest) {
            String range = String.valueOf(answer.headers().first("Content-Range"));
            if (!range.strip().startsWith("bytes " + position + "-")) {
                throw client.lying(
                        digest, "was asked for its rest from byte " + position + " on and gave another part");
            }
        } else {
            skip(answer);
        }
        return answer;
    }

    /** Passes over what was there before, where all is sent anew. */
    private void skip(WebResponse answer) throws IOException {
        byte[] scratch = new byte[1 << 13];
        long left = position;
        while (left > 0) {
            int read = answer.body().read(scratch, 0, (int) Math.min(scratch.length, left));
            if (read < 0) {
                throw answer.cut();
            }
            left -= read;
        }
    }

    /** Gives the connection back for the next blob. */
    private void end() {
        WebResponse answer = response;
        response = null;
        if (answer != null) {
            try {
                // Where the end was announced it is there.
                if (answer.length() >= 0 && answer.body().read() < 0) {
                    return;
                }
            } catch (IOException _) {
                // Then it is not kept.
            }
            answer.close();
        }
    }

    private void drop() {
        WebResponse answer = response;
        response = null;
        if (answer != null) {
            answer.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}
