package io.limpid.detect.dpkg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.detect.SharedDatabases;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detector reads a status file as dpkg itself does. */
class DpkgQueryTest {
    private static final Path DPKG_QUERY = Path.of("/usr/bin/dpkg-query");
    private static final String FORMAT =
            "${db:Status-Status} ${Package} ${Version} ${source:Package} ${source:Version} ${Architecture}\\n";
    private static final Set<String> INSTALLED = Set.of("installed", "triggers-pending", "triggers-awaited");
    private static final List<String> STATUSES = List.of(
            "install ok installed",
            "install ok installed",
            "install ok installed",
            "hold ok installed",
            "deinstall ok installed",
            "install reinstreq installed",
            "deinstall ok config-files",
            "install ok unpacked",
            "install ok half-configured",
            "purge ok not-installed");
    private static final List<String> VERSIONS =
            List.of("1", "1.0-1", "2:1.0-1~deb12u1", "3+b2", "1.2-3-4", "20240101+dfsg~rc1-0.1", "1:2:3-4");
    private static final List<String> SOURCES = List.of(
            "Source: other\n",
            "Source: other (1.0-1)\n",
            "source:other (2:3)\n",
            "Source:   spaced   ( 4 ) \n",
            "SOURCE: glued (5)\n");

    @TempDir
    private Path admin;

    @Test
    void aDatabaseFromTheField() throws Exception {
        byte[] status = SharedDatabases.database("dpkg-texlive.status.xz");
        Detection detection = detect(status);
        assertThat(detection.problems()).isEmpty();
        assertThat(lines(detection)).isEqualTo(SharedDatabases.truth("dpkg-texlive.status.tsv"));
        assertThat(lines(detection)).isEqualTo(dpkg(status).orElseThrow());
    }

    @Test
    void generatedDatabases() throws Exception {
        for (int seed = 0; seed < 40; seed++) {
            byte[] status = generated(new Random(seed), 25);
            assertThat(lines(detect(status)))
                    .as("seed %d", seed)
                    .isEqualTo(dpkg(status).orElseThrow());
        }
    }

    @Test
    void damagedDatabasesAreReadAsDpkgDoesOrHaveAProblem() throws Exception {
        int readable = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] status = damaged(random, generated(random, 3));
            Detection detection = detect(status);
            Optional<List<String>> expected = dpkg(status);
            if (expected.isPresent() && detection.problems().isEmpty()) {
                readable++;
                assertThat(lines(detection))
                        .as("seed %d: %s", seed, new String(status, ISO_8859_1))
                        .isEqualTo(expected.get());
            }
        }
        assertThat(readable).isPositive();
    }

    @Test
    void aCutDatabaseNeverLosesAPackageWithoutAProblem() {
        byte[] status = generated(new Random(7), 4);
        int all = detect(status).packages().size();
        for (int length = 1; length < status.length; length++) {
            byte[] cut = Arrays.copyOf(status, length);
            Detection detection = detect(cut);
            boolean isWhole = new String(cut, ISO_8859_1).endsWith("\n\n");
            assertThat(detection.packages().size() <= all).isTrue();
            assertThat(isWhole
                            || detection.problems().stream()
                                    .anyMatch(problem -> problem.what().contains("cut short")))
                    .as("cut at %d", length)
                    .isTrue();
        }
    }

    private static byte[] generated(Random random, int packages) {
        StringBuilder status = new StringBuilder();
        for (int i = 0; i < packages; i++) {
            status.append("Package: ")
                    .append(random.nextInt(9) == 0 ? "P" : "p")
                    .append(i)
                    .append("+x.y\n");
            status.append("Status: ").append(pick(random, STATUSES)).append('\n');
            status.append("Maintainer: Somebody <a@b.c>\nArchitecture: ")
                    .append(random.nextBoolean() ? "amd64" : "all")
                    .append('\n');
            status.append(random.nextBoolean() ? pick(random, SOURCES) : "");
            status.append("Version: ").append(pick(random, VERSIONS)).append('\n');
            status.append("Conffiles:\n /etc/a 0123456789abcdef0123456789abcdef\n");
            status.append("Description: short \u00e4\n long: with a colon\n .\n Version: 0\nX-Other:\n\n");
        }
        return status.toString().getBytes(UTF_8);
    }

    private static byte[] damaged(Random random, byte[] status) {
        byte[] damaged = status.clone();
        for (int i = random.nextInt(2); i >= 0; i--) {
            int at = random.nextInt(damaged.length);
            damaged[at] = random.nextBoolean() ? (byte) (' ' + random.nextInt(95)) : damaged[random.nextInt(at + 1)];
        }
        return damaged;
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Detection detect(byte[] status) {
        return new DpkgDetector(Limits.DEFAULT)
                .detect(LayerFiles.of(List.of(new LayerFile("var/lib/dpkg/status", status))))
                .getFirst();
    }

    private static List<String> lines(Detection detection) {
        return detection.packages().stream().map(SharedDatabases::line).sorted().toList();
    }

    /** What dpkg-query lists as installed, or nothing when it refuses the file. */
    private Optional<List<String>> dpkg(byte[] status) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(DPKG_QUERY), "skipped: no dpkg-query on this machine");
        Files.createDirectories(admin.resolve("updates"));
        Files.createDirectories(admin.resolve("info"));
        Files.write(admin.resolve("status"), status);
        Path out = admin.resolve("out");
        Process process = new ProcessBuilder(DPKG_QUERY.toString(), "--admindir=" + admin, "-W", "-f", FORMAT)
                .redirectOutput(out.toFile())
                .redirectError(Redirect.DISCARD)
                .start();
        int code = process.waitFor();
        if (code != 0) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        for (String row : Files.readString(out, ISO_8859_1).lines().toList()) {
            String[] columns = row.split(" ", 2);
            if (INSTALLED.contains(columns[0])) {
                lines.add(columns[1]);
            }
        }
        return Optional.of(lines.stream().sorted().toList());
    }
}
