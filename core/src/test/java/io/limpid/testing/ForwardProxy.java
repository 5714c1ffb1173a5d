package io.limpid.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A forward proxy on loopback: CONNECT tunnels and requests in absolute form, one a connection.
 *
 * <p>Whatever host it is asked for is reached on 127.0.0.1 at the port that was asked for, so that names can be used which are nowhere known.
 */
public final class ForwardProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final Thread accepting;
    private final @Nullable SSLContext tls;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String wanted;
    private volatile @Nullable String refusal;

    private ForwardProxy(@Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        accepting = Thread.ofVirtual().name("forward-proxy").start(this::accept);
    }

    public static ForwardProxy start() throws IOException {
        return new ForwardProxy(null);
    }

    /** A proxy that is itself spoken to by TLS. */
    public static ForwardProxy start(SSLContext tls) throws IOException {
        return new ForwardProxy(tls);
    }

    /** Only requests with this {@code Proxy-Authorization} are served; the others are answered 407. */
    public ForwardProxy wanting(String authorization) {
        wanted = authorization;
        return this;
    }

    /** Every request is answered with this status line, {@code 403 No}. */
    public ForwardProxy refusing(String statusLine) {
        refusal = statusLine;
        return this;
    }

    /** Host and port. */
    public String address() {
        return (tls == null ? "127.0.0.1:" : "localhost:") + listener.getLocalPort();
    }

    /** The heads of all requests so far, each as one text with its lines. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket raw) {
        try (raw;
                Socket client = secured(raw)) {
            List<String> lines = new ArrayList<>();
            InputStream in = client.getInputStream();
            for (String line = FaultServer.line(in); line != null && !line.isEmpty(); line = FaultServer.line(in)) {
                lines.add(line);
            }
            if (lines.isEmpty()) {
                return;
            }
            heads.add(String.join("\n", lines));
            String no = refused(lines);
            if (no != null) {
                write(
                        client.getOutputStream(),
                        "HTTP/1.1 " + no + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }
            String[] words = lines.getFirst().split(" ", 3);
            if (words[0].equals("CONNECT")) {
                tunnel(client, Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1)));
            } else {
                forward(client, words[0], URI.create(words[1]), lines);
            }
        } catch (IOException _) {
            // One of both went away.
        } finally {
            open.remove(raw);
        }
    }

    private Socket secured(Socket raw) throws IOException {
        if (tls == null) {
            return raw;
        }
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private @Nullable String refused(List<String> lines) {
        if (refusal != null) {
            return refusal;
        }
        boolean missing = wanted != null && !lines.contains("Proxy-Authorization: " + wanted);
        return missing ? "407 Who\r\nProxy-Authenticate: Basic realm=\"x\"" : null;
    }

    private void tunnel(Socket client, int port) throws IOException {
        try (Socket server = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            open.add(server);
            write(client.getOutputStream(), "HTTP/1.1 200 Go on\r\n\r\n");
            Thread back = Thread.ofVirtual().start(() -> copy(server, client));
            copy(client, server);
            back.interrupt();
            open.remove(server);
        }
    }

    private void forward(Socket client, String method, URI url, List<String> lines) throws IOException {
        try (Socket server = new Socket(InetAddress.ofLiteral("127.0.0.1"), url.getPort())) {
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            StringBuilder head = new StringBuilder(method + " " + url.getRawPath() + query + " HTTP/1.1\r\n");
            lines.stream()
                    .skip(1)
                    .filter(line -> !line.startsWith("Proxy-"))
                    .forEach(line -> head.append(line).append("\r\n"));
            write(
                    server.getOutputStream(),
                    head.append("Connection: close\r\n\r\n").toString());
            server.shutdownOutput();
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // Its end ends the tunnel.
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
            // The system lets go of a listener only when nobody waits on it any more; until then it lets clients in.
            accepting.join();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
