package io.limpid.server.chaos;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import io.limpid.server.api.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client of one server, with one connection that stays open while it can. */
final class Client implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 28;

    private final int port;
    private @Nullable RawHttp connection;

    Client(int port) {
        this.port = port;
    }

    /** Asks once; after a failure nobody knows what became of it. */
    RawHttp.Reply ask(String method, String target, @Nullable String body) throws IOException {
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        RawHttp open = connection;
        if (open == null) {
            open = new RawHttp(port);
            connection = open;
        }
        try {
            RawHttp.Reply reply = open.send(method, target, Map.of(), bytes);
            if ("close".equals(reply.headers().get("connection"))) {
                close();
            }
            return reply;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** The object of a name in the answer; nothing when that is 404. */
    Optional<JsonObject> get(String target, String name) throws IOException {
        RawHttp.Reply reply = ask("GET", target, null);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        if (reply.status() != 200) {
            throw new IOException(reply.status() + " to a read");
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        JsonObject object = ((JsonObject) Json.parse(body, MOST_BYTES, Limits.DEFAULT)).object(name);
        if (object == null) {
            throw new IOException(target + " is answered without " + name);
        }
        return Optional.of(object);
    }

    @Override
    public void close() {
        RawHttp open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException _) {
                // It is gone either way.
            }
        }
    }
}
