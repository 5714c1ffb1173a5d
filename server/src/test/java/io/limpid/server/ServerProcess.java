package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.api.RawHttp;
import io.limpid.server.store.ConnectionSource;
import io.limpid.testing.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server as a process of its own on a PostgreSQL that it shares. */
final class ServerProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 180;

    private final Process process;
    private final Path log;
    private final ApiAt api;
    private final int health;

    private ServerProcess(Process process, Path log, ApiAt api, int health) {
        this.process = process;
        this.log = log;
        this.api = api;
        this.health = health;
    }

    /** Starts one, with layers from a folder; it need not be ready yet. */
    static ServerProcess start(Path folder, ConnectionSource source) throws IOException {
        int port = FreePort.next();
        int health = FreePort.next();
        return start(folder, TwoServers.configuration(folder, source, port, health), port, health);
    }

    /** As the other, on the database of a connection string. */
    static ServerProcess start(Path folder, String source) throws IOException {
        int port = FreePort.next();
        int health = FreePort.next();
        return start(folder, TwoServers.configuration(folder, source, port, health), port, health);
    }

    private static ServerProcess start(Path folder, Path configuration, int port, int health) throws IOException {
        Path log = folder.resolve("log-" + port);
        return new ServerProcess(launch(configuration, log), log, new ApiAt(port), health);
    }

    /** Starts one of another version. */
    static ServerProcess start(Path folder, ConnectionSource source, String classes) throws IOException {
        int port = FreePort.next();
        int health = FreePort.next();
        Path log = folder.resolve("log-" + port);
        Path configuration = TwoServers.configuration(folder, source, port, health);
        List<String> command = command("server", "-config", configuration.toString());
        command.set(command.indexOf("-cp") + 1, classes);
        return new ServerProcess(launch(command, log), log, new ApiAt(port), health);
    }

    /**
     * Starts one that a file configures.
     *
     * @param port of its API in the file
     * @param health its other port there
     * @param options of its JVM
     */
    static ServerProcess start(Path configuration, Path log, int port, int health, String... options)
            throws IOException {
        return new ServerProcess(launch(configuration, log, options), log, new ApiAt(port), health);
    }

    /** Starts one whose output goes to the end of a file. */
    static Process launch(Path configuration, Path log, String... options) throws IOException {
        List<String> command = command("server", "-config", configuration.toString());
        command.addAll(1, List.of(options));
        return launch(command, log);
    }

    private static Process launch(List<String> command, Path log) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** The command line of the server's program with these words. */
    static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(words));
        return command;
    }

    ApiAt api() {
        return api;
    }

    String log() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    /** Whether it says that it made the tables. */
    boolean hasMigrated() throws IOException {
        return log().contains("\"Event\":\"database schema migrated\"");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Comes back when it says that it is healthy. */
    ServerProcess awaitHealth() throws Exception {
        assertThat(becomesHealthy()).as(log()).isTrue();
        return this;
    }

    /** Comes back when it says that it is healthy, or has ended; whether it is healthy. */
    boolean becomesHealthy() throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end; ) {
            if (!process.isAlive()) {
                return false;
            }
            try {
                if (RawHttp.exchange(health, "GET", "/health").status() == 200) {
                    return true;
                }
            } catch (IOException _) {
                // It does not listen yet.
            }
            Thread.sleep(20);
        }
        throw new AssertionError("not healthy: " + log());
    }

    /** Tells it to stop. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end, and gives the code. */
    int exit() throws Exception {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(log())
                .isTrue();
        return process.exitValue();
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
