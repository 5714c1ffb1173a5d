package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Feeds;
import io.limpid.server.config.Configuration;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A client that asks until it is answered, and starts the server again when that was killed, which may happen once.
 *
 * <p>What was acknowledged before a kill it looks for after it.
 */
final class StubbornClient implements AutoCloseable {
    /** The code of a process that a failpoint ended. */
    private static final int KILLED = 137;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LAYER = "layer ";
    private static final int NOT_FOUND = 404;

    private final Path folder;
    private final Configured configured;
    private final Map<String, String> acknowledged = new TreeMap<>();
    private @Nullable ServerProcess server;
    /** The one after the kill, in this JVM, where all classes are loaded: it starts in no time. */
    private @Nullable RunningServer again;

    private ApiAt api = new ApiAt(0);

    /** The file of a server. */
    @FunctionalInterface
    interface Configured {
        /**
         * The text of it.
         *
         * @param isAgain whether it is for the server after the kill
         */
        String text(int port, int health, boolean isAgain) throws Exception;
    }

    /** What is asked, with the status that it is answered. */
    @FunctionalInterface
    interface Request {
        int send(ApiAt api) throws IOException;
    }

    private interface Asking<T> {
        T answer() throws IOException;
    }

    /** What becomes true. */
    @FunctionalInterface
    interface Condition {
        boolean isTrue() throws Exception;
    }

    /**
     * One thing that the client wants done.
     *
     * @param subject what it is about: {@code layer NAME} or {@code vulnerability NAME}
     * @param status with which it is acknowledged; one that was asked for before may be gone already, 404
     */
    record Step(String subject, int status, Request request) {}

    /**
     * @param folder for files of the server
     * @param configured how the server is, each time that it starts
     */
    StubbornClient(Path folder, Configured configured) {
        this.folder = folder;
        this.configured = configured;
    }

    /** Starts the server, with something to do at its failpoints. */
    void start(String plan) throws Exception {
        int health = FreePort.next();
        Path configuration = configuration(health, false);
        server = ServerProcess.start(
                configuration, folder.resolve("log"), api.port(), health, "-D" + Failpoint.PROPERTY + "=" + plan);
        if (!server.becomesHealthy()) {
            startAgain();
        }
    }

    private Path configuration(int health, boolean isAgain) throws Exception {
        api = new ApiAt(FreePort.next());
        return Files.writeString(
                folder.resolve("config-" + api.port() + ".yaml"), configured.text(api.port(), health, isAgain));
    }

    private ServerProcess server() {
        return Objects.requireNonNull(server, "it was not started");
    }

    /** After a kill: what is acknowledged is there before anything else is done. */
    private void startAgain() throws Exception {
        assertThat(again).as("it was killed before").isNull();
        assertThat(server().exit()).as(server().log()).isEqualTo(KILLED);
        Path configuration = configuration(FreePort.next(), true);
        again = RunningServer.start(
                ServerSettings.of(Configuration.read(configuration)), false, "test", Feeds.all(), PATIENCE);
        for (var entry : acknowledged.entrySet()) {
            assertThat(told(entry.getKey())).as(entry.getKey()).isEqualTo(entry.getValue());
        }
    }

    /** What the server says of a subject now: of a layer what it contains, and of a vulnerability all. */
    private String told(String subject) throws IOException {
        return subject.startsWith(LAYER)
                ? api.layer(subject.substring(LAYER.length())).map(Map::keySet).toString()
                : whole(subject);
    }

    /** What it says with all that affects a layer. */
    private String whole(String subject) throws IOException {
        String name = subject.substring(subject.indexOf(' ') + 1);
        return subject.startsWith(LAYER)
                ? api.layer(name).toString()
                : api.vulnerability(name).toString();
    }

    /** What it says of subjects, with all that affects a layer. */
    Map<String, String> told(List<String> subjects) throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (String subject : subjects) {
            all.put(subject, insist(() -> whole(subject)));
        }
        return all;
    }

    /** Has things done, one after the other. */
    void ask(List<Step> steps) throws Exception {
        for (Step step : steps) {
            // Until it is acknowledged, nobody knows which of the two is true.
            acknowledged.remove(step.subject());
            boolean wasKilled = sawKill();
            int status = insist(step.request());
            // What was asked for before the kill may have been done by it.
            if (status != NOT_FOUND || sawKill() == wasKilled) {
                assertThat(status).as(step.subject()).isEqualTo(step.status());
            }
            acknowledged.put(step.subject(), insist(() -> told(step.subject())));
        }
    }

    /** Asks until it is answered, and gives the status. */
    int insist(Request request) throws Exception {
        return insist(() -> Integer.valueOf(request.send(api)));
    }

    private <T> T insist(Asking<T> asking) throws Exception {
        while (true) {
            try {
                return asking.answer();
            } catch (IOException _) {
                // Only a kill ends a connection.
                startAgain();
            }
        }
    }

    /** Waits for something that the server does by itself. */
    void await(Condition condition, String what) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.isTrue()) {
            assertThat(System.nanoTime()).as(what + ": " + server().log()).isLessThan(end);
            if (again == null && !server().isAlive()) {
                startAgain();
            }
            Thread.sleep(10);
        }
    }

    /** Tells the server to stop, unless it was killed before; on the way it may be killed. */
    void stop() throws Exception {
        if (again == null) {
            server().terminate();
            if (server().exit() != 0) {
                startAgain();
            }
        }
    }

    /** Whether the server was killed at a failpoint. */
    boolean sawKill() {
        return again != null;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        if (again != null) {
            again.close();
        }
    }
}
