package io.limpid.image.registry;

import io.limpid.format.BlockInputStream;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.net.ContentRange;
import io.limpid.net.Patience;
import io.limpid.net.WebResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a blob over as many requests as that takes; nothing of them is kept.
 *
 * <p>After a failure that may pass only the rest is asked for. A server that does not know ranges gives all anew, and what was there before is
 * passed over; since that could go on for ever, such attempts count as if they had brought nothing. Whether all this is the blob that was meant,
 * its digest tells whoever reads it.
 *
 * <p>One thread reads; any may close it, which ends a read that waits.
 */
final class BlobStream extends BlockInputStream {
    /** Less than that is no progress: a connection that breaks after each byte is no connection. */
    private static final long PROGRESS = 1 << 16;

    private final RegistryClient client;
    private final Patience patience;
    private final String digest;
    private final long size;
    private volatile @Nullable WebResponse response;
    private long position;
    private long attemptedAt;
    private boolean begunAnew;
    private @Nullable LimpidException failure;
    private volatile boolean closed;

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
            client.tell(digest, position, size);
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
                if (closed) {
                    throw new IOException("the stream is closed", e);
                }
                client.await(patience, e, hasProgress());
            }
        }
    }

    private boolean hasProgress() {
        boolean progress = position - attemptedAt >= PROGRESS && !begunAnew;
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
        if (closed) {
            // Perhaps before there was anything to close.
            drop();
            throw new IOException("the stream is closed");
        }
        boolean rest = answer.status() == 206;
        begunAnew = !rest && position > 0;
        long expected = rest ? size - position : size;
        if (answer.length() >= 0 && answer.length() != expected) {
            throw client.lying(
                    digest,
                    "announces " + answer.length() + " bytes of " + (rest ? "the rest of " : "")
                            + "it where the manifest says " + expected);
        }
        if (rest) {
            requireRest(answer);
        } else {
            skip(answer);
        }
        return answer;
    }

    private void requireRest(WebResponse answer) throws LimpidException {
        ContentRange range = ContentRange.parse(answer.headers().first("Content-Range"));
        if (range == null || range.first() != position) {
            throw client.lying(digest, "was asked for its rest from byte " + position + " on and gave another part");
        }
        if (range.last() != size - 1 || (range.total() >= 0 && range.total() != size)) {
            throw client.lying(
                    digest,
                    "gives bytes " + range.first() + " to " + range.last() + " of "
                            + (range.total() < 0 ? "it" : range.total()) + " where the manifest says that it has "
                            + size);
        }
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

    /** Sees that the blob ends where the manifest says, and gives the connection back for the next one. */
    private void end() throws LimpidException {
        WebResponse answer = response;
        response = null;
        if (answer == null) {
            return;
        }
        try (answer) {
            if (answer.body().read() >= 0) {
                throw client.lying(digest, "sends more bytes of it than the " + size + " that the manifest says");
            }
        } catch (LimpidException e) {
            if (e.code() == ErrorCode.BROKEN_IMAGE) {
                throw e;
            }
            // All bytes are there: then the connection is not kept.
        } catch (IOException _) {
            // The same.
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
