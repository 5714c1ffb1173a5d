package io.limpid.server.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 over a socket, byte by byte as it was written: no client tidies the target. */
public final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    /**
     * What came back.
     *
     * @param headers by their names in small letters
     * @param names of the headers as they were written
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Reply(int status, Map<String, String> headers, String names, byte[] raw) {
        /** The body, unzipped when it is zipped. */
        public String body() {
            try {
                return "gzip".equals(headers.get("content-encoding"))
                        ? new String(
                                new GZIPInputStream(new ByteArrayInputStream(raw)).readAllBytes(),
                                StandardCharsets.UTF_8)
                        : new String(raw, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new AssertionError("no gzip", e);
            }
        }
    }

    public RawHttp(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** One request on a connection of its own. */
    public static Reply exchange(
            int port, String method, String target, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(method, target, headers, body);
        }
    }

    public static Reply exchange(int port, String method, String target) throws IOException {
        return exchange(port, method, target, Map.of(), null);
    }

    /** A request and its answer; the connection stays open. */
    public Reply send(String method, String target, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body != null) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        write(head + "\r\n");
        if (body != null) {
            socket.getOutputStream().write(body);
        }
        return read(method);
    }

    public void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The next answer. */
    public Reply read(String method) throws IOException {
        InputStream in = socket.getInputStream();
        String status = line(in);
        Map<String, String> headers = new TreeMap<>();
        StringBuilder names = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            names.append(line, 0, colon).append(' ');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = method.equals("HEAD") ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body ends early");
        }
        return new Reply(Integer.parseInt(status.split(" ")[1]), headers, names.toString(), body);
    }

    /** Whether the other side has closed the connection; waits for it. */
    public boolean isClosed() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed after: " + line.toString(StandardCharsets.ISO_8859_1));
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
