package io.limpid.detect.dnf;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.MatchingFiles;
import io.limpid.detect.SqliteFiles;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.util.List;

/** What dnf, microdnf, dnf5 and yum remember: the repository of each package that they installed, and the enabled streams of modules. */
public final class DnfDetector implements Detector {
    private static final String HISTORY = "var/lib/dnf/history.sqlite";
    private static final String NEVRAS = "/nevras.toml";
    private static final String MODULES = "/modules.toml";
    private static final String FROM = "/from_repo";
    private static final String DNF5 = "usr/lib/sysimage/libdnf5";
    /** Where dnf5 had its files before version 5.1. */
    private static final String EARLY_DNF5 = "usr/lib/sysimage/dnf";

    private static final List<Wanted> WANTS = List.of(
            SqliteFiles.wanted(HISTORY),
            Wanted.file("etc/dnf/modules.d/*.module"),
            Wanted.file(DNF5 + NEVRAS),
            Wanted.file(DNF5 + MODULES),
            Wanted.file(EARLY_DNF5 + NEVRAS),
            Wanted.file(EARLY_DNF5 + MODULES),
            Wanted.file(YumState.FOLDER + "/*/*" + FROM).packageOf(YumState.FOLDER));

    private final Limits limits;

    public DnfDetector(Limits limits) {
        this.limits = limits;
    }

    @Override
    public DetectorId id() {
        return new DetectorId("dnf", 2);
    }

    @Override
    public List<Wanted> wants() {
        return WANTS;
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        return MatchingFiles.of(files, WANTS).stream()
                .map(file -> read(file, files))
                .toList();
    }

    private Detection read(LayerFile file, LayerFiles files) {
        String path = file.path();
        if (path.equals(HISTORY)) {
            return History.read(file, SqliteFiles.beside(file, files), limits);
        }
        if (path.endsWith(FROM)) {
            return YumState.fromRepository(file);
        }
        if (path.endsWith(NEVRAS)) {
            return StateFile.nevras(file, limits);
        }
        return path.endsWith(MODULES) ? StateFile.modules(file, limits) : StateFile.enabled(file, limits);
    }
}
