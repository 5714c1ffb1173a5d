package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysItsVersion() throws IOException {
        assertThat(run("server", "--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).matches("limpid server \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
        assertThat(err.size()).isZero();
    }

    @Test
    void saysThatItIsNotThereYet() throws IOException {
        assertThat(run("migrate", "--dry-run")).isEqualTo(64);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
            error: limpid migrate --dry-run
            cause: the server is not part of this version yet
            hint: limpid scan works without a server
            """);
        assertThat(out.size()).isZero();
    }

    private int run(String... words) throws IOException {
        return Main.run(
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
