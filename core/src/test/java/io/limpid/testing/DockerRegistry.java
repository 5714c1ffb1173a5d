package io.limpid.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's docker-registry as a process on loopback, to which skopeo brings images.
 *
 * <p>Where either program is absent the calling test is skipped, with a word.
 */
public final class DockerRegistry implements AutoCloseable {
    public static final String USER = "user";
    public static final String PASSWORD = "pass-word-1";
    /** Made by {@code htpasswd -nbB user pass-word-1}. */
    private static final String HTPASSWD = "user:$2y$04$OMdqz3QkmY5j6/6LeBfu6e1ugSnLeDu3/pWYBjwQxsDWp/YsIZPyu";

    private static final long SMALLEST_LAYER = 10_000;

    private final Process process;
    private final int port;
    private final Path folder;
    private final boolean login;

    private DockerRegistry(Process process, int port, Path folder, boolean login) {
        this.process = process;
        this.port = port;
        this.folder = folder;
        this.login = login;
    }

    /** A registry that anybody may use, with its data in a new folder below one. */
    public static DockerRegistry start(Path folder) throws IOException, InterruptedException {
        return start(folder, false);
    }

    /** A registry that only {@link #USER} may use. */
    public static DockerRegistry startWithLogin(Path folder) throws IOException, InterruptedException {
        return start(folder, true);
    }

    private static DockerRegistry start(Path folder, boolean login) throws IOException, InterruptedException {
        Path program = require("docker-registry");
        require("skopeo");
        int port = FreePort.next();
        Path home = Files.createDirectories(folder.resolve("registry"));
        String config = "version: 0.1\n"
                + "log:\n"
                + "  level: error\n"
                + "  accesslog:\n"
                + "    disabled: true\n"
                + "storage:\n"
                + "  filesystem:\n"
                + "    rootdirectory: "
                + home + "/data\nhttp:\n  addr: 127.0.0.1:" + port + "\n";
        if (login) {
            Files.writeString(home.resolve("htpasswd"), HTPASSWD + "\n");
            config += "auth:\n  htpasswd:\n    realm: test\n    path: " + home + "/htpasswd\n";
        }
        Path file = Files.writeString(home.resolve("config.yml"), config);
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile());
        DockerRegistry registry = new DockerRegistry(builder.start(), port, home, login);
        registry.await();
        return registry;
    }

    private void await() throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException _) {
                Thread.sleep(50);
            }
            if (!process.isAlive()) {
                throw new IOException(Files.readString(folder.resolve("log")));
            }
        }
        throw new IOException("docker-registry does not answer");
    }

    private static Path require(String program) {
        for (String place : List.of("/usr/bin", "/usr/local/bin")) {
            Path file = Path.of(place, program);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return Assumptions.abort("skipped: no " + program + " (apt-get install docker-registry skopeo)");
    }

    /** Host and port. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** The whole name of an image of this registry. */
    public String name(String image) {
        return host() + "/" + image;
    }

    /** Copies an image, named in skopeo's way, into this registry. */
    public void push(String from, String image) throws IOException, InterruptedException {
        skopeo("--dest", from, "docker://" + name(image));
    }

    /** Copies an image of this registry somewhere, as it is. */
    public void pull(String image, String to) throws IOException, InterruptedException {
        skopeo("--src", "docker://" + name(image), to);
    }

    private void skopeo(String side, String from, String to) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("skopeo", "copy", "-q", "--all", "--insecure-policy", side + "-tls-verify=false"));
        if (login) {
            command.add(side + "-creds=" + USER + ":" + PASSWORD);
        }
        command.add(from);
        command.add(to);
        Path log = folder.resolve("skopeo.log");
        Process copy = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (copy.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + Files.readString(log));
        }
    }

    /** Removes the bytes of all blobs that are no documents; gives how many there were. */
    public int forgetLayers() throws IOException {
        int removed = 0;
        try (Stream<Path> files = Files.walk(folder.resolve("data/docker/registry/v2/blobs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) > SMALLEST_LAYER) {
                    Files.delete(file);
                    removed++;
                }
            }
        }
        return removed;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
