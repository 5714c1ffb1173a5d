package io.limpid.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.api.ApiServer;
import io.limpid.testing.Shared;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchanges with an original server, replayed by the program that comes with them; each group on a fresh database. */
class ReplayTest {

    @ParameterizedTest
    @ValueSource(strings = {"vulns", "fixes", "errors", "layers"})
    void answersAsTheOriginal(String group, @TempDir Path folder) throws Exception {
        Path program = Shared.require("clair/replay.py");
        Path inputs = Shared.require("clair/recordings/inputs");
        Path recordings = Shared.require("clair/recordings/dev");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "skipped: no /usr/bin/python3");
        Path differences = Path.of("src/test/resources/io/limpid/server/api/v1/differences.tsv");
        Path out = folder.resolve("out");
        try (TestApi api = TestApi.start(Readiness.ALWAYS, inputs.toRealPath());
                ApiServer hasty = api.serve(Duration.ofMillis(500))) {
            Process replay = new ProcessBuilder(
                            "/usr/bin/python3",
                            program.toString(),
                            "--base",
                            "http://127.0.0.1:" + api.port(),
                            "--health",
                            "http://127.0.0.1:" + api.healthPort(),
                            "--timeout-base",
                            "http://127.0.0.1:" + hasty.port(),
                            "--inputs",
                            inputs.toRealPath().toString(),
                            "--recordings",
                            recordings.toString(),
                            "--group",
                            group,
                            "--except",
                            differences.toString(),
                            "--file-port",
                            "" + freePort(),
                            "--webhook-port",
                            "" + freePort(),
                            "--strict")
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            int code = replay.waitFor();
            List<String> lines = Files.readAllLines(out);
            assertThat(code).as(String.join("\n", lines)).isZero();
            assertThat(lines.getLast()).matches("\\d\\d+ passed, 0 failed");
        }
    }

    private static int freePort() throws java.io.IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
