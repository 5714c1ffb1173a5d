package io.limpid.detect.distro;

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
 * What the files of an image say of its distribution.
 *
 * <p>Each file speaks for itself, with a rank; which of them is believed is decided when those of all layers are known.
 */
public final class DistroDetector implements Detector {
    private static final String ETC_OS_RELEASE = "etc/os-release";
    private static final String USR_OS_RELEASE = "usr/lib/os-release";
    private static final String OS_RELEASE = "os-release";
    private static final String LSB_RELEASE = "etc/lsb-release";
    private static final String ALPINE_RELEASE = "etc/alpine-release";
    private static final String DEBIAN_VERSION = "etc/debian_version";
    private static final String APT_SOURCES = "etc/apt/sources.list";
    private static final String OPENWRT_RELEASE = "etc/openwrt_release";
    private static final String SUSE_RELEASE = "etc/SuSE-release";
    private static final String REDHAT_RELEASE = "etc/redhat-release";
    private static final String SYSTEM_RELEASE = "etc/system-release";
    private static final List<Wanted> WANTS = List.of(
            Wanted.file(ETC_OS_RELEASE).readAs(OS_RELEASE),
            Wanted.file(USR_OS_RELEASE).readAs(OS_RELEASE),
            Wanted.file(LSB_RELEASE),
            Wanted.file(ALPINE_RELEASE),
            Wanted.file(DEBIAN_VERSION),
            Wanted.file(APT_SOURCES),
            Wanted.file(APT_SOURCES + ".d/*"),
            Wanted.file(OPENWRT_RELEASE),
            Wanted.file(SUSE_RELEASE),
            Wanted.file("etc/almalinux-release"),
            Wanted.file("etc/azurelinux-release"),
            Wanted.file("etc/centos-release"),
            Wanted.file("etc/enterprise-release"),
            Wanted.file("etc/fedora-release"),
            Wanted.file("etc/mariner-release"),
            Wanted.file("etc/oracle-release"),
            Wanted.file("etc/photon-release"),
            Wanted.file("etc/rocky-release"),
            Wanted.file(REDHAT_RELEASE),
            Wanted.file(SYSTEM_RELEASE));

    private final Limits limits;

    public DistroDetector(Limits limits) {
        this.limits = limits;
    }

    @Override
    public DetectorId id() {
        return new DetectorId("distro", 4);
    }

    @Override
    public List<Wanted> wants() {
        return WANTS;
    }

    @Override
    public List<Detection> detect(LayerFiles files) {
        return MatchingFiles.of(files, WANTS).stream().map(this::read).toList();
    }

    private Detection read(LayerFile file) {
        return switch (file.path()) {
            case ETC_OS_RELEASE -> OsRelease.read(file, Ranks.ETC_OS_RELEASE, limits);
            case USR_OS_RELEASE -> OsRelease.read(file, Ranks.USR_OS_RELEASE, limits);
            case LSB_RELEASE -> LsbRelease.read(file, Ranks.LSB_RELEASE, limits);
            case ALPINE_RELEASE -> VersionFile.alpine(file);
            case DEBIAN_VERSION -> VersionFile.debian(file);
            case OPENWRT_RELEASE -> LsbRelease.read(file, Ranks.OWN_RELEASE, limits);
            case REDHAT_RELEASE, SYSTEM_RELEASE -> ReleaseLine.read(file, Ranks.SHARED_RELEASE);
            default ->
                file.path().startsWith(APT_SOURCES)
                        ? AptSources.read(file, limits)
                        : ReleaseLine.read(file, Ranks.OWN_RELEASE);
        };
    }
}
