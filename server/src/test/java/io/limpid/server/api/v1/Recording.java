package io.limpid.server.api.v1;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.format.json.JsonString;
import io.limpid.format.json.JsonValue;
import io.limpid.model.Limits;
import io.limpid.server.api.RawHttp;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Exchanges with an original server, as they were recorded. */
record Recording(List<Step> steps) {
    private static final List<String> HEADERS =
            List.of("Content-Type", "Server", "Content-Encoding", "Location", "Allow", "X-Content-Type-Options");

    /**
     * A request and what it was answered.
     *
     * @param headers of the answer that are compared
     * @param body of the answer
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Step(
            String id,
            boolean isHealth,
            String method,
            String path,
            Map<String, String> sent,
            byte @Nullable [] sentBody,
            int status,
            Map<String, String> headers,
            String body) {

        /** Sends it. */
        RawHttp.Reply send(int port) throws IOException {
            byte[] body = sentBody == null && (method.equals("POST") || method.equals("PUT")) ? new byte[0] : sentBody;
            return RawHttp.exchange(port, method, path, sent, body);
        }

        /** Of an answer, what is compared. */
        static Map<String, String> compared(RawHttp.Reply reply) {
            Map<String, String> compared = new TreeMap<>();
            for (String name : HEADERS) {
                String value = reply.headers().get(name.toLowerCase(java.util.Locale.ROOT));
                if (value != null) {
                    compared.put(name, value);
                }
            }
            return compared;
        }
    }

    static Recording of(String name) throws IOException {
        byte[] file = Files.readAllBytes(Shared.require("clair/recordings/dev/" + name + ".json"));
        JsonObject document = (JsonObject) Json.parse(file, file.length, Limits.DEFAULT);
        List<Step> steps = new ArrayList<>();
        for (JsonValue value : document.array("steps")) {
            steps.add(step((JsonObject) value));
        }
        return new Recording(steps);
    }

    private static Step step(JsonObject step) throws IOException {
        JsonObject request = java.util.Objects.requireNonNull(step.object("request"));
        JsonObject response = java.util.Objects.requireNonNull(step.object("response"));
        String body = request.string("body");
        String path = String.valueOf(request.string("path"));
        JsonObject headers = request.object("headers");
        return new Step(
                step.integer("id") + " " + request.string("method") + " " + path,
                "health".equals(step.string("port")),
                String.valueOf(request.string("method")),
                path,
                headers == null ? Map.of() : texts(headers),
                body == null ? null : body.getBytes(StandardCharsets.UTF_8),
                Math.toIntExact(java.util.Objects.requireNonNull(response.integer("status"))),
                texts(java.util.Objects.requireNonNull(response.object("headers"))),
                String.valueOf(response.string("body")));
    }

    private static Map<String, String> texts(JsonObject object) {
        Map<String, String> texts = new TreeMap<>();
        object.members().forEach((name, value) -> texts.put(name, ((JsonString) value).value()));
        return texts;
    }
}
