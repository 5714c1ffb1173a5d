package io.limpid.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.format.Printable;
import io.limpid.model.Detection;
import io.limpid.model.DistroClue;
import io.limpid.model.Limits;
import io.limpid.model.Package;
import io.limpid.model.SourcePackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What each detector finds in the files of its cases; {@code -Dgolden=write} rewrites what is expected. */
class DetectorCasesTest {
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    @TestFactory
    Stream<DynamicTest> cases() {
        return Detectors.all(Limits.DEFAULT).stream()
                .flatMap(detector -> DetectorCases.of(detector).stream()
                        .map(folder -> dynamicTest(
                                detector.id().name() + "/" + folder.getFileName(), () -> check(detector, folder))));
    }

    private static void check(Detector detector, Path folder) throws IOException {
        StringBuilder shown = new StringBuilder();
        detector.detect(DetectorCases.files(folder)).forEach(detection -> show(detection, shown));
        Path expected = folder.resolve("expected.txt");
        if (WRITE) {
            Files.writeString(expected, shown);
        }
        assertThat(shown).hasToString(Files.readString(expected));
    }

    private static void show(Detection detection, StringBuilder to) {
        to.append("== ").append(detection.path()).append('\n');
        for (Package found : detection.packages()) {
            SourcePackage source = found.source();
            assertThat(found.location()).isEqualTo(detection.path());
            line(
                    to,
                    "package",
                    List.of(
                            found.type(),
                            found.name(),
                            found.version(),
                            String.valueOf(found.arch()),
                            source == null ? "of no source" : "from " + source.name() + " " + source.version()));
            if (found.purl() != null) {
                line(to, "  as", List.of(found.purl()));
            }
        }
        detection.origins().forEach(clue -> line(to, "origin", List.of(Printable.of(clue.toString()))));
        for (DistroClue clue : detection.clues()) {
            line(
                    to,
                    "clue",
                    List.of(
                            String.valueOf(clue.rank()),
                            String.valueOf(clue.id()),
                            String.valueOf(clue.versionId()),
                            String.valueOf(clue.codename())));
        }
        detection.problems().forEach(problem -> line(to, "problem", List.of(Printable.of(problem.what()))));
    }

    private static void line(StringBuilder to, String kind, List<String> words) {
        to.append(kind).append(' ').append(String.join(" ", words)).append('\n');
    }
}
