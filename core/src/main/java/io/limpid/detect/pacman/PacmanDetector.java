package io.limpid.detect.pacman;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.MatchingFiles;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.util.List;

/** The packages that pacman has installed: a folder each in its local database, with a file {@code desc} (alpm-db-desc). */
public final class PacmanDetector implements Detector {
    private static final String DATABASE = "var/lib/pacman/local";
    private static final List<Wanted> WANTS =
            List.of(Wanted.file(DATABASE + "/*/desc").packageOf(DATABASE));

    private final Limits limits;

    public PacmanDetector(Limits limits) {
        this.limits = limits;
    }

    @Override
    public DetectorId id() {
        return new DetectorId("pacman", 1);
    }

    @Override
    public List<Wanted> wants() {
        return WANTS;
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        return MatchingFiles.of(files, WANTS).stream()
                .map(file -> DescFile.read(file, limits))
                .toList();
    }
}
