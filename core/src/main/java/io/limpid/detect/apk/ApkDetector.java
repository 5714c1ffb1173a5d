package io.limpid.detect.apk;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.MatchingFiles;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.util.List;

/** The packages that apk has installed, out of its one database. */
public final class ApkDetector implements Detector {
    private static final List<Wanted> WANTS =
            List.of(installed("lib/apk/db/installed"), installed("usr/lib/apk/db/installed"));

    private final Limits limits;

    public ApkDetector(Limits limits) {
        this.limits = limits;
    }

    @Override
    public DetectorId id() {
        return new DetectorId("apk", 2);
    }

    @Override
    public List<Wanted> wants() {
        return WANTS;
    }

    private static Wanted installed(String path) {
        return Wanted.file(path).readAs("installed");
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        return MatchingFiles.of(files, WANTS).stream()
                .map(file -> InstalledFile.read(file, limits))
                .toList();
    }
}
