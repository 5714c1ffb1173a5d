package io.limpid.server.clair.detect;

import io.limpid.detect.DetectorCases;
import io.limpid.detect.distro.DistroDetector;
import io.limpid.inventory.DistroChoice;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.Limits;
import io.limpid.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of which releases the names are that Clair's detectors give: over the files of distributions that a scan is tested with. */
class ReleasesOfNamespacesTest {
    private static final Path CASES = Path.of("../core/src/test/resources/io/limpid/detect/distro/cases");

    @Test
    void theReleaseOfAScanIsOneOfThem() throws IOException {
        ClairDetectors clair = ClairDetectors.v1(Limits.DEFAULT);
        DistroDetector scan = new DistroDetector(Limits.DEFAULT);
        StringBuilder text = new StringBuilder();
        for (Path folder : folders()) {
            LayerFiles files = DetectorCases.files(folder);
            Optional<String> namespace = clair.detect(files).namespace().map(found -> found.name());
            Distro distro = DistroChoice.choose(scan.detect(files).stream()
                    .map(Detection::clues)
                    .flatMap(List::stream)
                    .toList());
            if (namespace.isPresent()) {
                text.append(folder.getFileName())
                        .append(": ")
                        .append(namespace.get())
                        .append(" is of ")
                        .append(Distros.ofClair(namespace.get()))
                        .append(", a scan says ")
                        .append(distro == null ? "nothing" : distro.namespace())
                        .append('\n');
            }
        }
        Golden.check("io/limpid/server/clair/detect/releases.txt", text.toString());
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.sorted().toList();
        }
    }
}
