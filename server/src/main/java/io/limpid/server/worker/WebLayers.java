package io.limpid.server.worker;

import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.ContentRange;
import io.limpid.net.Headers;
import io.limpid.net.OutboundClient;
import io.limpid.net.WebRequest;
import io.limpid.net.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The layers that are fetched.
 *
 * <p>Redirects are followed as the original's client does: with the request's headers, but for those that carry secrets once another host is asked.
 */
final class WebLayers {
    /** The original's client asks ten times in all. */
    private static final int MOST_REDIRECTS = 9;

    private static final int PARTIAL = 206;
    private static final Set<String> SECRET =
            Set.of("authorization", "proxy-authorization", "www-authenticate", "cookie", "cookie2");
    private static final Set<String> RANGE = Set.of("range", "if-range");

    private final OutboundClient client;
    private final FetchPolicy policy;
    private final Limits limits;

    WebLayers(OutboundClient client, FetchPolicy policy, Limits limits) {
        this.client = client;
        this.policy = policy;
        this.limits = limits;
    }

    /**
     * Asks for a layer; it is there when the answer's head is.
     *
     * @throws LimpidException when there is no answer, or none with a layer
     */
    InputStream open(String url, Map<String, String> fields) throws IOException {
        WebRequest request = request(url, fields);
        WebResponse response = send(request, null);
        if (response.status() / 100 != 2 || isPart(response)) {
            try (response) {
                throw response.refused();
            }
        }
        InputStream body = new ResumedBody(this, client.patience(), request, response, limits.layerBytes());
        String encoding = response.headers().first("Content-Encoding");
        // The original's client undoes what its caller has not asked for.
        boolean undone =
                "gzip".equalsIgnoreCase(encoding) && !asks(request, "Accept-Encoding") && !asks(request, "Range");
        return undone ? new UnaskedGzip(body, limits) : body;
    }

    private static boolean asks(WebRequest request, String field) {
        String value = request.headers().first(field);
        return value != null && !value.isEmpty();
    }

    /** Whether an answer says that the layer has more bytes than it brings. */
    private static boolean isPart(WebResponse response) {
        ContentRange range = response.status() == PARTIAL
                ? ContentRange.parse(response.headers().first("Content-Range"))
                : null;
        return range != null && (range.first() > 0 || (range.total() >= 0 && range.last() + 1 < range.total()));
    }

    private WebRequest request(String url, Map<String, String> fields) throws LimpidException {
        try {
            WebRequest request = WebRequest.parse(url, limits.layerBytes()).limitedBy("layer-bytes");
            for (Map.Entry<String, String> field : fields.entrySet()) {
                // As bytes, which a field has one of for each character.
                byte[] value = field.getValue().getBytes(StandardCharsets.UTF_8);
                request = request.with(field.getKey(), new String(value, StandardCharsets.ISO_8859_1));
            }
            return request;
        } catch (URISyntaxException _) {
            throw new LimpidException(ErrorCode.USAGE, "the path is no URL", null, null);
        } catch (IllegalArgumentException e) {
            throw new LimpidException(ErrorCode.USAGE, "the headers cannot be sent", e.getMessage(), null);
        }
    }

    /**
     * Sends a request to where it is redirected in the end.
     *
     * @param range which bytes are wanted, as a field's value; null for all
     */
    WebResponse send(WebRequest request, @Nullable Range range) throws IOException {
        WebRequest step = range == null ? request : range.of(request);
        try {
            for (int redirects = 0; ; redirects++) {
                WebResponse response = client.exchange(step);
                URI to = response.redirect();
                if (to == null) {
                    return response;
                }
                response.discard();
                if (redirects == MOST_REDIRECTS) {
                    throw refused(request, "it is redirected more than " + MOST_REDIRECTS + " times");
                }
                step = redirected(request, step, to);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("while a layer was fetched");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Bytes from one on, of a document that is still the same. */
    record Range(long from, @Nullable String validator) {
        WebRequest of(WebRequest request) {
            WebRequest ranged = request.with(without(request.headers(), RANGE)).with("Range", "bytes=" + from + "-");
            return validator == null ? ranged : ranged.with("If-Range", validator);
        }
    }

    private WebRequest redirected(WebRequest first, WebRequest step, URI to) throws LimpidException {
        boolean downgraded =
                "https".equalsIgnoreCase(step.url().getScheme()) && "http".equalsIgnoreCase(to.getScheme());
        if (downgraded && policy == FetchPolicy.STRICT) {
            throw refused(first, "it is redirected from https to http");
        }
        Headers headers = step.headers();
        if (downgraded || !isWithin(host(to), host(first.url()))) {
            // Once dropped they stay so, also when a later redirect leads back.
            headers = without(headers, SECRET);
        }
        return WebRequest.get(to, step.maxBytes())
                .withoutRedirects()
                .limitedBy(step.limit())
                .with(headers);
    }

    private static Headers without(Headers headers, Set<String> names) {
        return new Headers(headers.fields().stream()
                .filter(field -> !names.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    /** Whether a host is another or one below it. */
    private static boolean isWithin(String host, String other) {
        return host.equals(other) || (host.endsWith("." + other) && host.indexOf(':') < 0);
    }

    private static String host(URI url) {
        String host = url.getHost();
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }

    private static LimpidException refused(WebRequest request, String why) {
        return new LimpidException(
                ErrorCode.NETWORK,
                "cannot fetch " + LayerPath.shown(request.url().toString()),
                why,
                null);
    }
}
