package io.limpid.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.detect.Detectors;
import io.limpid.facts.LayerScan;
import io.limpid.image.ImageSources;
import io.limpid.layer.LayerReader;
import io.limpid.match.AdvisoryList;
import io.limpid.match.Matcher;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Package;
import io.limpid.model.Report;
import io.limpid.model.SourcePackage;
import io.limpid.model.Verdict;
import io.limpid.testing.Shared;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Real images against what is known to be in them, and damaged and malicious ones against what is right to do with them. */
class CorpusTest {
    private static final Set<String> TYPES = Set.of("deb", "apk", "rpm");

    /** Damage that may be answered by an error or by a problem, but never by silence. */
    private static final String DAMAGED =
            ".*(error or (loud )?warning|warning or error|skipped with a warning|never a silent|truncated).*";

    private static Report scan(Path file, String scheme) throws IOException, InterruptedException {
        Limits limits = Limits.DEFAULT;
        LayerScan layers = new LayerScan(new LayerReader(limits, false), Detectors.all(limits));
        VerdictPolicy policy = new VerdictPolicy(Instant.EPOCH, VerdictPolicy.DEFAULT_MAX_AGE, false);
        return new Scan(
                        new Targets(ImageSources.all(), limits),
                        layers,
                        new Matcher(VersionSchemes.all()),
                        AdvisoryList.EMPTY,
                        policy,
                        limits)
                .scan(new ScanRequest(scheme + file, null, null));
    }

    private static List<Map<String, String>> rows(Path table) throws IOException {
        List<String> lines = Files.exists(table) ? Files.readAllLines(table) : List.of();
        if (lines.isEmpty()) {
            return List.of();
        }
        String[] header = lines.getFirst().split("\t", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cell = line.split("\t", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], i < cell.length ? cell[i] : "");
            }
            rows.add(row);
        }
        return rows;
    }

    @TestFactory
    Stream<DynamicTest> everyImageHoldsJustWhatItsTruthSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Set<String> truths = Set.copyOf(Shared.names("images/truth"));
        for (String file : Shared.names("images/images")) {
            String truth = file.replaceFirst("\\.tar(\\.(gz|xz))?$", "") + ".tsv";
            if (truths.contains(truth) || file.startsWith("all of ")) {
                tests.add(dynamicTest(
                        file,
                        () -> compare(
                                scan(Shared.require("images/images/" + file), ""),
                                rows(Shared.require("images/truth/" + truth)))));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    /** Present packages with their source and layer: the same multiset, so nothing missing, extra, twice or elsewhere. */
    private static void compare(Report report, List<Map<String, String>> truth) {
        List<String> expected = truth.stream()
                .filter(row -> TYPES.contains(row.get("ecosystem")))
                .filter(row -> !String.valueOf(row.get("extra")).contains("optional"))
                // Keys for signatures, which rpm keeps among its packages.
                .filter(row -> !"gpg-pubkey".equals(row.get("name")))
                .map(row -> String.join(
                        " ",
                        row.get("ecosystem"),
                        row.get("name"),
                        row.get("version"),
                        "from",
                        row.get("source_name"),
                        "deb".equals(row.get("ecosystem")) ? row.get("source_version") : "",
                        "in",
                        row.get("layer_index")))
                .toList();
        List<String> found = report.inventory().packages().stream()
                .filter(entry -> entry.removedInLayer() == null
                        && TYPES.contains(entry.value().type()))
                .map(CorpusTest::shown)
                .toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String shown(InventoryPackage entry) {
        Package value = entry.value();
        SourcePackage source = value.source();
        return String.join(
                " ",
                value.type(),
                value.name(),
                value.version(),
                "from",
                source == null ? "" : source.name(),
                source == null || !value.type().equals("deb") ? "" : source.version(),
                "in",
                String.valueOf(entry.layer()));
    }

    @TestFactory
    Stream<DynamicTest> nothingHostileIsTakenForWhole() throws IOException {
        List<String> names = Shared.names("images/hostile");
        if (!names.contains("expected.tsv")) {
            return Stream.of(dynamicTest(names.getFirst(), () -> Shared.require("images/hostile/expected.tsv")));
        }
        Path folder = Shared.require("images/hostile");
        return rows(folder.resolve("expected.tsv")).stream()
                .filter(row -> row.getOrDefault("kind", "").matches("(image|SBOM).*"))
                .map(row -> dynamicTest(String.valueOf(row.get("file")), () -> hostile(folder, row)));
    }

    private static void hostile(Path folder, Map<String, String> row) {
        String file = row.getOrDefault("file", "");
        // What is damaged in the others are packages of languages, which this version does not look for.
        boolean ours = !file.matches("(jar|npm|python|go)-.*");
        boolean damaged = file.equals("tar-bad-checksum.tar")
                || (ours && row.getOrDefault("right_behaviour", "").matches(DAMAGED));
        String expected = row.getOrDefault("expected_packages", "");
        String scheme = row.getOrDefault("kind", "").startsWith("SBOM") ? "sbom:" : "";
        Duration bound = Duration.ofSeconds(Long.parseLong(row.getOrDefault("max_seconds", "10")));
        Report report = Assertions.assertTimeoutPreemptively(
                bound.multipliedBy(2), () -> reportOrNull(folder.resolve(file), scheme));
        if (report == null) {
            assertThat(expected + damaged).as("refused").containsAnyOf("error", "true");
            return;
        }
        assertThat(report.verdict().result()).isEqualTo(Verdict.Result.UNKNOWN);
        if (damaged || expected.equals("error")) {
            assertThat(report.inventory().problems()).isNotEmpty();
            assertThat(report.verdict().complete()).isFalse();
        } else if (expected.startsWith("deb bash")) {
            assertThat(report.inventory().packages())
                    .extracting(entry -> entry.value().name())
                    .contains("bash");
        }
    }

    private static @Nullable Report reportOrNull(Path file, String scheme) throws IOException, InterruptedException {
        try {
            return scan(file, scheme);
        } catch (LimpidException e) {
            assertThat(e.what()).isNotEmpty();
            return null;
        }
    }
}
