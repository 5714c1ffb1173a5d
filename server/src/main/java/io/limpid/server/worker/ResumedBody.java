package io.limpid.server.worker;

import io.limpid.format.BlockInputStream;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.net.ContentRange;
import io.limpid.net.Patience;
import io.limpid.net.WebRequest;
import io.limpid.net.WebResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer, the rest of which is asked for where the connection breaks.
 *
 * <p>The rest must be of the same document: of the same length and with the same validators as far as the server tells. Where it sends all anew, what was
 * there before is passed over. For one thread.
 */
final class ResumedBody extends BlockInputStream {
    /** Less than that is no progress: a connection that breaks after each byte is no connection. */
    private static final long PROGRESS = 1 << 16;

    private static final int OK = 200;
    private static final int PARTIAL = 206;

    private final WebLayers layers;
    private final Patience patience;
    private final WebRequest request;
    private final long most;
    private final long length;
    private final @Nullable String tag;
    private final @Nullable String modified;
    private @Nullable WebResponse response;
    private long position;
    private long attemptedAt;
    private boolean ended;

    ResumedBody(WebLayers layers, Patience patience, WebRequest request, WebResponse first, long most) {
        this.layers = layers;
        this.patience = patience;
        this.request = request;
        this.most = most;
        this.length = first.length();
        this.tag = first.headers().first("ETag");
        this.modified = first.headers().first("Last-Modified");
        this.response = first;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (ended || count == 0) {
            return ended ? -1 : 0;
        }
        while (true) {
            try {
                WebResponse answer = response == null ? rest() : response;
                int read = answer.body().read(target, offset, count);
                if (read < 0) {
                    ended = true;
                    return -1;
                }
                position += read;
                if (position > most) {
                    throw new LimpidException(
                            ErrorCode.LIMIT,
                            "the layer has more than " + most + " bytes (limit layer-bytes)",
                            null,
                            null);
                }
                return read;
            } catch (LimpidException e) {
                drop();
                await(e);
            }
        }
    }

    private void await(LimpidException failure) throws IOException {
        if (position == 0) {
            throw failure;
        }
        boolean progress = position - attemptedAt >= PROGRESS;
        attemptedAt = position;
        try {
            patience.await(failure, progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("while a layer was fetched");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private WebResponse rest() throws IOException {
        WebResponse answer = layers.send(request, new WebLayers.Range(position, validator()));
        response = answer;
        if (answer.status() != OK && answer.status() != PARTIAL) {
            throw answer.refused();
        }
        ContentRange range = ContentRange.parse(answer.headers().first("Content-Range"));
        boolean partial = answer.status() == PARTIAL;
        long whole = partial ? range == null ? -1 : range.total() : answer.length();
        boolean same = (length < 0 || whole < 0 || whole == length)
                && Objects.equals(tag, answer.headers().first("ETag"))
                && Objects.equals(modified, answer.headers().first("Last-Modified"));
        if (!same || (partial && (range == null || range.first() != position))) {
            throw new LimpidException(
                    ErrorCode.NETWORK,
                    "cannot fetch " + LayerPath.shown(request.url().toString()),
                    "the connection broke, and what is there now is another document",
                    null);
        }
        if (!partial) {
            passOver(answer);
        }
        return answer;
    }

    /** What {@code If-Range} takes: a strong validator, else the date. */
    private @Nullable String validator() {
        return tag != null && !tag.startsWith("W/") ? tag : modified;
    }

    private void passOver(WebResponse answer) throws IOException {
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

    private void drop() {
        WebResponse answer = response;
        response = null;
        if (answer != null) {
            answer.close();
        }
    }

    @Override
    public void close() {
        drop();
        ended = true;
    }
}
