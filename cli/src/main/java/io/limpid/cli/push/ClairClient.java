package io.limpid.cli.push;

import io.limpid.format.Printable;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonValue;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.OutboundClient;
import io.limpid.net.WebRequest;
import io.limpid.net.WebResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Speaks Clair's API v1 to a server. */
public final class ClairClient {
    private static final int MOST_OF_AN_ERROR = 1 << 16;
    private static final int MOST_WORDS = 500;

    private final OutboundClient client;
    private final URI endpoint;
    private final Limits limits;

    public ClairClient(OutboundClient client, URI endpoint, Limits limits) {
        this.client = client;
        this.endpoint = endpoint;
        this.limits = limits;
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
        try (WebResponse answer =
                client.exchange(WebRequest.post(url("/v1/layers"), "application/json", body, limits.documentBytes()))) {
            if (answer.status() != 201) {
                throw refused("layer " + name + " could not be analysed", answer);
            }
            answer.discard();
        }
    }

    /** What is known of a layer and those below: its features with their vulnerabilities. */
    public JsonObject vulnerabilities(String name) throws IOException, InterruptedException {
        try (WebResponse answer = client.exchange(
                WebRequest.get(url("/v1/layers/" + name + "?features&vulnerabilities"), limits.documentBytes())
                        .limitedBy("document-bytes")
                        .withoutRedirects())) {
            String what = "what is known of the image could not be read";
            if (answer.status() != 200) {
                throw refused(what, answer);
            }
            try {
                JsonObject layer = Json.parse(answer.body(), limits.documentBytes(), limits) instanceof JsonObject whole
                        ? whole.object("Layer")
                        : null;
                if (layer != null) {
                    return layer;
                }
                throw new JsonException("it has no Layer");
            } catch (JsonException e) {
                throw new LimpidException(
                        ErrorCode.NETWORK,
                        what,
                        host() + " answered what is not Clair's API v1: " + e.getMessage(),
                        "see whether --endpoint is Clair's API port");
            }
        }
    }

    private URI url(String path) {
        String base = endpoint.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private String host() {
        return endpoint.getHost() + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    }

    private LimpidException refused(String what, WebResponse answer) throws IOException {
        byte[] body = answer.body().readNBytes(MOST_OF_AN_ERROR);
        String words = message(body);
        return new LimpidException(
                ErrorCode.NETWORK,
                what,
                host() + " answered " + answer.status() + (words.isEmpty() ? "" : ": " + words),
                hint(answer.status(), words));
    }

    private String message(byte[] body) {
        try {
            JsonValue whole = Json.parse(body, MOST_OF_AN_ERROR, limits);
            JsonObject error = whole instanceof JsonObject object ? object.object("Error") : null;
            String message = error == null ? null : error.string("Message");
            if (message != null) {
                return Printable.cut(message, MOST_WORDS);
            }
        } catch (JsonException _) {
            // Then it is no Clair, or something before it.
        }
        return Printable.cut(new String(body, StandardCharsets.UTF_8).strip(), MOST_WORDS);
    }

    private static @Nullable String hint(int status, String words) {
        if (words.contains("could not find layer")) {
            return "the server has to reach this machine: --my-address is the address by which it does, --port the"
                    + " port, --allow another address from which it comes";
        }
        if (words.contains("not supported")) {
            return "Clair knows no operating system or package manager in this image; limpid scan may";
        }
        return switch (status) {
            case 401, 403 -> "the server, or a proxy before it, wants a login: --endpoint http://USER:PASSWORD@HOST";
            case 404, 405 -> "see whether --endpoint is Clair's API port (6060), not that of its health (6061)";
            case 429, 503 -> "try again a little later; its log tells what it waits for";
            default -> status >= 500 ? "the server's log tells more" : null;
        };
    }
}
