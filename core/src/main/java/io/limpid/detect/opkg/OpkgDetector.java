package io.limpid.detect.opkg;

import io.limpid.detect.Detector;
import io.limpid.detect.DetectorId;
import io.limpid.detect.MatchingFiles;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.util.List;

/** The packages that opkg has installed, out of its status file: OpenWrt's and Yocto's place. */
public final class OpkgDetector implements Detector {
    private static final List<Wanted> WANTS = List.of(
            Wanted.file("usr/lib/opkg/status").readAs("status"),
            Wanted.file("var/lib/opkg/status").readAs("status"));

    private final Limits limits;

    public OpkgDetector(Limits limits) {
        this.limits = limits;
    }

    @Override
    public DetectorId id() {
        return new DetectorId("opkg", 1);
    }

    @Override
    public List<Wanted> wants() {
        return WANTS;
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        return MatchingFiles.of(files, WANTS).stream()
                .map(file -> OpkgStatus.read(file, limits))
                .toList();
    }
}
