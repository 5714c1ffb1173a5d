package io.limpid.server.store.embedded;

import io.limpid.server.store.ConnectionSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** As whom, and where, an embedded PostgreSQL is asked. */
final class Login {
    static final String USER = "limpid";
    static final String DATABASE = "limpid";
    static final int SOCKET_PORT = 5432;
    /** What the port of one that listens on loopback looks like in its file. */
    static final String PORTS = "\\d{4,5}";
    /** The kernel's bound for a socket's path is 107 bytes. */
    private static final int LONGEST_SOCKET = 100;

    private Login() {}

    /** Whether a socket can be in this folder; it cannot where the path is long. */
    static boolean fitsSocket(Path folder) {
        String socket = folder.resolve(".s.PGSQL." + SOCKET_PORT).toString();
        return socket.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET;
    }

    /**
     * How to connect.
     *
     * @param sockets folder of its socket; null for one that listens on loopback
     */
    static ConnectionSource source(@Nullable Path sockets, int port, String database, String password) {
        return sockets != null
                ? ConnectionSource.socket(sockets, port, database, USER, password)
                : ConnectionSource.tcp("127.0.0.1", port, database, USER, password);
    }
}
