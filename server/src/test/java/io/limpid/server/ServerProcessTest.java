package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.testing.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server as a process of its own, with a PostgreSQL of its own: started, asked, killed, started again, stopped. */
class ServerProcessTest {
    private static final int PATIENCE_SECONDS = 120;
    private static final String VULNERABILITY = """
        {"Vulnerability":{"Name":"CVE-2026-1","NamespaceName":"debian:12","Severity":"High",
         "FixedIn":[{"Name":"zlib","NamespaceName":"debian:12","VersionFormat":"dpkg","Version":"1.3"}]}}\
        """;

    private final HttpClient client = HttpClient.newHttpClient();
    private Path folder;
    private int api;
    private int health;

    @BeforeEach
    void configure() throws IOException {
        folder = Files.createTempDirectory("limpid-server");
        // The database runs as another user when this is root's.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        api = FreePort.next();
        health = FreePort.next();
        Files.writeString(folder.resolve("config.yaml"), """
            clair:
              database:
                options:
                  datafolder: %s
              api:
                v1_addr: "127.0.0.1:%d"
                healthaddr: "127.0.0.1:%d"
              updater:
            """.formatted(folder.resolve("data"), api, health));
    }

    @AfterEach
    void delete() throws Exception {
        client.close();
        new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
    }

    @Test
    void whatWasAcknowledgedSurvivesAKillAndASignalStopsItInOrder() throws Exception {
        Process killed = start();
        try {
            awaitHealth(killed);
            assertThat(ask("POST", "/v1/namespaces/debian:12/vulnerabilities", VULNERABILITY)
                            .statusCode())
                    .isEqualTo(201);
        } finally {
            killed.destroyForcibly().waitFor();
        }
        Process stopped = start();
        try {
            awaitHealth(stopped);
            assertThat(ask("GET", "/v1/namespaces/debian:12/vulnerabilities/CVE-2026-1?fixedIn", "")
                            .body())
                    .contains("\"Name\":\"zlib\"", "\"Version\":\"1.3\"");
            stopped.destroy();
            assertThat(stopped.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(stopped.exitValue()).as(log()).isZero();
        } finally {
            stopped.destroyForcibly().waitFor();
        }
        assertThat(log())
                .contains("Received interruption, gracefully stopping ...")
                .doesNotContain("Exception");
    }

    @Test
    void aPortThatIsTakenIsSaidWithWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(api, 1, java.net.InetAddress.ofLiteral("127.0.0.1"))) {
            Process server = start();
            assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(1);
            assertThat(log())
                    .contains("error: starting the main API on 127.0.0.1:" + taken.getLocalPort())
                    .contains("hint: another process may have the port");
        }
    }

    /** Where whoever collects logs looks for them; there is something to log: the database is not up. */
    @Test
    void theLogGoesToStdout() throws Exception {
        Path config = Files.writeString(folder.resolve("late.yaml"), """
            clair:
              database:
                options:
                  source: host=127.0.0.1 port=%d dbname=d user=u sslmode=disable
            """.formatted(FreePort.next()));
        Process server = new ProcessBuilder(ServerProcess.command("server", "-config", config.toString()))
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            List<String> lines = new ArrayList<>();
            for (BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
                    lines.isEmpty() || !lines.getLast().contains("database is not up yet"); ) {
                lines.add(Objects.requireNonNull(out.readLine(), lines::toString));
            }
            assertThat(lines).allMatch(line -> line.startsWith("{\"Event\":"));
            assertThat(folder.resolve("err")).isEmptyFile();
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void aPlanForFailpointsThatIsNoneEndsTheStart() throws Exception {
        Process server = ServerProcess.launch(
                folder.resolve("config.yaml"), folder.resolve("log"), "-Dlimpid.failpoints=kill:NOWHERE:1");
        assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(1);
        assertThat(log()).contains("limpid.failpoints is none of count:FILE, kill:N and kill:NAME:N: kill:NOWHERE:1");
    }

    private Process start() throws IOException {
        return ServerProcess.launch(folder.resolve("config.yaml"), folder.resolve("log"));
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
    }

    private void awaitHealth(Process server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health + "/health"))
                .build();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end; ) {
            assertThat(server.isAlive()).as(log()).isTrue();
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException _) {
                // It does not listen yet.
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not healthy: " + log());
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
