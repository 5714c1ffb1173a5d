package io.limpid.server.store.embedded;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.server.store.ConnectionSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL under the server's data folder: real, durable, behind a password, on a socket in that folder or on loopback only.
 *
 * <p>It ends with this process. Ended by anybody else it is started again.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final long LARGEST_LOG = 16L << 20;
    private static final Duration RECOVERY = Duration.ofMinutes(15);
    private static final Duration PREDECESSOR = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final DataFolder folder;
    private final Binaries binaries;
    private final RunAs as;
    private final boolean onSocket;
    private final String password;
    private volatile int port;
    private volatile Postmaster postmaster;
    private volatile boolean closing;

    private EmbeddedPostgres(DataFolder folder, Binaries binaries, RunAs as) throws IOException {
        this.folder = folder;
        this.binaries = binaries;
        this.as = as;
        this.onSocket = Login.fitsSocket(folder.sockets());
        this.port = onSocket ? Login.SOCKET_PORT : keptPort();
        this.password = Files.readString(folder.password()).strip();
        this.postmaster = launch();
    }

    /**
     * Starts the PostgreSQL of a folder, which is made when there is none.
     *
     * @throws LimpidException when the folder is another server's, of another version, not accessible, or the disk is full
     */
    public static EmbeddedPostgres start(Path path) throws IOException {
        return startUnlessServed(path).orElseThrow(() -> DataFolder.held(path));
    }

    /** As {@link #start}; empty when somebody, most often a server, uses the folder. */
    public static Optional<EmbeddedPostgres> startUnlessServed(Path path) throws IOException {
        DataFolder folder = DataFolder.takeUnlessHeld(path);
        return folder == null ? Optional.empty() : Optional.of(start(folder));
    }

    private static EmbeddedPostgres start(DataFolder folder) throws IOException {
        long begin = System.nanoTime();
        try {
            boolean known = folder.initialized();
            RunAs as = RunAs.forFolder(known ? folder.data() : folder.root());
            Binaries binaries = unpacked(folder);
            folders(folder, as);
            if (known) {
                stopOrphan(folder);
            } else {
                initialize(folder, binaries, as);
            }
            EmbeddedPostgres started = new EmbeddedPostgres(folder, binaries, as);
            started.createDatabase();
            started.watch();
            log.atInfo()
                    .addKeyValue("folder", folder.root())
                    .addKeyValue("milliseconds", (System.nanoTime() - begin) / 1_000_000)
                    .log(known ? "own PostgreSQL started" : "own PostgreSQL made and started");
            return started;
        } catch (IOException | RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    private static Binaries unpacked(DataFolder folder) throws IOException {
        try {
            return Binaries.under(folder.root());
        } catch (LimpidException e) {
            throw e;
        } catch (IOException e) {
            throw Postmaster.failure(
                    "PostgreSQL's programs could not be unpacked in " + folder.root(),
                    "error: " + e.getMessage(),
                    folder.root(),
                    folder.log());
        }
    }

    private static void folders(DataFolder folder, RunAs as) throws IOException {
        Path sockets = folder.sockets();
        Files.createDirectories(sockets);
        Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwx------"));
        as.give(sockets);
        if (Files.exists(folder.log()) && Files.size(folder.log()) > LARGEST_LOG) {
            Files.move(
                    folder.log(), folder.log().resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void stopOrphan(DataFolder folder) throws IOException {
        var orphan = folder.orphan();
        if (orphan.isPresent()) {
            log.atInfo()
                    .addKeyValue("pid", orphan.get().pid())
                    .log("a PostgreSQL whose server was killed is stopped first");
            Postmaster.stop(orphan.get());
        }
    }

    /** Makes the data beside where they belong; they get there by rename, after the password is on the disk. */
    private static void initialize(DataFolder folder, Binaries binaries, RunAs as) throws IOException {
        Path unfinished = folder.root().resolve("data.new");
        Binaries.delete(unfinished);
        Files.createDirectory(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        as.give(unfinished);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Path handed = folder.sockets().resolve("password");
        Path kept = folder.root().resolve("password.new");
        try {
            secret(kept, password);
            secret(handed, password);
            as.give(handed);
            long start = Postmaster.end(folder.log());
            List<String> command = List.of(
                    binaries.initdb().toString(),
                    "-D",
                    unfinished.toString(),
                    "-U",
                    Login.USER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + handed,
                    "--encoding=UTF8",
                    "--locale=C");
            if (Postmaster.result(as.command(command, folder.log()).start()) != 0) {
                throw Postmaster.failure(
                        "the server's own PostgreSQL could not be made in " + folder.root(),
                        Postmaster.since(folder.log(), start),
                        folder.root(),
                        folder.log());
            }
            Files.move(kept, folder.password(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, folder.data(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(handed);
            Files.deleteIfExists(kept);
            Binaries.delete(unfinished);
        }
    }

    private static void secret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text + "\n");
    }

    /** The port of the last start when it is free, else another, which is kept. */
    private int keptPort() throws IOException {
        if (Files.exists(folder.port())) {
            String kept = Files.readString(folder.port()).strip();
            if (kept.matches(Login.PORTS) && free(Integer.parseInt(kept)) > 0) {
                return Integer.parseInt(kept);
            }
        }
        int chosen = free(0);
        Files.writeString(folder.port(), chosen + "\n");
        return chosen;
    }

    private static int free(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException _) {
            return -1;
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(
                List.of(binaries.postgres().toString(), "-D", folder.data().toString(), "-p", Integer.toString(port)));
        List<String> settings = List.of(
                "listen_addresses=" + (onSocket ? "" : "127.0.0.1"),
                "unix_socket_directories=" + (onSocket ? folder.sockets() : ""),
                "unix_socket_permissions=0700",
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on",
                "max_connections=100",
                // Containers have little shared memory, and small machines little to share.
                "max_parallel_workers_per_gather=0",
                "jit=off",
                "log_checkpoints=off",
                "logging_collector=off");
        for (String setting : settings) {
            command.add("-c");
            command.add(setting);
        }
        return command;
    }

    /** Starts and waits until it answers. */
    private Postmaster launch() throws IOException {
        long begin = System.nanoTime();
        while (true) {
            long start = Postmaster.end(folder.log());
            Postmaster started = Postmaster.launch(as.command(command(), folder.log()));
            if (answers(started, begin)) {
                return started;
            }
            String output = Postmaster.since(folder.log(), start);
            // The sessions of one that was killed need a moment to notice.
            boolean predecessor = output.contains("is still in use") || output.contains("already exists");
            if (!predecessor || System.nanoTime() - begin > PREDECESSOR.toNanos()) {
                throw Postmaster.failure(
                        "the server's own PostgreSQL in " + folder.root() + " does not start",
                        output,
                        folder.root(),
                        folder.log());
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    private boolean answers(Postmaster started, long begin) throws IOException {
        while (started.isAlive()) {
            try (Connection _ = source("postgres").connect()) {
                return true;
            } catch (SQLException e) {
                if ("28P01".equals(e.getSQLState())) {
                    started.stop();
                    throw new LimpidException(
                            ErrorCode.USAGE,
                            "the server's own PostgreSQL in " + folder.root(),
                            "it does not take the password in " + folder.password(),
                            "put back the file from a copy of the folder");
                }
            }
            if (Thread.currentThread().isInterrupted() || System.nanoTime() - begin > RECOVERY.toNanos()) {
                started.stop();
                throw new LimpidException(
                        ErrorCode.IO,
                        "the server's own PostgreSQL in " + folder.root(),
                        "it did not answer in time",
                        "what it wrote is in " + folder.log());
            }
            LockSupport.parkNanos(15_000_000);
        }
        return false;
    }

    private void createDatabase() throws IOException {
        try (Connection connection = source("postgres").connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + Login.DATABASE + "'")) {
            if (!rows.next()) {
                statement.execute("CREATE DATABASE " + Login.DATABASE);
            }
        } catch (SQLException e) {
            postmaster.stop();
            throw new IOException("database " + Login.DATABASE + " in " + folder.root() + " was not made", e);
        }
    }

    /** Starts it again when it ends and was not to. */
    private void watch() {
        Thread.ofPlatform().daemon().name("limpid-postgres-watch").start(() -> {
            Duration pause = Duration.ofMillis(100);
            while (!closing) {
                postmaster.onExit().join();
                if (closing) {
                    return;
                }
                log.atError()
                        .addKeyValue("log", folder.log())
                        .log("own PostgreSQL ended unexpectedly; it is started again");
                LockSupport.parkNanos(pause.toNanos());
                pause = restart() ? Duration.ofMillis(100) : pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            }
        });
    }

    private synchronized boolean restart() {
        if (closing) {
            return true;
        }
        try {
            stopOrphan(folder);
            postmaster = launch();
            log.atInfo().log("own PostgreSQL answers again");
            return true;
        } catch (IOException e) {
            log.atError().addKeyValue("reason", e.getMessage()).log("own PostgreSQL does not start");
            return false;
        }
    }

    /** How to connect to it. */
    public ConnectionSource source() {
        return source(Login.DATABASE);
    }

    private ConnectionSource source(String database) {
        return Login.source(onSocket ? folder.sockets() : null, port, database, password);
    }

    /** The postmaster's process number. */
    public long pid() {
        return postmaster.pid();
    }

    /** Stops it, with its sessions, and gives the folder back. */
    @Override
    public void close() throws IOException {
        closing = true;
        synchronized (this) {
            try {
                if (postmaster.isAlive()) {
                    postmaster.stop();
                }
            } finally {
                folder.close();
            }
        }
    }
}
