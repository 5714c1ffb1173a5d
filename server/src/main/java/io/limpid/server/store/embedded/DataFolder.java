package io.limpid.server.store.embedded;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The folder of one embedded PostgreSQL, held by one process at a time: its programs, data, socket, password and log. */
final class DataFolder implements AutoCloseable {
    static final String SOCKETS = "run";
    static final String PASSWORD = "password";
    static final String PORT = "port";

    /** Those of this process: to open and close the file of a lock that the process has would give the lock away. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path root, FileChannel channel, FileLock lock) {
        this.root = root;
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes a folder, which is made when it is missing; null when somebody has it. */
    static @Nullable DataFolder takeUnlessHeld(Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root);
                // Others go through it to what is theirs; what is in it says itself who may read it.
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
            }
            root = root.toRealPath();
            return HELD.add(root) ? locked(root) : null;
        } catch (AccessDeniedException e) {
            throw denied(root, "write in");
        }
    }

    static LimpidException held(Path folder) {
        return new LimpidException(
                ErrorCode.USAGE,
                "the data folder " + folder.toAbsolutePath().normalize(),
                "another limpid server uses it",
                "stop that server, or choose another folder in database.options.datafolder; servers that run"
                        + " together share a PostgreSQL named in database.options.source");
    }

    /** Somebody else's folder: what this user may not do. */
    static LimpidException denied(Path root, String what) {
        return new LimpidException(
                ErrorCode.IO,
                "the data folder " + root,
                "user " + System.getProperty("user.name") + " may not " + what + " it",
                "be the user of the server, give the folder to this one, or choose another in"
                        + " database.options.datafolder");
    }

    private static @Nullable DataFolder locked(Path root) throws IOException {
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(
                    root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            return lock == null ? null : new DataFolder(root, channel, lock);
        } finally {
            if (lock == null) {
                HELD.remove(root);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    Path root() {
        return root;
    }

    Path data() {
        return root.resolve("data");
    }

    /** Where the socket is made. */
    Path sockets() {
        return root.resolve(SOCKETS);
    }

    Path password() {
        return root.resolve(PASSWORD);
    }

    Path port() {
        return root.resolve(PORT);
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    /** Whether there is a cluster; one of another major version is refused. */
    boolean initialized() throws IOException {
        if (!Files.exists(data())) {
            return false;
        }
        String version;
        try {
            version = Files.readString(data().resolve("PG_VERSION")).strip();
        } catch (NoSuchFileException _) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "the data folder " + root,
                    data() + " is there, but is not the data of a PostgreSQL",
                    "move it away, or choose another folder in database.options.datafolder");
        }
        if (!version.equals(Integer.toString(Binaries.MAJOR))) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "the data folder " + root,
                    "its data are of PostgreSQL " + version + ", and this Limpid brings PostgreSQL " + Binaries.MAJOR,
                    "make a backup with the Limpid that wrote it (limpid backup), choose a new folder, and restore it"
                            + " there (limpid restore)");
        }
        if (!Files.exists(password())) {
            throw new LimpidException(
                    ErrorCode.USAGE,
                    "the data folder " + root,
                    "the file " + password() + " is missing, without which nobody can log in",
                    "put it back from a copy of the folder");
        }
        return true;
    }

    /** The process that still serves the data although its server is gone. */
    Optional<ProcessHandle> orphan() throws IOException {
        Path file = data().resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(file);
            Optional<ProcessHandle> process =
                    lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,9}")
                            ? Optional.empty()
                            : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
            if (process.isPresent() && serves(process.get())) {
                return process;
            }
            // Its number may be somebody else's by now, and PostgreSQL would not start.
            Files.delete(file);
        } catch (NoSuchFileException _) {
            // It was stopped in order.
        }
        return Optional.empty();
    }

    private boolean serves(ProcessHandle process) {
        try {
            Path link = Path.of("/proc", Long.toString(process.pid()), "cwd");
            return Files.isSameFile(link, data());
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        } finally {
            HELD.remove(root);
        }
    }
}
