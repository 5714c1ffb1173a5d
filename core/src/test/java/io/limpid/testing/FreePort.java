package io.limpid.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port for a listener that must be told its number before it starts, or at which nobody listens.
 *
 * <p>It lies below the ports the kernel gives to outgoing connections: a port that bind(0) gave and that was closed again is one of those, and the
 * next connection to a database may take it before the listener comes.
 */
public final class FreePort {

    private static final int FIRST = 15_000;
    /** Linux begins to give ports of its own at 32768, {@code net.ipv4.ip_local_port_range}. */
    private static final int END = 32_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /** A port nobody listens at now, on any address, and that no other caller in this JVM was given. */
    public static int next() {
        for (int tries = 0; tries < 1000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + END);
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
