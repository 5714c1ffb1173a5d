package io.limpid.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.testing.Shared;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A small profile of {@code bench/oracle/deb-versions}: our order against apt's on pairs that differ as little as possible. */
class DebOracleTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int PAIRS = 20_000;

    @Test
    void agreesWithApt() throws Exception {
        Path root = Shared.repository();
        Assumptions.assumeTrue(root != null && hasApt(), "skipped: no " + PYTHON + " with apt_pkg");
        Process oracle = new ProcessBuilder(
                        PYTHON,
                        String.valueOf(root.resolve("bench/oracle/deb-versions")),
                        "--print",
                        "--seed",
                        "1",
                        "--pairs",
                        Integer.toString(PAIRS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        VersionScheme scheme = new DebVersions();
        List<String> wrong = new ArrayList<>();
        int pairs = 0;
        try (BufferedReader lines = oracle.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split("\t", -1);
                Version left = scheme.parse(cells[0]);
                Version right = scheme.parse(cells[1]);
                int order = Integer.signum(left.compareTo(right));
                boolean sameHash = left.hashCode() == right.hashCode();
                if (order != Integer.parseInt(cells[2]) || (order == 0 && !sameHash)) {
                    wrong.add(line + " but is " + order);
                }
                pairs++;
            }
        }
        assertThat(oracle.waitFor()).isZero();
        assertThat(wrong).isEmpty();
        assertThat(pairs).isEqualTo(PAIRS);
    }

    private static boolean hasApt() throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON))) {
            return false;
        }
        Process probe = new ProcessBuilder(PYTHON, "-c", "import apt_pkg")
                .redirectErrorStream(true)
                .start();
        try (InputStream output = probe.getInputStream()) {
            output.readAllBytes();
        }
        return probe.waitFor() == 0;
    }
}
