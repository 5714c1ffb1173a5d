package io.limpid.detect;

import io.limpid.detect.apk.ApkDetector;
import io.limpid.detect.distro.DistroDetector;
import io.limpid.detect.dnf.DnfDetector;
import io.limpid.detect.dpkg.DpkgDetector;
import io.limpid.detect.opkg.OpkgDetector;
import io.limpid.detect.pacman.PacmanDetector;
import io.limpid.detect.redhat.RedhatDetector;
import io.limpid.detect.rpm.RpmDetector;
import io.limpid.detect.rpmmanifest.RpmManifestDetector;
import io.limpid.detect.sbom.SbomDetector;
import io.limpid.detect.unread.UnreadDatabaseDetector;
import io.limpid.model.Limits;
import java.util.List;

/** The list of detectors: the one line that a new detector adds. */
public final class Detectors {
    private Detectors() {}

    /** Every detector, in the order of their names. */
    public static List<Detector> all(Limits limits) {
        return List.of(
                new ApkDetector(limits),
                new DistroDetector(limits),
                new DnfDetector(limits),
                new DpkgDetector(limits),
                new OpkgDetector(limits),
                new PacmanDetector(limits),
                new RedhatDetector(limits),
                new RpmDetector(limits),
                new RpmManifestDetector(limits),
                new SbomDetector(limits),
                new UnreadDatabaseDetector());
    }
}
