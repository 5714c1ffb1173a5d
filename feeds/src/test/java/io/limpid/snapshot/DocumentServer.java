package io.limpid.snapshot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A real server on loopback that publishes documents with ETags, and remembers what it was asked. */
final class DocumentServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> modified = new ConcurrentHashMap<>();
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();

    /** What is answered to whoever asks without a condition that holds. */
    private static final class Answer {
        private final int status;
        private final byte @Nullable [] body;
        private final @Nullable String etag;

        Answer(int status, byte @Nullable [] body, @Nullable String etag) {
            this.status = status;
            this.body = body;
            this.etag = etag;
        }
    }

    DocumentServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    void publish(String path, String text) {
        publish(path, text.getBytes(StandardCharsets.UTF_8), "\"" + Integer.toHexString(text.hashCode()) + "\"");
    }

    void publish(String path, byte[] body, @Nullable String etag) {
        answers.put(path, new Answer(200, body, etag));
    }

    /** Answers with a status and nothing else, whatever the condition. */
    void refuse(String path, int status) {
        answers.put(path, new Answer(status, null, null));
    }

    void remove(String path) {
        answers.remove(path);
    }

    /** Says of a document when it was last changed. */
    void modified(String path, String date) {
        modified.put(path, date);
    }

    /** Runs something when a document is asked for, before it is answered. */
    void beforeAnswering(String path, Runnable action) {
        before.put(path, action);
    }

    /** What was asked since the last call: the path, and {@code ?} behind it when there was a condition. */
    List<String> requests() {
        List<String> all = List.copyOf(requests);
        requests.clear();
        return all;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
            requests.add(path + (condition == null ? "" : "?"));
            Runnable action = before.get(path);
            if (action != null) {
                action.run();
            }
            Answer answer = answers.get(path);
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (answer.body == null) {
                exchange.sendResponseHeaders(answer.status, -1);
            } else if (condition != null && condition.equals(answer.etag)) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                if (answer.etag != null) {
                    exchange.getResponseHeaders().set("ETag", answer.etag);
                }
                if (modified.containsKey(path)) {
                    exchange.getResponseHeaders().set("Last-Modified", modified.get(path));
                }
                exchange.sendResponseHeaders(200, answer.body.length == 0 ? -1 : answer.body.length);
                exchange.getResponseBody().write(answer.body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
