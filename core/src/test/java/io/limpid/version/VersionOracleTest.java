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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small profile of {@code bench/oracle/*-versions}: our order against the package manager's on pairs that differ as little as possible. */
class VersionOracleTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int PAIRS = 20_000;

    /** Columns: scheme, what Python must be able to do for its oracle. */
    @ParameterizedTest
    @CsvSource({
        "alpm, import ctypes.util; assert ctypes.util.find_library('alpm')",
        "deb, import apt_pkg",
        "rpm, import rpm; rpm.ver"
    })
    void agrees(String id, String probe) throws Exception {
        Path root = Shared.repository();
        Assumptions.assumeTrue(root != null && can(probe), "skipped: no " + PYTHON + " that can: " + probe);
        Process oracle = new ProcessBuilder(
                        PYTHON,
                        String.valueOf(root.resolve("bench/oracle/" + id + "-versions")),
                        "--print",
                        "--seed",
                        "1",
                        "--pairs",
                        Integer.toString(PAIRS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        VersionScheme scheme = VersionSchemes.byId(id).orElseThrow();
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

    private static boolean can(String probe) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON))) {
            return false;
        }
        Process process = new ProcessBuilder(PYTHON, "-c", probe)
                .redirectErrorStream(true)
                .start();
        try (InputStream output = process.getInputStream()) {
            output.readAllBytes();
        }
        return process.waitFor() == 0;
    }
}
