package io.limpid.server.store;

import io.limpid.server.store.embedded.Binaries;
import io.limpid.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL for tests: quick instead of durable, on loopback, and gone with the JVM. */
public final class TestCluster implements AutoCloseable {
    private final int port;
    private final Path sockets;
    private final List<String> command;
    private final Path log;
    private volatile Process process;

    private TestCluster(int port, Path sockets, List<String> command, Path log) throws IOException {
        this.port = port;
        this.sockets = sockets;
        this.command = command;
        this.log = log;
        this.process = launch(command, log);
    }

    int port() {
        return port;
    }

    /** The folder of its socket; without one where the path would be too long. */
    public Path sockets() {
        return sockets;
    }

    public ConnectionSource source(String database) {
        return ConnectionSource.tcp("127.0.0.1", port, database, "limpid", null);
    }

    /**
     * Starts one.
     *
     * @param programs the folder of its programs, or null for those that the server ships
     * @param keeps whether what it has acknowledged is there after it was killed
     */
    static TestCluster start(@Nullable Path programs, boolean keeps) throws IOException {
        Room room = Room.make();
        Path bin = programs == null ? Binaries.under(room.folder).postgres().resolveSibling("") : programs;
        List<String> initdb = room.command(bin.resolve("initdb"), "-D", room.data + "", "-U", "limpid", "-A", "trust");
        initdb.addAll(List.of("--no-sync", "-E", "UTF8", "--locale=C"));
        run(initdb, room.log());
        return start(room, bin, FreePort.next(), keeps);
    }

    /** Starts one that follows another, whose programs these are too, and may take its place. */
    static TestCluster standbyOf(TestCluster primary, Path programs, int port) throws IOException {
        Room room = Room.make();
        List<String> copy = room.command(programs.resolve("pg_basebackup"), "-D", room.data + "", "-R", "-c", "fast");
        copy.addAll(List.of("--no-sync", "-h", "127.0.0.1", "-p", "" + primary.port, "-U", "limpid"));
        run(copy, room.log());
        return start(room, programs, port, true);
    }

    private static TestCluster start(Room room, Path bin, int port, boolean keeps) throws IOException {
        List<String> postgres = room.command(bin.resolve("postgres"), "-D", room.data + "", "-p", "" + port);
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=" + (room.data.toString().length() < 80 ? room.data : ""),
                "fsync=off",
                "synchronous_commit=" + (keeps ? "on" : "off"),
                "full_page_writes=off",
                "max_connections=200")) {
            postgres.addAll(List.of("-c", setting));
        }
        TestCluster cluster = new TestCluster(port, room.data, postgres, room.log());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cluster.delete(room.folder)));
        cluster.await();
        return cluster;
    }

    /** Its files, and as whom its programs run. */
    private record Room(Path folder, Path data, List<String> as) {
        static Room make() throws IOException {
            Path folder = Files.createTempDirectory(reachable(), "limpid-postgres-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path data = Files.createDirectory(folder.resolve("data"));
            // What is copied is looked at only by who owns it.
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            List<String> as = new ArrayList<>(List.of("setpriv", "--pdeathsig=KILL"));
            if ("root".equals(System.getProperty("user.name"))) {
                Files.setAttribute(data, "unix:uid", 65534);
                Files.setAttribute(data, "unix:gid", 65534);
                as.addAll(List.of("--reuid=65534", "--regid=65534", "--clear-groups"));
            }
            as.add("--");
            return new Room(folder, data, as);
        }

        Path log() {
            return folder.resolve("log");
        }

        List<String> command(Path program, String... words) {
            List<String> command = new ArrayList<>(as);
            command.add(program.toString());
            command.addAll(List.of(words));
            return command;
        }
    }

    /** Makes a standby a primary, and comes back when it is one. */
    void promote(Path programs) throws IOException {
        // Of the command that started it: as whom.
        List<String> words = new ArrayList<>(command.subList(0, command.indexOf("--") + 1));
        words.addAll(List.of(programs.resolve("pg_ctl").toString(), "promote", "-w", "-D", sockets.toString()));
        run(words, log);
    }

    /** Ends it as a crash would, with all its sessions. */
    public void crash() throws IOException {
        List<ProcessHandle> sessions = process.descendants().toList();
        process.destroyForcibly();
        sessions.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        sessions.forEach(session -> session.onExit().join());
    }

    /** Starts it again, on the same port with what it had. */
    public void restart() throws IOException {
        Files.deleteIfExists(sockets.resolve("postmaster.pid"));
        process = launch(command, log);
        await();
    }

    /** Keeps it from doing anything, as a machine does that hangs: connections stay, and new ones are taken by the kernel. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** Lets it go on. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    /** Its parent first: then there are no further sessions. */
    private void signal(String name) throws IOException {
        signal(name, process.toHandle());
        for (ProcessHandle session : process.descendants().toList()) {
            signal(name, session);
        }
    }

    private static void signal(String name, ProcessHandle process) throws IOException {
        // A session may have ended meanwhile, which is as good.
        var _ = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    @Override
    public void close() throws IOException {
        crash();
    }

    /** A folder for temporary files that another user may reach too. */
    private static Path reachable() throws IOException {
        Path usual = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        for (Path path = usual; path != null; path = path.getParent()) {
            if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return Path.of("/tmp");
            }
        }
        return usual;
    }

    private static void run(List<String> command, Path log) throws IOException {
        Process process = builder(command, log).start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** From a thread that lasts as long as the process: the kernel takes a thread's end for its parent's. */
    private static Process launch(List<String> command, Path log) throws IOException {
        var started = new CompletableFuture<Process>();
        Thread.ofPlatform().daemon().name("postgres for tests").start(() -> {
            try {
                Process process = builder(command, log).start();
                started.complete(process);
                process.waitFor();
            } catch (IOException | InterruptedException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            return started.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException(e);
        }
    }

    private static ProcessBuilder builder(List<String> command, Path log) {
        return new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private void await() throws IOException {
        while (true) {
            try (Connection _ = source("postgres").connect()) {
                return;
            } catch (SQLException e) {
                if (!process.isAlive()) {
                    throw new IOException(Files.readString(log), e);
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private void delete(Path folder) {
        process.destroyForcibly();
        process.onExit().join();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.toList().reversed()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("not deleted: " + folder + ": " + e.getMessage());
        }
    }
}
