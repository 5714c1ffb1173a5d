package io.limpid.cli.push;

import io.limpid.format.Printable;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.OutboundClient;
import io.limpid.net.Patience;
import io.limpid.net.WebRequest;
import io.limpid.net.WebResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks Clair's API v1 to a server, and to no other: where that redirects to is never followed. */
public final class ClairClient {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int BUSY = 429;
    private static final int CREATED = 201;
    private static final int FINE = 200;
    private static final int UNAUTHORIZED = 401;

    private static final String UNREACHED =
            "see whether a server runs there (limpid server starts one on this machine), and whether --endpoint is"
                    + " right";

    private final OutboundClient client;
    private final URI endpoint;
    private final WriteToken token;
    private final Limits limits;
    private @Nullable String shown;

    public ClairClient(OutboundClient client, URI endpoint, WriteToken token, Limits limits) {
        this.client = client;
        this.endpoint = endpoint;
        this.token = token;
        this.limits = limits;
        this.shown = token.given();
    }

    /** Fails when nobody listens on this machine where a server should: that is to be said before a large image is read. */
    public static void expect(URI endpoint) throws IOException {
        if (!Reach.isThisMachine(endpoint.getHost())) {
            return;
        }
        boolean isSecure = "https".equalsIgnoreCase(endpoint.getScheme());
        int port = endpoint.getPort() < 0 ? isSecure ? HTTPS : HTTP : endpoint.getPort();
        IOException failure = null;
        for (InetAddress address : InetAddress.getAllByName(endpoint.getHost())) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                return;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw new LimpidException(
                ErrorCode.NETWORK,
                "there is no server at " + Refusal.host(endpoint),
                failure instanceof ConnectException ? "it refused the connection" : String.valueOf(failure),
                UNREACHED);
    }

    /**
     * Has a layer analysed.
     *
     * @param parent the name of the one below, null for the base
     * @param path where the server fetches it
     */
    public void post(String name, @Nullable String parent, String path) throws IOException, InterruptedException {
        String body = "{\"Layer\":{\"Name\":\"" + Printable.json(name) + "\",\"Path\":\"" + Printable.json(path) + "\""
                + (parent == null ? "" : ",\"ParentName\":\"" + Printable.json(parent) + "\"")
                + ",\"Format\":\"Docker\"}}";
        String what = "layer " + name + " could not be analysed";
        try (WebResponse answer =
                exchange(what, WebRequest.post(url("/v1/layers"), "application/json", body, limits.documentBytes()))) {
            if (answer.status() != CREATED) {
                throw refused(what, answer);
            }
            answer.discard();
        }
    }

    /** What is known of a layer and those below: its features with their vulnerabilities. */
    public JsonObject vulnerabilities(String name) throws IOException, InterruptedException {
        String what = "what is known of the image could not be read";
        WebRequest request = WebRequest.get(url("/v1/layers/" + name + "?vulnerabilities"), limits.documentBytes())
                .limitedBy("document-bytes")
                .withoutRedirects();
        try (WebResponse answer = exchange(what, request)) {
            if (answer.status() != FINE) {
                throw refused(what, answer);
            }
            return layer(name, answer);
        } catch (JsonException e) {
            throw notClair(endpoint, e);
        }
    }

    /** The layer of an answer: an answer of something else, with nothing in it, would look as if the image were clean. */
    private JsonObject layer(String name, WebResponse answer) throws IOException {
        if (!(Json.parse(answer.body(), limits.documentBytes(), limits) instanceof JsonObject whole)) {
            throw new JsonException("it is no object");
        }
        JsonObject error = whole.object("Error");
        if (error != null) {
            throw new JsonException(
                    "it has an Error: " + Printable.excerpt(String.valueOf(error.string("Message")), 200));
        }
        JsonObject layer = whole.object("Layer");
        if (layer == null) {
            throw new JsonException("it has no Layer");
        }
        if (!name.equals(layer.string("Name"))) {
            throw new JsonException("it is about another layer than " + name);
        }
        return layer;
    }

    /** The error of an answer that is none of Clair's. */
    public static LimpidException notClair(URI endpoint, JsonException e) {
        return new LimpidException(
                ErrorCode.NETWORK,
                "what is known of the image could not be read",
                Refusal.host(endpoint) + " answered what is not Clair's API v1: " + e.getMessage(),
                "see whether --endpoint is Clair's API port");
    }

    /** Asks as often as it takes: again with the token that is kept here when that is wanted, and again after the pause that a busy server asks for. */
    private WebResponse exchange(String what, WebRequest request) throws IOException, InterruptedException {
        Patience patience = client.patience();
        while (true) {
            WebResponse answer = sent(shown == null ? request : request.with("Authorization", "Bearer " + shown));
            if (answer.status() == UNAUTHORIZED && shown == null && Refusal.wantsToken(answer)) {
                Optional<String> kept = token.ofThisMachine();
                if (kept.isPresent()) {
                    answer.discard();
                    shown = kept.get();
                    continue;
                }
            }
            if (answer.status() != BUSY) {
                return answer;
            }
            LimpidException busy = answer.refused();
            answer.discard();
            try {
                patience.await(busy, false);
            } catch (LimpidException e) {
                throw new LimpidException(
                        e.code(), what, e.reason(), "the server has too much to do; push again later");
            }
        }
    }

    private WebResponse sent(WebRequest request) throws IOException, InterruptedException {
        try {
            return client.exchange(request);
        } catch (LimpidException e) {
            // What to do about a fetch is not what to do here: nothing can be pushed offline.
            boolean unreached = e.hint() != null && e.hint().contains("--offline");
            throw unreached ? new LimpidException(e.code(), e.what(), e.reason(), UNREACHED) : e;
        }
    }

    private LimpidException refused(String what, WebResponse answer) throws IOException {
        return new Refusal(endpoint, token, shown).of(what, answer, limits);
    }

    private URI url(String path) {
        String base = endpoint.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
