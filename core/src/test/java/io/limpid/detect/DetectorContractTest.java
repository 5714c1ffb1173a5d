package io.limpid.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every detector keeps, whatever the bytes: it never throws, answers for each file once, in bounds, and always the same. */
class DetectorContractTest {
    private static final Limits LIMITS = DetectorCases.SMALL;
    private static final int SMALL_FILE = 4_000;
    private static final int BIG = 4 << 20;
    private static final List<String> REPEATED = List.of(
            "\0",
            "\n",
            " ",
            " \n",
            ":",
            "=",
            "/",
            "(",
            "'",
            "\"",
            "\\",
            "x",
            "\u00e9",
            "P:a\n",
            "P:a\nV:1\n\n",
            "Package: a\nStatus: install ok installed\nVersion: 1\n\n",
            "Package: a\n",
            " a\n",
            "ID=x\n",
            "[\n",
            "[nevras]\n\"a-1-1.x\" = {from_repo=\"r\"}\n",
            "a = {b=[\n",
            "LABEL a=\\\n",
            "ID=\"\n",
            "deb http://deb.debian.org/debian sid main\n",
            "Types: deb\nURIs: http://a/debian/////\nSuites: a b\nComponents: main\n\n");

    @TestFactory
    Stream<DynamicTest> contract() {
        return Detectors.all(LIMITS).stream()
                .flatMap(detector -> Stream.of(
                        dynamicTest(
                                name(detector, "no file"),
                                () -> assertThat(detector.detect(LayerFiles.of(List.of())))
                                        .isEmpty()),
                        dynamicTest(name(detector, "odd bytes"), () -> oddBytes(detector)),
                        dynamicTest(name(detector, "odd paths"), () -> oddPaths(detector)),
                        dynamicTest(name(detector, "cut anywhere"), () -> cutAnywhere(detector)),
                        dynamicTest(name(detector, "changed anywhere"), () -> changedAnywhere(detector)),
                        dynamicTest(name(detector, "big"), () -> big(detector))));
    }

    @Test
    void detectorsAreSortedAndNamedAfterTheirFolders() {
        List<Detector> all = Detectors.all(LIMITS);
        assertThat(all).extracting(detector -> detector.id().name()).isSorted().doesNotHaveDuplicates();
        assertThat(all)
                .allSatisfy(detector -> assertThat(detector.getClass().getPackageName())
                        .isEqualTo("io.limpid.detect." + detector.id().name()));
        assertThat(all)
                .isSortedAccordingTo(
                        Comparator.comparing(detector -> detector.id().name()));
    }

    private static String name(Detector detector, String what) {
        return detector.id().name() + ": " + what;
    }

    private static void oddBytes(Detector detector) {
        Random random = new Random(1);
        byte[] noise = new byte[2_000];
        for (String path : paths(detector)) {
            check(detector, path, new byte[0]);
            check(detector, path, new byte[300]);
            for (int i = 0; i < 50; i++) {
                random.nextBytes(noise);
                check(detector, path, noise.clone());
            }
        }
    }

    private static void oddPaths(Detector detector) {
        for (String path : paths(detector)) {
            for (String odd : List.of(path + "/", "/" + path, "./" + path, path + "/x", "x/" + path, path + "\0", "")) {
                List<Detection> detections = detect(detector, odd, "Package: a\nVersion: 1\n".getBytes(UTF_8));
                boolean isNamed = detector.wants().stream().anyMatch(wanted -> isNamed(wanted, odd));
                assertThat(detections).hasSize(isNamed ? 1 : 0);
            }
        }
    }

    private static void cutAnywhere(Detector detector) {
        for (LayerFile file : smallFiles(detector)) {
            for (int length = 0; length < file.content().length; length++) {
                check(detector, file.path(), Arrays.copyOf(file.content(), length));
            }
        }
    }

    private static void changedAnywhere(Detector detector) {
        Random random = new Random(2);
        for (LayerFile file : smallFiles(detector)) {
            for (int i = 0; i < 200 && file.content().length > 0; i++) {
                byte[] changed = file.content().clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                check(detector, file.path(), changed);
            }
        }
    }

    private static void big(Detector detector) {
        // One pass over so few bytes takes no time; anything quadratic would take hours.
        for (String path : paths(detector).stream().limit(8).toList()) {
            for (String part : REPEATED) {
                byte[] bytes = part.repeat(BIG / 8 / part.length()).getBytes(UTF_8);
                assertTimeout(Duration.ofSeconds(20), () -> check(detector, path, bytes));
            }
        }
        for (String field : List.of("Package: ", "Description: ", "P:", "T:", "ID=", "deb ", "URIs: ", "")) {
            byte[] bytes = (field + "a".repeat(BIG) + "\n\n").getBytes(UTF_8);
            assertTimeout(
                    Duration.ofSeconds(20),
                    () -> check(detector, paths(detector).getFirst(), bytes));
        }
    }

    private static void check(Detector detector, String path, byte[] content) {
        List<Detection> detections = detect(detector, path, content);
        assertThat(detections).hasSize(1);
        Detection detection = detections.getFirst();
        assertThat(detection.path()).isEqualTo(path);
        assertThat(detection.problems()).hasSizeLessThanOrEqualTo(LIMITS.problems() + 1);
        assertThat(detection.problems()).allMatch(problem -> path.equals(problem.path()) && problem.layer() == null);
        if (detection.packages().size() < 10) {
            assertThat(detection.packages())
                    .allMatch(found -> found.name().length() <= LIMITS.lineBytes()
                            && found.version().length() <= LIMITS.lineBytes());
        }
        assertThat(detect(detector, path, content).equals(detections)).isTrue();
    }

    private static List<Detection> detect(Detector detector, String path, byte[] content) {
        return detector.detect(LayerFiles.of(List.of(new LayerFile(path, content))));
    }

    private static boolean isNamed(Wanted wanted, String path) {
        return MatchingFiles.names(wanted.pattern(), path);
    }

    private static List<String> paths(Detector detector) {
        List<String> paths = new ArrayList<>();
        for (Wanted wanted : detector.wants()) {
            String pattern = wanted.pattern().toString();
            paths.add(pattern.replace("*", "0001"));
            if (pattern.contains("*")) {
                paths.add(pattern.replace("*", "x.sources"));
                paths.add(pattern.replace("*", "x.list"));
            }
        }
        return paths;
    }

    private static List<LayerFile> smallFiles(Detector detector) {
        return DetectorCases.of(detector).stream()
                .flatMap(folder -> MatchingFiles.of(DetectorCases.files(folder), detector.wants()).stream())
                .filter(file -> file.content().length < SMALL_FILE)
                .toList();
    }
}
