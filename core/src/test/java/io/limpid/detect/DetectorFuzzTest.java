package io.limpid.detect;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.detect.apk.ApkDetector;
import io.limpid.detect.distro.DistroDetector;
import io.limpid.detect.dpkg.DpkgDetector;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fuzz targets of the readers; {@code JAZZER_FUZZ=1 mvn test -pl core -Dtest='DetectorFuzzTest#dpkg'} searches, a plain
 * run does not.
 */
class DetectorFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void dpkg(byte[] content) {
        check(new DpkgDetector(DetectorCases.SMALL), content, "var/lib/dpkg/status", "var/lib/dpkg/status.d/base");
    }

    @FuzzTest(maxDuration = "5m")
    void apk(byte[] content) {
        check(new ApkDetector(DetectorCases.SMALL), content, "lib/apk/db/installed");
    }

    @FuzzTest(maxDuration = "5m")
    void releaseFiles(byte[] content) {
        check(
                new DistroDetector(DetectorCases.SMALL),
                content,
                "etc/os-release",
                "etc/lsb-release",
                "etc/alpine-release",
                "etc/debian_version",
                "etc/openwrt_release",
                "etc/SuSE-release",
                "etc/centos-release",
                "etc/redhat-release");
    }

    @FuzzTest(maxDuration = "5m")
    void aptSources(byte[] content) {
        check(
                new DistroDetector(DetectorCases.SMALL),
                content,
                "etc/apt/sources.list",
                "etc/apt/sources.list.d/debian.sources");
    }

    private static void check(Detector detector, byte[] content, String... paths) {
        List<LayerFile> files =
                Stream.of(paths).map(path -> new LayerFile(path, content)).toList();
        List<Detection> detections = detector.detect(LayerFiles.of(files));
        boolean isAnswered = detections.stream().map(Detection::path).toList().equals(List.of(paths));
        boolean isBounded = detections.stream()
                .allMatch(detection -> detection.problems().size() <= DetectorCases.SMALL.problems() + 1);
        if (!isAnswered || !isBounded) {
            throw new AssertionError(detections.toString());
        }
    }
}
