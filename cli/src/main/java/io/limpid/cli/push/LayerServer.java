package io.limpid.cli.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.limpid.format.compress.Compression;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Serves layers over HTTP, by URLs that nobody can guess, to those that may have them and to nobody else. */
public final class LayerServer implements Closeable {
    /** The port of the original program. */
    public static final int USUAL_PORT = 9279;

    private static final int TOKEN_BYTES = 16;
    private static final int MOST_REFUSED = 8;
    private static final int AT_ONCE = 1 << 16;

    private final Reach reach;
    private final Limits limits;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String folder;
    private final Map<String, PushedLayer> layers = new HashMap<>();
    private final Set<String> refused = new ConcurrentSkipListSet<>();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    private LayerServer(List<PushedLayer> layers, Reach reach, HttpServer server, Limits limits) {
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        this.folder = "/" + HexFormat.of().formatHex(token) + "/";
        this.reach = reach;
        this.limits = limits;
        this.server = server;
        layers.forEach(layer -> this.layers.put(path(layer), layer));
    }

    /**
     * Begins to serve.
     *
     * @param port null for the usual one, or any where that is taken
     */
    public static LayerServer start(List<PushedLayer> layers, Reach reach, @Nullable Integer port, Limits limits)
            throws IOException {
        LayerServer made = new LayerServer(layers, reach, listening(reach.bound(), port), limits);
        made.server.setExecutor(made.threads);
        made.server.createContext("/", made::answer);
        made.server.start();
        return made;
    }

    private static HttpServer listening(InetAddress address, @Nullable Integer port) throws IOException {
        int wanted = port == null ? USUAL_PORT : port;
        try {
            return HttpServer.create(new InetSocketAddress(address, wanted), 0);
        } catch (BindException e) {
            if (port == null) {
                return HttpServer.create(new InetSocketAddress(address, 0), 0);
            }
            throw new LimpidException(
                    ErrorCode.NETWORK,
                    "layers cannot be served at " + address.getHostAddress() + " port " + wanted,
                    String.valueOf(e.getMessage()),
                    "name another port with --port, or leave it out");
        }
    }

    /** Where the server fetches a layer. */
    public String url(PushedLayer layer) {
        return "http://" + reach.host() + ":" + server.getAddress().getPort() + path(layer);
    }

    /** Addresses that asked and got nothing. */
    public Set<String> refused() {
        return refused;
    }

    /** Why a layer could not be read to its end, null when all could. */
    public @Nullable IOException failure() {
        return failure.get();
    }

    private String path(PushedLayer layer) {
        return folder + layer.name() + "/layer.tar";
    }

    /** An exchange that fails is not closed here: that would end a body as if it were whole, and the server cuts the connection. */
    private void answer(HttpExchange exchange) throws IOException {
        InetAddress asking = exchange.getRemoteAddress().getAddress();
        PushedLayer layer = layers.get(exchange.getRequestURI().getPath());
        String method = exchange.getRequestMethod();
        if (!reach.allowed().contains(asking)) {
            if (refused.size() < MOST_REFUSED) {
                refused.add(asking.getHostAddress());
            }
            exchange.sendResponseHeaders(403, -1);
        } else if (layer == null) {
            exchange.sendResponseHeaders(404, -1);
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            exchange.sendResponseHeaders(405, -1);
        } else {
            send(exchange, layer, method.equals("HEAD"));
        }
        exchange.close();
    }

    private void send(HttpExchange exchange, PushedLayer layer, boolean headOnly) throws IOException {
        // Clair knows no zstd, and would take it for a broken tar.
        boolean inflated = layer.compression() == Compression.ZSTD;
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        long size = layer.blob().size();
        if (headOnly) {
            if (!inflated) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(size));
            }
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        try (InputStream stored = opened(layer);
                InputStream in = inflated ? layer.compression().open(stored, limits) : stored) {
            exchange.sendResponseHeaders(200, inflated ? 0 : size == 0 ? -1 : size);
            copy(in, exchange.getResponseBody());
        }
        exchange.getResponseBody().close();
    }

    private InputStream opened(PushedLayer layer) throws IOException {
        InputStream in = layer.blob().open();
        Digest expected = layer.expected();
        return expected == null ? in : new Verified(in, layer.blob().size(), expected, layer.name());
    }

    /** A failure to read is ours to tell; one to write is the other's, who has gone. */
    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[AT_ONCE];
        while (true) {
            int read;
            try {
                read = in.read(buffer);
            } catch (IOException e) {
                failure.compareAndSet(null, e);
                throw e;
            }
            if (read < 0) {
                return;
            }
            out.write(buffer, 0, read);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Bytes whose last are not given away before all were found to be the right ones: a wrong layer never arrives whole. */
    private static final class Verified extends FilterInputStream {
        private final MessageDigest sha = PushedLayer.sha256();
        private final Digest expected;
        private final String name;
        private long left;

        Verified(InputStream in, long size, Digest expected, String name) {
            super(in);
            this.left = size;
            this.expected = expected;
            this.name = name;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read < 0) {
                if (left > 0) {
                    throw wrong("it ends too early");
                }
                return read;
            }
            sha.update(target, offset, read);
            boolean last = left > 0 && left <= read;
            left -= read;
            if (last && (left < 0 || !Arrays.equals(sha.digest(), HexFormat.of().parseHex(expected.hex())))) {
                throw wrong("its bytes do not have the digest " + expected);
            }
            return read;
        }

        private LimpidException wrong(String reason) {
            return new LimpidException(
                    ErrorCode.BROKEN_IMAGE,
                    "layer " + name + " is not what the image says",
                    reason,
                    "pull or save it again");
        }
    }
}
