package io.limpid.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Podman's service with its own empty store; where it cannot run, the calling test is skipped with a word. */
public final class PodmanService implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Path folder;
    /** Podman takes none whose name has more than 50 characters. */
    private final Path run;

    private final Process process;

    private PodmanService(Path folder, Path run, Process process) {
        this.folder = folder;
        this.run = run;
        this.process = process;
    }

    /** Starts one whose store and socket are in this folder. */
    public static PodmanService in(Path folder) throws IOException, InterruptedException {
        Path run = Files.createTempDirectory(Path.of("/tmp"), "limpid-podman-");
        Process process;
        try {
            process = new ProcessBuilder(
                            command(folder, run, "system", "service", "--time=0", "unix://" + folder.resolve("sock")))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException _) {
            Files.delete(run);
            return Assumptions.abort("skipped: no podman here (Debian's package podman)");
        }
        PodmanService service = new PodmanService(folder, run, process);
        for (int i = 0; i < SECONDS * 10 && process.isAlive(); i++) {
            if (Files.exists(service.socket())) {
                return service;
            }
            Thread.sleep(100);
        }
        service.close();
        return Assumptions.abort("skipped: podman's service does not start here, it needs root");
    }

    private static List<String> command(Path folder, Path run, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("podman", "--root=" + folder.resolve("root"), "--runroot=" + run, "--storage-driver=vfs"));
        command.addAll(List.of(arguments));
        return command;
    }

    public Path socket() {
        return folder.resolve("sock");
    }

    /** Runs podman over the same store. */
    public void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = command(folder, run, arguments);
        Path log = folder.resolve("podman.log");
        Process client = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!client.waitFor(SECONDS, TimeUnit.SECONDS)) {
            client.destroyForcibly();
            throw new IOException(String.join(" ", command) + " does not end");
        }
        if (client.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
