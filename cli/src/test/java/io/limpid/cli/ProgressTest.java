package io.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    private static final URI DEBIAN = URI.create("https://security-tracker.debian.org/tracker/data/json");
    private static final URI OTHER = URI.create("https://example.org/other");

    @TempDir
    Path folder;

    private static TestConsole watched(Map<String, String> environment) {
        return TestConsole.with("", environment).watched(false, true);
    }

    @Test
    void oneLineThatIsPaintedWhenItChangesAndErasedAtTheEnd() {
        TestConsole console = watched(Map.of());
        try (Progress progress = Progress.still(console.console())) {
            progress.paint();
            assertThat(console.err()).isEmpty();
            progress.phase("reading layers");
            progress.paint();
            progress.paint();
            assertThat(console.err()).isEqualTo("\r\u001b[Kreading layers");
            progress.at(DEBIAN, 1 << 20, 4 << 20);
            progress.paint();
            assertThat(console.err())
                    .endsWith("\r\u001b[Kreading layers, fetching from security-tracker.debian.org: 1.0 of 4.0 MiB");
            progress.at(OTHER, 1 << 19, -1);
            progress.paint();
            assertThat(console.err()).endsWith("\r\u001b[Kreading layers, fetching 2 files: 1.5 MiB");
            progress.at(OTHER, 1 << 20, 1 << 20);
            progress.at(DEBIAN, 2 << 20, 4 << 20);
            progress.paint();
            assertThat(console.err()).endsWith("fetching from security-tracker.debian.org: 3.0 of 5.0 MiB");
            progress.at(DEBIAN, 4 << 20, 4 << 20);
            progress.paint();
            assertThat(console.err()).endsWith("\r\u001b[Kreading layers");
        }
        assertThat(console.err()).endsWith("\r\u001b[K").doesNotContain("\n");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void theLineIsNeverWiderThanTheTerminalAndObeysNobody() {
        TestConsole console = watched(Map.of("COLUMNS", "20"));
        try (Progress progress = Progress.still(console.console())) {
            progress.phase("a\u001b[2J\nb" + "x".repeat(100));
            progress.paint();
        }
        assertThat(console.err()).contains("a\\u{1b}[2J\\nb");
        for (String painted : console.err().split("\r", -1)) {
            assertThat(painted.replace("\u001b[K", "")).hasSizeLessThan(20).doesNotContain("\u001b", "\n");
        }
    }

    /** A real terminal, and what was written to it; the result is alone on its line. */
    @ParameterizedTest
    @CsvSource({"2, true", "'', false"})
    void inATerminal(String terminals, boolean painted) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script(1) to make a terminal with");
        Path typescript = folder.resolve("typescript");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "'" + java + "' -cp \"$TEST_CLASS_PATH\" io.limpid.cli.ProgressInATerminal reading matching";
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/script", "-qec", command, typescript.toString())
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.DISCARD);
        builder.environment().put("TEST_CLASS_PATH", System.getProperty("java.class.path"));
        builder.environment().put("LIMPID_TERMINALS", terminals);
        builder.environment().put("TERM", "xterm");
        builder.environment().remove("CI");
        assertThat(builder.start().waitFor()).isZero();
        String seen = Files.readString(typescript);
        if (painted) {
            assertThat(seen).containsSubsequence("\r\u001b[Kreading", "\r\u001b[Kmatching", "\r\u001b[Kthe result\r\n");
        } else {
            assertThat(seen).contains("the result\r\n").doesNotContain("\u001b[K");
        }
    }

    /** Whether stderr is a terminal, the environment, whether quiet is asked for, and whether anything is painted. */
    @ParameterizedTest
    @CsvSource({
        "true, A=b, false, true",
        "false, A=b, false, false",
        "true, A=b, true, false",
        "true, CI=true, false, false",
        "true, CI=1, false, false",
        "true, CI=false, false, true",
        "true, TERM=dumb, false, false",
    })
    void onlyForWhoWatches(boolean terminal, String variable, boolean quiet, boolean painted)
            throws InterruptedException {
        String[] part = variable.split("=", -1);
        TestConsole console = TestConsole.with("", Map.of(part[0], part[1])).watched(false, terminal);
        try (Progress progress = Progress.of(console.console(), quiet)) {
            assertThat(progress.isPainting()).isEqualTo(painted);
            progress.phase("working");
            while (painted && !console.err().contains("working")) {
                Thread.sleep(10);
            }
        }
        assertThat(console.err()).isEqualTo(painted ? "\r\u001b[Kworking\r\u001b[K" : "");
    }
}
