package io.limpid.detect.distro;

import io.limpid.detect.ProblemList;
import io.limpid.layer.LayerFile;
import io.limpid.model.Detection;
import io.limpid.model.DistroClue;
import io.limpid.model.Distros;
import io.limpid.model.Limits;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads lsb-release and openwrt_release, which have os-release's form and other keys; they tell nothing where os-release is there. */
final class LsbRelease {
    private static final List<String> KEYS = List.of("DISTRIB_ID", "DISTRIB_RELEASE", "DISTRIB_CODENAME");

    private LsbRelease() {}

    static Detection read(LayerFile file, int rank, Limits limits) {
        ProblemList problems = new ProblemList(file.path(), limits.problems());
        Map<String, String> values = Assignments.read(file.content(), KEYS, limits.lineBytes(), problems);
        // It writes Ubuntu where os-release writes ubuntu.
        String id = values.getOrDefault("DISTRIB_ID", "").toLowerCase(Locale.ROOT);
        String release = values.getOrDefault("DISTRIB_RELEASE", "");
        String codename = values.getOrDefault("DISTRIB_CODENAME", "");
        if (!Words.isLower(id)) {
            return new Detection(file.path(), List.of(), List.of(), problems.toList());
        }
        DistroClue clue = new DistroClue(
                rank,
                id,
                // Rolling ones write "rolling" here, and no VERSION_ID in os-release.
                Words.isNumbered(release) ? Distros.versionId(id, release) : null,
                Words.isLower(codename) ? codename : null);
        return new Detection(file.path(), List.of(), List.of(clue), problems.toList());
    }
}
