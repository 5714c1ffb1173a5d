package io.limpid.net;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One request as a caller means it; proxies, redirects and the fields that frame a message are the client's business.
 *
 * <p>User info in the URL is sent as Basic credentials. Fields that frame or route a message ({@code Host}, {@code Content-Length},
 * {@code Connection}, ...) are not sent: the client writes its own.
 *
 * @param method {@code GET}, {@code HEAD}, {@code POST}, ...
 * @param url where to, {@code http} or {@code https}
 * @param headers fields to send; on another scheme, host or port than the URL's only those that carry no secret are
 * @param body what to send, as UTF-8; null for nothing
 * @param maxBytes bytes that the body of the answer may have
 * @param redirects whether redirects are followed; only for {@code GET} and {@code HEAD} they ever are
 * @param limit the limit that {@code maxBytes} is from, as people change it; null when it is from none
 */
public record WebRequest(
        String method,
        URI url,
        Headers headers,
        @Nullable String body,
        long maxBytes,
        boolean redirects,
        @Nullable String limit) {

    public WebRequest {
        if (!Headers.isName(method)) {
            throw new IllegalArgumentException("no method: " + method);
        }
    }

    /** A GET that follows redirects. */
    public static WebRequest get(URI url, long maxBytes) {
        return new WebRequest("GET", url, Headers.NONE, null, maxBytes, true, null);
    }

    /**
     * A GET, without following redirects, of a URL as others have written it: what should have been escaped in it is.
     *
     * @throws URISyntaxException when it is none
     */
    public static WebRequest parse(String url, long maxBytes) throws URISyntaxException {
        return get(Urls.parse(url), maxBytes).withoutRedirects();
    }

    /** A POST of a text of a media type. */
    public static WebRequest post(URI url, String contentType, String body, long maxBytes) {
        return new WebRequest("POST", url, Headers.NONE.with("Content-Type", contentType), body, maxBytes, false, null);
    }

    /** The same with one more header field. */
    public WebRequest with(String name, String value) {
        return new WebRequest(method, url, headers.with(name, value), body, maxBytes, redirects, limit);
    }

    /** The same with other header fields. */
    public WebRequest with(Headers others) {
        return new WebRequest(method, url, others, body, maxBytes, redirects, limit);
    }

    /** The same, but a redirect is an answer like any other. */
    public WebRequest withoutRedirects() {
        return new WebRequest(method, url, headers, body, maxBytes, false, limit);
    }

    /** The same, with the name of the limit that its bytes are bounded by; null when that is none. */
    public WebRequest limitedBy(@Nullable String name) {
        return new WebRequest(method, url, headers, body, maxBytes, redirects, name);
    }

    /** Whether the request changes nothing, so that it can be sent twice. */
    boolean isSafe() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** What failed when it failed. */
    String what() {
        return (isSafe() ? "cannot fetch " : "cannot send to ") + Urls.shown(url);
    }

    /** Method and URL, without secrets. */
    @Override
    public String toString() {
        return method + " " + Urls.shown(url);
    }
}
