package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void saysItsVersion() throws IOException {
        assertThat(run("server", "--version")).isZero();
        assertThat(text(out)).matches("limpid server \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
        assertThat(err.size()).isZero();
    }

    @Test
    void saysWhatIsNotThereYet() throws IOException {
        assertThat(run("advisories", "load")).isEqualTo(64);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
            error: limpid advisories load
            cause: this command is not part of this version yet
            hint: limpid server and limpid scan are
            """);
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        server -confg x        | unknown flag: confg (did you mean config?)
        server -config         | -config needs FILE
        server -log-level loud | unknown log level: loud (there is panic, fatal, error, warning, warn, info, debug, trace)
        server now             | it takes no now
        server -insecure-tls=x | -insecure-tls is true or false, not x
        """)
    void whatMakesNoSenseIsUsage(String words, String cause) throws IOException {
        assertThat(run(words.split(" "))).isEqualTo(64);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
            error: limpid server
            cause: %s
            hint: limpid server --help lists what there is
            """.formatted(cause));
    }

    @ParameterizedTest
    @CsvSource({"-help", "--help", "-help=true"})
    void helpNamesEveryFlag(String flag) throws IOException {
        assertThat(run("server", flag)).isZero();
        assertThat(text(out)).contains("-config FILE", "-log-level", "-cpu-profile", "-insecure-tls", "-check-config");
    }

    @ParameterizedTest
    @CsvSource({"-config FILE", "--config FILE", "-config=FILE", "-config ${NONE}FILE"})
    void checksAConfiguration(String flag) throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "clair:\n  api:\n    port: 7070\n");
        assertThat(run(("server -check-config " + flag.replace("FILE", file.toString())).split(" ")))
                .isZero();
        assertThat(text(out)).contains("= 7070   (" + file + ":3)");
    }

    @Test
    void anEmptyNameIsNoConfiguration() throws IOException {
        assertThat(run("server", "-config", "", "--check-config")).isZero();
        assertThat(text(out)).contains("= 6060   (default)");
    }

    /** What only the services themselves understand is checked before any of them starts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        updater: {enabledupdaters: [debain]}  | updater.enabledupdaters: unknown updater: debain (did you mean debian?)
        api: {paginationkey: short}           | Invalid Pagination key; must be 32-bit URL-safe base64
        database: {options: {paginationkey: short}} | Invalid Pagination key; must be 32-bit URL-safe base64
        database: {options: {source: 'port=x'}} | port
        """)
    void checksWhatTheServicesUnderstand(String text, String cause) throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "clair:\n  " + text + "\n");
        assertThat(run("server", "-check-config", "-config", file.toString())).isEqualTo(64);
        assertThat(text(err)).contains("c.yaml:2\n", cause);
        assertThat(out.size()).isZero();
    }

    /** What is wrong in the file of overrides is told with its own line, also where nothing is to be started. */
    @ParameterizedTest
    @CsvSource({"server -config", "server -check-config -config"})
    void aMistakeInTheOverridesIsToldWithItsLine(String words) throws IOException {
        Path overrides = Files.writeString(folder.resolve("o.yaml"), """
            overrides:
              - id: CVE-2024-0727
                package: openssl
                status: not-afected
                reason: because
                expires: never
            """);
        Path file = Files.writeString(folder.resolve("c.yaml"), "clair:\n  api:\n    overrides: " + overrides + "\n");
        assertThat(run((words + " " + file).split(" "))).isEqualTo(64);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
            error: cannot use the overrides in %s:4
            cause: status: unknown status: not-afected (did you mean not-affected?)
            """.formatted(overrides));
        assertThat(out.size()).isZero();
    }

    @Test
    void overridesThatAreNotThereAreNoneThatSayNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "clair:\n  api:\n    overrides: none/o.yaml\n");
        assertThat(run("server", "-config", file.toString())).isEqualTo(64);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
            error: cannot use the overrides in none/o.yaml
            cause: there is no such file
            hint: name one that is there, or leave the option out
            """);
    }

    @ParameterizedTest
    @CsvSource({"-check-config=1, 7070", "-check-config=T, 7070"})
    void switchesAreSetAsGoDoes(String flag, String shown) throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "clair:\n  api:\n    port: 7070\n");
        assertThat(run("server", flag, "-config", file.toString())).isZero();
        assertThat(text(out)).contains("= " + shown + "   (");
    }

    @Test
    void aMistakeInTheFileIsToldWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "clair:\n  api:\n    prot: 7070\n");
        assertThat(run("server", "-config", file.toString())).isEqualTo(64);
        assertThat(text(err)).isEqualToNormalizingNewlines("""
            error: reading the configuration %s:3
            cause: unknown key below api: prot (did you mean port?)
            hint: limpid server --check-config lists all keys
            """.formatted(file));
    }

    private int run(String... words) throws IOException {
        return Main.run(
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
