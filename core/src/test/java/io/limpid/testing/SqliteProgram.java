package io.limpid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** SQLite's own program, an oracle for those who read its files. */
public final class SqliteProgram {
    private static final Path PROGRAM = Path.of("/usr/bin/sqlite3");

    private SqliteProgram() {}

    /** Skips the test where there is none. */
    public static void require() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "skipped: no sqlite3 on this machine");
    }

    /** Runs commands on a database in a folder, requires that it says nothing to stderr, and returns the exit code. */
    public static int run(Path folder, String database, List<String> commands)
            throws IOException, InterruptedException {
        Path script = Files.write(folder.resolve("script"), commands);
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(PROGRAM.toString(), database)
                .directory(folder.toFile())
                .redirectInput(script.toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        int code = process.waitFor();
        assertThat(Files.readString(errors)).isEmpty();
        return code;
    }
}
