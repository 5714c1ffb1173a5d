package io.limpid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A small server that fetches layers as Clair does, remembers what it got, and answers with a given text. */
final class ClairServer implements AutoCloseable {
    /** A layer as it was posted, with what was behind its path. */
    record Posted(String name, String parent, String path, String format, Fetched fetched) {}

    /** An answer: its status and body, whether all of it came. */
    @SuppressWarnings("ArrayRecordComponent")
    record Fetched(int status, byte[] body, boolean whole) {}

    final List<Posted> posts = new CopyOnWriteArrayList<>();
    final CountDownLatch hanging = new CountDownLatch(1);
    final CountDownLatch posted = new CountDownLatch(1);
    /** The address that layers are fetched from. */
    volatile String from = "127.0.0.1";

    volatile boolean hangs;
    volatile String error = "";
    volatile int errorStatus = 400;
    volatile String layer = "{\"Name\":\"LAST\"}";
    private final HttpServer server;

    ClairServer(String address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("POST") && path.equals("/v1/layers")) {
                post(exchange);
            } else if (path.equals("/v1/layers/" + posts.getLast().name)
                    && exchange.getRequestURI().getQuery().contains("vulnerabilities")) {
                send(exchange, 200, "{\"Layer\":" + layer.replace("LAST", posts.getLast().name) + "}\n");
            } else {
                send(exchange, 404, "{\"Error\":{\"Message\":\"the resource cannot be found\"}}\n");
            }
        }
    }

    private void post(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonObject posted = Objects.requireNonNull(
                ((JsonObject) Json.parse(new ByteArrayInputStream(body), 1 << 20, Limits.DEFAULT)).object("Layer"));
        String parent = posted.string("ParentName");
        String path = Objects.requireNonNull(posted.string("Path"));
        Fetched fetched = fetch(from, URI.create(path));
        posts.add(new Posted(
                Objects.requireNonNull(posted.string("Name")),
                parent == null ? "" : parent,
                path,
                Objects.requireNonNull(posted.string("Format")),
                fetched));
        this.posted.countDown();
        if (hangs) {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        if (!error.isEmpty()) {
            send(exchange, errorStatus, "{\"Error\":{\"Message\":\"" + error + "\"}}\n");
        } else if (fetched.status != 200 || !fetched.whole) {
            send(exchange, 400, "{\"Error\":{\"Message\":\"could not find layer\"}}\n");
        } else {
            send(exchange, 201, new String(body, UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Fetches from an address of this machine, by HTTP/1.0 so that a body ends with its connection. */
    static Fetched fetch(String from, URI url) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort(), InetAddress.getByName(from), 0)) {
            socket.getOutputStream()
                    .write(("GET " + url.getRawPath() + " HTTP/1.0\r\nHost: " + url.getAuthority() + "\r\n\r\n")
                            .getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return new Fetched(0, new byte[0], false);
                }
                head.write(next);
            }
            String fields = head.toString(UTF_8);
            byte[] body = in.readAllBytes();
            String length = fields.replaceFirst("(?is)^.*content-length: *(\\d+).*$", "$1");
            boolean known = !length.equals(fields);
            return new Fetched(
                    Integer.parseInt(fields.substring(9, 12)), body, !known || Long.parseLong(length) == body.length);
        }
    }

    @Override
    public void close() {
        hanging.countDown();
        server.stop(0);
    }
}
