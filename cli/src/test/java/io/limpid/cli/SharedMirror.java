package io.limpid.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A mirror of the feeds in {@code ../shared/feeds} on loopback: {@code /HOST/PATH}, the file of that name or the one with {@code .gz} behind it. */
final class SharedMirror implements AutoCloseable {
    private final Path folder;
    private final HttpServer server;

    private SharedMirror(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** Starts one; the calling test is skipped where there is no such folder. */
    static SharedMirror start() throws IOException {
        Path folder = Shared.require("feeds");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SharedMirror mirror = new SharedMirror(folder, server);
        server.createContext("/", mirror::answer);
        server.start();
        return mirror;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            Path packed = file.resolveSibling(file.getFileName() + ".gz");
            boolean exact = Files.isRegularFile(file);
            if (!exact && !Files.isRegularFile(packed)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = Files.readAllBytes(exact ? file : packed);
            if (!exact) {
                exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            }
            exchange.getResponseHeaders().add("ETag", "\"" + body.length + "\"");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
