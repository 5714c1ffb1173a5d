package io.limpid.server.store.embedded;

import io.limpid.model.LimpidException;
import io.limpid.server.store.ConnectionSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** An embedded PostgreSQL that another process runs. */
public final class ServedPostgres {
    private ServedPostgres() {}

    /**
     * How to connect to that of a folder.
     *
     * @return empty as long as it is not made
     * @throws LimpidException when the folder is another user's
     */
    public static Optional<ConnectionSource> in(Path folder) throws IOException {
        try {
            Path root = folder.toRealPath();
            String password =
                    Files.readString(root.resolve(DataFolder.PASSWORD)).strip();
            Path sockets = root.resolve(DataFolder.SOCKETS);
            if (Login.fitsSocket(sockets)) {
                return Optional.of(Login.source(sockets, Login.SOCKET_PORT, Login.DATABASE, password));
            }
            String port = Files.readString(root.resolve(DataFolder.PORT)).strip();
            return port.matches(Login.PORTS)
                    ? Optional.of(Login.source(null, Integer.parseInt(port), Login.DATABASE, password))
                    : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (AccessDeniedException _) {
            throw DataFolder.denied(folder, "read the password in");
        }
    }
}
