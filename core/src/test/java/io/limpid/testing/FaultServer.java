package io.limpid.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A web server over a real socket on loopback that answers by script: late, cut, reset, dripping, lying, or right.
 *
 * <p>What it is not told to answer is 404. It remembers what it was asked.
 */
public final class FaultServer implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 16;

    private final ServerSocket listener;
    private final Thread accepting;
    private final @Nullable SSLContext tls;
    private final String host;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Says what a request is answered. */
    public interface Handler {
        Answer answer(Request request) throws IOException;
    }

    /**
     * A request as it came.
     *
     * @param method its method
     * @param target the request target: path and query, or what else stood there
     * @param fields its header fields, {@code name: value}
     * @param body its body
     * @param connection the number of the connection that it came over, from 1
     */
    public record Request(String method, String target, List<String> fields, String body, int connection) {

        /** The value of the first field of a name, in any case; null when there is none. */
        public @Nullable String header(String name) {
            for (String field : fields) {
                if (field.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                    return field.substring(name.length() + 1).strip();
                }
            }
            return null;
        }

        /** The target without its query. */
        public String path() {
            int query = target.indexOf('?');
            return query < 0 ? target : target.substring(0, query);
        }
    }

    private FaultServer(String address, @Nullable SSLContext tls) throws IOException {
        this.tls = tls;
        this.host = tls == null ? address : "localhost";
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 500);
        accepting = Thread.ofVirtual().name("fault-server").start(this::accept);
    }

    /** A server on 127.0.0.1. */
    public static FaultServer start() throws IOException {
        return new FaultServer("127.0.0.1", null);
    }

    /** A server on another address of this machine. */
    public static FaultServer start(String address) throws IOException {
        return new FaultServer(address, null);
    }

    /** A server on 127.0.0.1, called {@code localhost}, that speaks TLS. */
    public static FaultServer start(SSLContext tls) throws IOException {
        return new FaultServer("127.0.0.1", tls);
    }

    /** The n-th request to a path gets the n-th answer, and those after the last the last. */
    public FaultServer on(String path, Answer... answers) {
        AtomicInteger next = new AtomicInteger();
        return on(path, _ -> answers[Math.min(next.getAndIncrement(), answers.length - 1)]);
    }

    /** Requests to a path are answered by the handler; to a path with a query, where there is one for just that. */
    public FaultServer on(String path, Handler handler) {
        handlers.put(path, handler);
        return this;
    }

    public URI url(String pathAndQuery) {
        return URI.create((tls == null ? "http://" : "https://") + host + ":" + port() + pathAndQuery);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** What was asked so far, in the order it came. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How many connections were made so far. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().name("fault-server-" + number).start(() -> serve(socket, number));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket raw, int number) {
        try (raw) {
            Socket socket = raw;
            if (tls != null) {
                SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(raw, null, raw.getPort(), true);
                secure.setUseClientMode(false);
                socket = secure;
            }
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = read(in, number); request != null; request = read(in, number)) {
                requests.add(request);
                Handler handler = handlers.getOrDefault(
                        request.target(), handlers.getOrDefault(request.path(), _ -> Answer.status(404)));
                Answer answer = handler.answer(request);
                answer.send(socket.getOutputStream(), request.method().equals("HEAD"));
                if (answer.ending() != Answer.Ending.KEEP) {
                    end(raw, socket, answer.ending(), in);
                    return;
                }
            }
        } catch (IOException _) {
            // The client went away, which is its right.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(raw);
        }
    }

    private static void end(Socket raw, Socket socket, Answer.Ending ending, InputStream in)
            throws IOException, InterruptedException {
        switch (ending) {
            case RESET -> {
                // What was sent shall arrive first: a reset throws away what is still in the send buffer.
                Thread.sleep(20);
                raw.setSoLinger(true, 0);
                raw.close();
            }
            case STALL -> {
                while (in.read() >= 0) {
                    // Until the client gives up.
                }
            }
            case HANG_UP -> raw.close();
            default -> socket.close();
        }
    }

    private static @Nullable Request read(InputStream in, int number) throws IOException {
        String first = line(in);
        if (first == null || first.isEmpty()) {
            return null;
        }
        String[] words = first.split(" ", 3);
        List<String> fields = new ArrayList<>();
        for (String field = line(in); field != null && !field.isEmpty(); field = line(in)) {
            fields.add(field);
        }
        Request head = new Request(words[0], words.length > 1 ? words[1] : "", List.copyOf(fields), "", number);
        String length = head.header("Content-Length");
        if (length == null) {
            return head;
        }
        String body = new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        return new Request(head.method(), head.target(), head.fields(), body, number);
    }

    static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && line.size() < LONGEST_LINE; b = in.read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(b);
        }
        return null;
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
