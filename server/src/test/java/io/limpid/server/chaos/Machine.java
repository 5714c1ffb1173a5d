package io.limpid.server.chaos;

import io.limpid.server.Main;
import io.limpid.server.api.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A server as users run it, a process with the launcher's options, that is killed, stopped and started again at the same ports. */
final class Machine implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;
    /** What a server says when another one has its work by now. */
    private static final Pattern FENCED = Pattern.compile("claim ended|fenced");

    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xms384m",
            "-Xmx1g");

    /** Where one listens. */
    record Ports(int api, int health) {}

    private final String name;
    private final Ports ports;
    private final Path configuration;
    private final Path log;
    private final Map<String, String> environment;
    private final List<Double> starts = Collections.synchronizedList(new ArrayList<>());
    private volatile Process process;

    private Machine(String name, Ports ports, Path configuration, Path log, Map<String, String> environment)
            throws IOException {
        this.name = name;
        this.ports = ports;
        this.configuration = configuration;
        this.log = log;
        this.environment = Map.copyOf(environment);
        this.process = launch();
    }

    /**
     * Starts one; it need not be ready yet.
     *
     * @param environment what it has besides
     */
    static Machine start(String name, Ports ports, Path configuration, Path log, Map<String, String> environment)
            throws IOException {
        Machine machine = new Machine(name, ports, configuration, log, environment);
        Runtime.getRuntime().addShutdownHook(new Thread(machine::close));
        return machine;
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("server", "-config", configuration.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    String name() {
        return name;
    }

    Ports ports() {
        return ports;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again, and notes how long that takes. */
    void restart() throws IOException {
        long begun = System.nanoTime();
        Process started = launch();
        process = started;
        Thread.ofVirtual().start(() -> {
            while (process.equals(started) && started.isAlive()) {
                if (isHealthy()) {
                    starts.add((System.nanoTime() - begun) / 1e9);
                    return;
                }
                LockSupport.parkNanos(20_000_000);
            }
        });
    }

    /** From each start after a kill until it was healthy, in seconds; not of one that was killed on the way. */
    List<Double> starts() {
        synchronized (starts) {
            return List.copyOf(starts);
        }
    }

    /** Keeps it from doing anything until it is let go. */
    void stop() throws IOException {
        signal("STOP");
    }

    void go() throws IOException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .onExit()
                .join()
                .exitValue();
        if (code != 0) {
            throw new IOException("kill -" + signal + " " + process.pid() + ": " + code);
        }
    }

    /** Comes back when it says that it is healthy, or that it ended. */
    boolean awaitHealth() throws IOException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end; ) {
            if (isHealthy()) {
                return true;
            }
            if (!process.isAlive()) {
                return false;
            }
            Thread.sleep(20);
        }
        throw new IOException(name + " is not healthy: " + lastWords());
    }

    boolean isHealthy() {
        try {
            return RawHttp.exchange(ports.health, "GET", "/health").status() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** With which code it ended. */
    int code() {
        return process.exitValue();
    }

    String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** How often it was told that another one has its work. */
    long fenced() throws IOException {
        try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.filter(line -> FENCED.matcher(line).find()).count();
        }
    }

    Path log() {
        return log;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
