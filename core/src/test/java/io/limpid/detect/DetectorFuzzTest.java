package io.limpid.detect;

import com.code_intelligence.jazzer.junit.FuzzTest;
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
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.testing.NdbMaker;
import io.limpid.testing.RpmHeader;
import io.limpid.testing.SqliteMaker;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fuzz targets of the readers; {@code bench/fuzz DetectorFuzzTest.dpkg} searches, a plain run of the tests does not.
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
    void opkg(byte[] content) {
        check(new OpkgDetector(DetectorCases.SMALL), content, "usr/lib/opkg/status");
    }

    @FuzzTest(maxDuration = "5m")
    void pacman(byte[] content) {
        check(new PacmanDetector(DetectorCases.SMALL), content, "var/lib/pacman/local/bash-5.1-1/desc");
    }

    @FuzzTest(maxDuration = "5m")
    void rpmManifest(byte[] content) {
        check(new RpmManifestDetector(DetectorCases.SMALL), content, "var/lib/rpmmanifest/container-manifest-2");
    }

    @FuzzTest(maxDuration = "5m")
    void sbom(byte[] content) {
        check(
                new SbomDetector(DetectorCases.SMALL),
                content,
                "opt/bitnami/x/.spdx-x.spdx",
                "var/lib/db/sbom/x.spdx.json",
                "x.cdx.json");
    }

    @FuzzTest(maxDuration = "5m")
    void dnf(byte[] content) {
        check(
                new DnfDetector(DetectorCases.SMALL),
                content,
                "var/lib/dnf/history.sqlite",
                "etc/dnf/modules.d/x.module",
                "usr/lib/sysimage/libdnf5/nevras.toml",
                "usr/lib/sysimage/libdnf5/modules.toml");
    }

    @FuzzTest(maxDuration = "5m")
    void redhat(byte[] content) {
        check(
                new RedhatDetector(DetectorCases.SMALL),
                content,
                "root/buildinfo/Dockerfile-a-1-2",
                "root/buildinfo/content_manifests/x.json",
                "usr/share/buildinfo/labels.json");
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

    @FuzzTest(maxDuration = "5m")
    void rpmBerkeleyDb(byte[] content) {
        check(new RpmDetector(DetectorCases.SMALL), content, "var/lib/rpm/Packages");
    }

    @FuzzTest(maxDuration = "5m")
    void rpmNdb(byte[] content) {
        check(new RpmDetector(DetectorCases.SMALL), content, "usr/lib/sysimage/rpm/Packages.db");
    }

    /** The log lies behind the database, whose three pages may be any. */
    @FuzzTest(maxDuration = "5m")
    void rpmSqlite(byte[] content) {
        int cut = Math.min(content.length, 3 * SqliteMaker.PAGE);
        String path = "var/lib/rpm/rpmdb.sqlite";
        List<LayerFile> files = List.of(
                new LayerFile(path, Arrays.copyOf(content, cut)),
                new LayerFile(path + "-wal", Arrays.copyOfRange(content, cut, content.length)));
        check(new RpmDetector(DetectorCases.SMALL).detect(LayerFiles.of(files)), path);
    }

    /** Any bytes as the log of a sound database. */
    @FuzzTest(maxDuration = "5m")
    void rpmSqliteLog(byte[] content) {
        String path = "var/lib/rpm/rpmdb.sqlite";
        List<LayerFile> files = List.of(
                new LayerFile(path, SqliteMaker.file(List.of(RpmHeader.of("bash=5.1-2")))),
                new LayerFile(path + "-wal", content));
        check(new RpmDetector(DetectorCases.SMALL).detect(LayerFiles.of(files)), path);
    }

    /** Any bytes as the rollback journal of a sound database. */
    @FuzzTest(maxDuration = "5m")
    void rpmSqliteJournal(byte[] content) {
        String path = "var/lib/rpm/rpmdb.sqlite";
        List<LayerFile> files = List.of(
                new LayerFile(path, SqliteMaker.file(List.of(RpmHeader.of("bash=5.1-2")))),
                new LayerFile(path + "-journal", content));
        check(new RpmDetector(DetectorCases.SMALL).detect(LayerFiles.of(files)), path);
    }

    /** Any bytes as the one record of a sound database. */
    @FuzzTest(maxDuration = "5m")
    void rpmHeader(byte[] content) {
        check(new RpmDetector(DetectorCases.SMALL), NdbMaker.file(List.of(content)), "usr/share/rpm/Packages.db");
    }

    private static void check(Detector detector, byte[] content, String... paths) {
        List<LayerFile> files =
                Stream.of(paths).map(path -> new LayerFile(path, content)).toList();
        check(detector.detect(LayerFiles.of(files)), paths);
    }

    private static void check(List<Detection> detections, String... paths) {
        boolean isAnswered = detections.stream().map(Detection::path).toList().equals(List.of(paths));
        boolean isBounded = detections.stream()
                .allMatch(detection -> detection.problems().size() <= DetectorCases.SMALL.problems() + 1);
        if (!isAnswered || !isBounded) {
            throw new AssertionError(detections.toString());
        }
    }
}
