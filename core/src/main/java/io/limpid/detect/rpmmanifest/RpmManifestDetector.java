package io.limpid.detect.rpmmanifest;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.MatchingFiles;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.util.List;

/**
 * The rpm packages of distroless images of Azure Linux and Mariner, which have two lists of them in place of the database.
 *
 * <p>The first list has neither epochs nor sources, so only the second is read. Where it is missing that is a problem.
 */
public final class RpmManifestDetector implements Detector {
    private static final String FOLDER = "var/lib/rpmmanifest/";
    private static final String READ = FOLDER + "container-manifest-2";
    private static final List<Wanted> WANTS = List.of(Wanted.file(FOLDER + "container-manifest-*"));

    private final Limits limits;

    public RpmManifestDetector(Limits limits) {
        this.limits = limits;
    }

    @Override
    public DetectorId id() {
        return new DetectorId("rpmmanifest", 1);
    }

    @Override
    public List<Wanted> wants() {
        return WANTS;
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        boolean isComplete = files.all().stream().anyMatch(file -> file.path().equals(READ));
        return MatchingFiles.of(files, WANTS).stream()
                .map(file -> read(file, isComplete))
                .toList();
    }

    private Detection read(LayerFile file, boolean isComplete) {
        if (file.path().equals(READ)) {
            return ManifestFile.read(file, limits);
        }
        return isComplete
                ? Detection.nothing(file.path())
                : Detection.unreadable(
                        file.path(),
                        "a list of rpm packages without the container-manifest-2 that belongs beside it: it is not"
                                + " read, for it may lack epochs and sources, and its packages are missing from the"
                                + " list");
    }
}
