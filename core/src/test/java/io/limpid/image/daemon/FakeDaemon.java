package io.limpid.image.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server at a socket of the file system that answers each path with bytes as they are, and then closes the connection or stays silent. */
final class FakeDaemon implements Closeable {

    /** An answer as it is sent. */
    static final class Raw {
        private final byte[] bytes;
        private final boolean closes;

        /**
         * @param bytes head and body
         * @param closes whether the connection ends then
         */
        Raw(byte[] bytes, boolean closes) {
            this.bytes = bytes;
            this.closes = closes;
        }

        static Raw of(int status, byte[] body) {
            return new Raw(joined(head(status, "Content-Length: " + body.length), body), true);
        }

        static Raw of(int status, String body) {
            return of(status, body.getBytes(StandardCharsets.UTF_8));
        }

        /** A body in one chunk without an end. */
        static Raw cut(byte[] body, boolean closes) {
            byte[] size = (Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            return new Raw(joined(head(200, "Transfer-Encoding: chunked"), joined(size, body)), closes);
        }

        /** The same body in one chunk, and its end. */
        static Raw chunked(byte[] body) {
            byte[] end = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            return new Raw(joined(cut(body, true).bytes, end), true);
        }

        private static byte[] head(int status, String field) {
            return ("HTTP/1.1 " + status + " x\r\n" + field + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        }

        private static byte[] joined(byte[] one, byte[] other) {
            byte[] all = new byte[one.length + other.length];
            System.arraycopy(one, 0, all, 0, one.length);
            System.arraycopy(other, 0, all, one.length, other.length);
            return all;
        }
    }

    private static final Raw NONE = Raw.of(404, "{\"message\":\"no such image\"}");

    private final ServerSocketChannel server;
    private final Map<String, Raw> answers;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

    private FakeDaemon(ServerSocketChannel server, Map<String, Raw> answers) {
        this.server = server;
        this.answers = Map.copyOf(answers);
    }

    static FakeDaemon at(Path socket, Map<String, Raw> answers) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        FakeDaemon daemon = new FakeDaemon(server, answers);
        Thread.ofPlatform().daemon().name("fake-daemon").start(daemon::serve);
        return daemon;
    }

    /** The paths that were asked for. */
    List<String> asked() {
        return asked;
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                SocketChannel connection = server.accept();
                open.add(connection);
                Thread.ofPlatform().daemon().start(() -> answer(connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void answer(SocketChannel connection) {
        try {
            StringBuilder head = new StringBuilder();
            ByteBuffer one = ByteBuffer.allocate(1);
            while (head.indexOf("\r\n\r\n") < 0) {
                one.clear();
                if (connection.read(one) < 0) {
                    return;
                }
                head.append((char) one.get(0));
            }
            String path = head.toString().split(" ", 3)[1];
            asked.add(path);
            Raw raw = answers.getOrDefault(path, NONE);
            ByteBuffer bytes = ByteBuffer.wrap(raw.bytes);
            while (bytes.hasRemaining()) {
                connection.write(bytes);
            }
            if (raw.closes) {
                connection.close();
            }
        } catch (IOException _) {
            // The other side has gone.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : open) {
            connection.close();
        }
    }
}
