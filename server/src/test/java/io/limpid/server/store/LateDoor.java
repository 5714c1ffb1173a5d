package io.limpid.server.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a database that closes the first connections, as one does that is not up yet, and passes on the others. */
public final class LateDoor implements AutoCloseable {
    private final ServerSocket door;
    private final ConnectionSource target;
    private final int refusals;
    private final AtomicInteger refused = new AtomicInteger();

    private LateDoor(ConnectionSource target, int refusals) throws IOException {
        this.target = target;
        this.refusals = refusals;
        door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /** A way that is closed so often. */
    public static LateDoor before(ConnectionSource target, int refusals) throws IOException {
        return new LateDoor(target, refusals);
    }

    /** The database by this way. */
    public ConnectionSource source() {
        return ConnectionSource.tcp("127.0.0.1", door.getLocalPort(), target.database(), target.user(), null);
    }

    /** How often it was closed so far. */
    public int refused() {
        return refused.get();
    }

    private void serve() {
        try {
            while (true) {
                Socket client = door.accept();
                if (refused.get() < refusals) {
                    refused.incrementAndGet();
                    client.close();
                    continue;
                }
                ConnectionSource.Server server = target.servers().getFirst();
                Socket database = new Socket(server.host(), server.port());
                Thread.ofVirtual().start(() -> pass(client, database));
                Thread.ofVirtual().start(() -> pass(database, client));
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // One side is gone, and with it the other.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
