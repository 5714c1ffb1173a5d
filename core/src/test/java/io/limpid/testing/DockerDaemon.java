package io.limpid.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real Docker daemon with its own empty store and no network; where it cannot run, the calling test is skipped with a word. */
public final class DockerDaemon implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Path folder;
    private final Process process;

    private DockerDaemon(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts one whose store and socket are in this folder, with these options besides. */
    public static DockerDaemon in(Path folder, String... options) throws IOException, InterruptedException {
        DockerDaemon daemon = new DockerDaemon(folder, started(folder, options));
        for (int i = 0; i < SECONDS * 10 && daemon.process.isAlive(); i++) {
            if (Files.exists(daemon.socket()) && daemon.docker("version") == 0) {
                return daemon;
            }
            Thread.sleep(100);
        }
        daemon.close();
        return Assumptions.abort("skipped: dockerd does not start here, it needs root and its tools");
    }

    private static Process started(Path folder, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "dockerd",
                "--iptables=false",
                "--ip6tables=false",
                "--bridge=none",
                "--storage-driver=overlay2",
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "--host=unix://" + folder.resolve("sock")));
        command.addAll(List.of(options));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException _) {
            return Assumptions.abort("skipped: no dockerd here (Debian's package docker.io)");
        }
    }

    public Path socket() {
        return folder.resolve("sock");
    }

    /** Runs Docker's command line against it. */
    public void run(String... arguments) throws IOException, InterruptedException {
        int exit = docker(arguments);
        if (exit != 0) {
            throw new IOException("docker " + String.join(" ", arguments) + " failed with " + exit);
        }
    }

    private int docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "-H", "unix://" + socket()));
        command.addAll(List.of(arguments));
        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!run.waitFor(SECONDS, TimeUnit.SECONDS)) {
            run.destroyForcibly();
            throw new IOException("docker " + String.join(" ", arguments) + " does not end");
        }
        return run.exitValue();
    }

    /** Ends it, and waits until it is gone. */
    public void end() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
