package io.limpid.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.detect.Detectors;
import io.limpid.facts.LayerScan;
import io.limpid.image.ArchiveSource;
import io.limpid.image.ImageSource;
import io.limpid.layer.LayerReader;
import io.limpid.match.AdvisoryList;
import io.limpid.match.Matcher;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.Shared;
import io.limpid.testing.StreamedSource;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Archives that pass by give the reports of those that are kept. */
class StreamedScanTest {
    private static final Limits LIMITS = Limits.DEFAULT;

    /** What is said of an image, or of why there is none. */
    private static String outcome(ImageSource source, Path file) throws IOException, InterruptedException {
        // All digests of a stream are computed.
        LayerScan layers = new LayerScan(new LayerReader(LIMITS, true), Detectors.all(LIMITS));
        try {
            return new Scan(
                            new Targets(List.of(source), LIMITS),
                            layers,
                            new Matcher(VersionSchemes.all()),
                            AdvisoryList.EMPTY,
                            new VerdictPolicy(Instant.EPOCH, VerdictPolicy.DEFAULT_MAX_AGE, false),
                            LIMITS)
                    .scan(new ScanRequest(file.toString(), null, null))
                    .toString();
        } catch (LimpidException e) {
            return e.code() + " " + e.getMessage();
        }
    }

    /** Damage and malice too; what is wrong with a whole archive may be told in other words. */
    @TestFactory
    Stream<DynamicTest> everyHostileImage() throws IOException {
        return Shared.names("images/hostile").stream()
                .filter(name -> name.contains(".tar"))
                .map(name -> dynamicTest(name, () -> {
                    Path file = Shared.require("images/hostile/" + name);
                    assertThat(firstWord(outcome(new StreamedSource(), file)))
                            .isEqualTo(firstWord(outcome(new ArchiveSource(), file)));
                }));
    }

    private static String firstWord(String outcome) {
        return outcome.startsWith("Report[") ? outcome : outcome.split(" ", 2)[0];
    }

    @TestFactory
    Stream<DynamicTest> everyImage() throws IOException {
        return Shared.names("images/images").stream()
                .map(name -> dynamicTest(name, () -> {
                    Path file = Shared.require("images/images/" + name);
                    StreamedSource streamed = new StreamedSource();
                    assertThat(outcome(streamed, file)).isEqualTo(outcome(new ArchiveSource(), file));
                    assertThat(streamed.sent()).isBetween(1, 2);
                }));
    }
}
