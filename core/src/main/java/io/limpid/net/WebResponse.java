package io.limpid.net;

import io.limpid.model.LimpidException;
import java.io.Closeable;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The answer to a {@link WebRequest}, whatever its status; its connection is its own until it is closed. */
public final class WebResponse implements Closeable {
    private final WebRequest request;
    private final Reply reply;
    private final InputStream body;

    WebResponse(WebRequest request, Reply reply) {
        this.request = request;
        this.reply = reply;
        this.body = new ToldInputStream(reply.body(), request.what());
    }

    public int status() {
        return reply.status();
    }

    public Headers headers() {
        return reply.headers();
    }

    /** Where the answer came from in the end, redirects followed; without user info. */
    public URI from() {
        return reply.from();
    }

    /** Where an answer that is a redirect leads; null when it is none, or leads to no URL. */
    public @Nullable URI redirect() {
        String location = Status.isRedirect(reply.status()) ? reply.headers().first("Location") : null;
        try {
            return location == null ? null : Urls.resolve(reply.from(), location);
        } catch (URISyntaxException _) {
            return null;
        }
    }

    /** How many bytes the body will have, -1 when the server did not say. */
    public long length() {
        return reply.body().length();
    }

    /**
     * The body as it was transferred: a Content-Encoding is not undone.
     *
     * <p>Reading it throws a {@link LimpidException} when the connection fails, when the body ends before its announced end or is larger than
     * the request allows, and when a deadline passes. It is to be read to its end or closed.
     */
    public InputStream body() {
        return body;
    }

    /** Whether it was answered by the scheme, host and port that were asked, and not where that redirected to. */
    public boolean isFromWhoWasAsked() {
        try {
            return Origin.of(reply.from()).equals(Origin.of(request.url()));
        } catch (NetFailure _) {
            return false;
        }
    }

    /** Reads a short rest of the body away and closes, so that the connection can be used again. */
    public void discard() {
        reply.body().discard();
    }

    /** The error of a body that ended before the end that the caller knows; another attempt may bring the rest. */
    public LimpidException cut() {
        return NetFailure.passing("the answer ended before its end", null).told(request.what());
    }

    /** The error to throw when the status is none that the caller can use. */
    public LimpidException refused() {
        return reply.refused().told(request.what());
    }

    /** Gives the connection back; what is left of the body is not waited for. */
    @Override
    public void close() {
        reply.close();
    }
}
