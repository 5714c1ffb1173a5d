package io.limpid.detect.distro;

import io.limpid.detect.DetectorCases;
import io.limpid.inventory.DistroChoice;
import io.limpid.model.Detection;
import io.limpid.model.Distro;
import io.limpid.model.DistroClue;
import io.limpid.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which distribution the files of each case are of, all of them together. */
class DistroCasesTest {

    @Test
    void chosen() {
        DistroDetector detector = new DistroDetector(DetectorCases.SMALL);
        StringBuilder text = new StringBuilder();
        for (Path folder : DetectorCases.of(detector)) {
            List<DistroClue> clues = detector.detect(DetectorCases.files(folder)).stream()
                    .map(Detection::clues)
                    .flatMap(List::stream)
                    .toList();
            Distro distro = DistroChoice.choose(clues);
            text.append(folder.getFileName()).append(": ");
            text.append(distro == null ? "not known" : shown(distro)).append('\n');
        }
        Golden.check("io/limpid/detect/distro/chosen.txt", text.toString());
    }

    private static String shown(Distro distro) {
        return distro.namespace() + " (" + distro.id() + ", " + distro.versionId() + ", " + distro.codename() + ")";
    }
}
