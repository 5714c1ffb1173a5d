package io.limpid.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.detect.Detector;
import io.limpid.detect.Detectors;
import io.limpid.facts.FactsInMemory;
import io.limpid.facts.FactsStore;
import io.limpid.facts.LayerScan;
import io.limpid.image.ArchiveSource;
import io.limpid.image.ImageSource;
import io.limpid.layer.LayerReader;
import io.limpid.match.AdvisoryList;
import io.limpid.match.Matcher;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Limits;
import io.limpid.model.Origin;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.JournalDetector;
import io.limpid.testing.RpmHeader;
import io.limpid.testing.SqliteMaker;
import io.limpid.testing.StreamedSource;
import io.limpid.testing.TarMaker;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Images of one to a few layers, and what is in them: each case is a file that says both, what is right first. */
class LayeringTest {
    private static final Limits LIMITS = Limits.DEFAULT;
    private static final VerdictPolicy POLICY = new VerdictPolicy(Instant.EPOCH, VerdictPolicy.DEFAULT_MAX_AGE, false);

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> cases() throws IOException, URISyntaxException {
        Path cases = Path.of(Objects.requireNonNull(LayeringTest.class.getResource("layering"))
                .toURI());
        try (Stream<Path> files = Files.list(cases)) {
            return files.sorted().toList().stream()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> check(Files.readString(file))));
        }
    }

    private void check(String text) throws IOException, InterruptedException {
        List<String> expected = new ArrayList<>();
        ImageMaker image = new ImageMaker();
        TarMaker layer = null;
        for (String line :
                text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
            if (line.startsWith("right: ")) {
                expected.add(line.substring("right: ".length()));
            } else if (line.equals("layer")) {
                if (layer != null) {
                    image.layer(padded(layer));
                }
                layer = new TarMaker();
            } else {
                entry(Objects.requireNonNull(layer), line.strip());
            }
        }
        image.layer(padded(Objects.requireNonNull(layer)));
        Path file = Files.write(folder.resolve("image.tar"), image.dockerArchive("case:1"));
        FactsInMemory store = new FactsInMemory();
        List<String> found = found(file, store);
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(found(file, FactsStore.NONE)).isEqualTo(found);
        // Nothing is read a second time.
        store.requireNothingNew();
        assertThat(found(file, store)).isEqualTo(found);
        checkStreamed(file, found);
    }

    /** What passes by is sent again where the fold asks for more than was looked for, and in the next scan not even then. */
    private static void checkStreamed(Path file, List<String> found) throws IOException, InterruptedException {
        FactsInMemory store = new FactsInMemory();
        assertThat(found(new StreamedSource(), file, FactsStore.NONE)).isEqualTo(found);
        assertThat(found(new StreamedSource(), file, store)).isEqualTo(found);
        StreamedSource again = new StreamedSource();
        assertThat(found(again, file, store)).isEqualTo(found);
        assertThat(again.sent()).isOne();
    }

    /** So large that whoever reads it out of a stream does not just keep it. */
    private static byte[] padded(TarMaker layer) {
        return layer.file("padding", new byte[1 << 17]).bytes();
    }

    private static void entry(TarMaker layer, String line) {
        String[] word = line.split(" +", 3);
        String path = word.length > 1 ? word[1] : "";
        String rest = word.length > 2 ? word[2] : "";
        switch (word[0]) {
            case "dpkg" -> layer.file(path, dpkg(rest));
            case "apk" -> layer.file(path, apk(rest));
            case "rpm" -> layer.file(path, SqliteMaker.file(headers(rest)));
            case "log" -> layer.file(path, SqliteMaker.log(ByteOrder.BIG_ENDIAN, List.of(headers(rest))));
            case "text" -> layer.file(path, rest.replace("\\n", "\n"));
            case "link" -> layer.symbolicLink(path, rest);
            case "hard" -> layer.hardLink(path, rest);
            case "deep" -> layer.symbolicLink(path, "a/".repeat(Integer.parseInt(rest)) + "a");
            case "folder" -> layer.directory(path);
            case "fifo" -> layer.fifo(path);
            case "whiteout" -> layer.whiteout(path);
            case "opaque" -> layer.opaque(path);
            default -> throw new IllegalArgumentException("no such entry: " + line);
        }
    }

    private static List<byte[]> headers(String packages) {
        return Stream.of(packages.split(" ", -1)).map(RpmHeader::of).toList();
    }

    private static String dpkg(String packages) {
        StringBuilder status = new StringBuilder();
        for (String one : packages.split(" ", -1)) {
            String[] part = one.split("=", 2);
            status.append("Package: ")
                    .append(part[0])
                    .append("\nStatus: install ok installed\nVersion: ")
                    .append(part[1])
                    .append("\n\n");
        }
        return status.toString();
    }

    private static String apk(String packages) {
        StringBuilder installed = new StringBuilder();
        for (String one : packages.split(" ", -1)) {
            String[] part = one.split("=", 2);
            installed
                    .append("P:")
                    .append(part[0])
                    .append("\nV:")
                    .append(part[1])
                    .append("\n\n");
        }
        return installed.toString();
    }

    private static List<String> found(Path file, FactsStore store) throws IOException, InterruptedException {
        return found(new ArchiveSource(), file, store);
    }

    private static List<String> found(ImageSource source, Path file, FactsStore store)
            throws IOException, InterruptedException {
        List<Detector> detectors = new ArrayList<>(Detectors.all(LIMITS));
        detectors.add(new JournalDetector());
        // As if the file were not new.
        InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(1));
        LayerScan layers = new LayerScan(new LayerReader(LIMITS, false), detectors, store, "", later, 1);
        Report report = new Scan(
                        new Targets(List.of(source), LIMITS),
                        layers,
                        new Matcher(VersionSchemes.all()),
                        AdvisoryList.EMPTY,
                        POLICY,
                        LIMITS)
                .scan(new ScanRequest(file.toString(), null, null));
        List<String> found = new ArrayList<>();
        report.inventory().packages().forEach(entry -> found.add(shown(entry)));
        report.inventory().problems().forEach(problem -> found.add(shown(problem)));
        Origin origin = report.inventory().origin();
        if (!origin.equals(Origin.UNKNOWN)) {
            found.add("origin " + origin.products() + origin.contentSets() + origin.moduleStreams()
                    + origin.builds().stream()
                            .map(one -> one.name() + "-" + one.version() + "-" + one.release())
                            .toList());
        }
        if (report.inventory().distro() != null) {
            found.add("distro " + report.inventory().distro().namespace());
        }
        assertThat(report.verdict().complete())
                .isEqualTo(report.inventory().problems().isEmpty());
        return found;
    }

    private static String shown(InventoryPackage entry) {
        String removed = entry.removedInLayer() == null ? "" : " removed in " + entry.removedInLayer();
        String repository = entry.repository() == null ? "" : " of " + entry.repository();
        String document = entry.value().isOfDocument() ? " by " + entry.purl() : "";
        return entry.value().name() + "=" + entry.value().version() + " since " + entry.layer() + removed + repository
                + document;
    }

    private static String shown(Problem problem) {
        return "problem in " + problem.layer() + " at " + problem.path();
    }
}
