package io.limpid.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a socket of the file system, in the form that the HTTP layer knows connections in.
 *
 * <p>The platform has such connections as channels only, whose reading has no time limit: a selector waits instead.
 */
final class UnixSocket extends Socket {
    private final SocketChannel channel;
    private final Selector selector;
    private volatile int timeout;

    private UnixSocket(SocketChannel channel, Selector selector) {
        this.channel = channel;
        this.selector = selector;
    }

    /** A socket that is not connected yet. */
    static UnixSocket open() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            return new UnixSocket(channel, Selector.open());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Connects, which waits as long as the listener has no room for one more; to close the socket meanwhile ends that. */
    void connect(Path path) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(path));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                ByteBuffer bytes = ByteBuffer.wrap(target, offset, length);
                int read = attempt(() -> channel.read(bytes));
                while (read == 0 && length > 0) {
                    await(SelectionKey.OP_READ);
                    read = attempt(() -> channel.read(bytes));
                }
                return read;
            }

            @Override
            public void close() throws IOException {
                UnixSocket.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                ByteBuffer bytes = ByteBuffer.wrap(source, offset, length);
                while (bytes.hasRemaining()) {
                    if (attempt(() -> channel.write(bytes)) == 0) {
                        await(SelectionKey.OP_WRITE);
                    }
                }
            }

            @Override
            public void close() throws IOException {
                UnixSocket.this.close();
            }
        };
    }

    /** A transfer through the channel. */
    private interface Transfer {
        int run() throws IOException;
    }

    private static int attempt(Transfer transfer) throws IOException {
        try {
            return transfer.run();
        } catch (ClosedChannelException e) {
            throw closed(e);
        }
    }

    private void await(int operation) throws IOException {
        try {
            SelectionKey key = channel.keyFor(selector);
            if (key == null) {
                throw closed(null);
            }
            key.interestOps(operation);
            int millis = timeout;
            int ready = selector.select(millis);
            selector.selectedKeys().clear();
            if (!channel.isOpen()) {
                throw closed(null);
            }
            if (ready == 0 && millis > 0) {
                throw new SocketTimeoutException("nothing came");
            }
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw closed(e);
        }
    }

    private static SocketException closed(@Nullable Exception cause) {
        SocketException closed = new SocketException("Socket closed");
        closed.initCause(cause);
        return closed;
    }

    @Override
    public void setSoTimeout(int millis) {
        timeout = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeout;
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return null;
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return null;
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return null;
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        // Only TCP lingers.
    }

    @Override
    public void shutdownInput() throws IOException {
        attempt(() -> {
            channel.shutdownInput();
            return 0;
        });
    }

    @Override
    public void shutdownOutput() throws IOException {
        attempt(() -> {
            channel.shutdownOutput();
            return 0;
        });
    }

    /** Ends a read that waits in another thread, too. */
    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
