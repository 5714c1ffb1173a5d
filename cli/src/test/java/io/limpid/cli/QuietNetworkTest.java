package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the network is reached with logs; with the libraries of the command line that is seen nowhere. */
class QuietNetworkTest {
    @TempDir
    private Path folder;

    @Test
    void stderrIsOurs() throws Exception {
        try (FaultServer server = FaultServer.start()) {
            server.on("/a", Answer.status(503), Answer.ok("x"));
            ProcessBuilder java = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    FetchProcess.class.getName(),
                    server.url("/a").toString(),
                    folder.resolve("a").toString());
            java.environment()
                    .keySet()
                    .removeIf(name -> name.endsWith("JAVA_OPTIONS") || name.endsWith("TOOL_OPTIONS"));
            Path errors = folder.resolve("stderr");
            Process process = java.redirectError(errors.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(output).startsWith("Fetched[bytes=1, ");
            assertThat(Files.readString(errors)).isEmpty();
        }
    }
}
