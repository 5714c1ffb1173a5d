package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistrosTest {

    /** Columns: ID, VERSION_ID, VERSION_CODENAME; the namespace and the codename that come of them. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "debian, 12, bookworm, debian:12, bookworm",
                "debian, 12, -, debian:12, bookworm",
                "debian, 12.5, -, debian:12, -",
                "debian, -, forky, debian:14, forky",
                "debian, -, sid, debian:sid, sid",
                "debian, -, -, debian, -",
                "ubuntu, 22.04, -, ubuntu:22.04, jammy",
                "ubuntu, 22.04.3, -, ubuntu:22.04, -",
                "ubuntu, -, sid, ubuntu:sid, sid",
                "wolfi, 20230201, -, wolfi, -",
                "opensuse-tumbleweed, 20240101, -, opensuse-tumbleweed, -",
                "alpine, 3.18.9, -, alpine:3.18, -",
                "alpine, 3.18, -, alpine:3.18, -",
                "alpine, 3, -, alpine:3, -",
                "alpine, 3.20.0_rc1, -, alpine:3.20, -",
                "alpine, 3.20_rc2, -, alpine:3.20, -",
                "alpine, 3.21.0_alpha20240923, -, alpine:edge, -",
                "alpine, 3.19_alpha20230901, -, alpine:edge, -",
                "alpine, 20230901, -, alpine:edge, -",
                "alpine, 2023090, -, alpine:2023090, -",
                "alpine, edge, -, alpine:edge, -",
                "alpine, -, -, alpine, -",
                "somelinux, 1.2.3, -, somelinux:1.2.3, -",
            })
    void namespaces(String id, String versionId, String codename, String namespace, String name) {
        Distro distro = Distros.of(id, versionId, codename);
        assertThat(distro).isEqualTo(new Distro(id, versionId, name, namespace, distro.endOfLife()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "rhel, 8.6, -, rhel:8, -",
                "rhel, 10.0, -, rhel:10, -",
                "centos, 7, -, centos:7, -",
                "centos, 8, -, centos:8, -",
                "centos, 8, stream, centos-stream:8, stream",
                "centos, 9, -, centos-stream:9, stream",
                "centos, 10, stream, centos-stream:10, stream",
                "centos, -, stream, centos-stream, stream",
                "centos, -, -, centos, -",
                "centos, 99, -, centos:99, -",
                "almalinux, 10.0, -, almalinux:10, -",
                "almalinux, 10, kitten, almalinux-kitten:10, kitten",
                "rocky, 9.3, -, rocky:9, -",
                "ol, 8.9, -, ol:8, -",
                "fedora, 40, -, fedora:40, -",
                "fedora-modular, 26, -, fedora-modular:26, -",
                "amzn, 2018.03, -, amzn:2018.03, -",
                "amzn, 2016.09, -, amzn:2018.03, -",
                "amzn, 2018, -, amzn:2018.03, -",
                "amzn, 2, -, amzn:2, -",
                "amzn, 2022, -, amzn:2022, -",
                "amzn, 2023.6.20241212, -, amzn:2023, -",
                "sles, 15.3, -, sles:15.3, -",
                "sles, 15, -, sles:15, -",
                "opensuse-leap, 15.5, -, opensuse-leap:15.5, -",
                "opensuse, 42.3, -, opensuse:42.3, -",
                "photon, 4.0, -, photon:4.0, -",
                "mariner, 2.0.20240425, -, mariner:2.0, -",
                "azurelinux, 3.0, -, azurelinux:3.0, -",
                "arch, 20231112.0.191179, -, arch, -",
                "chainguard, 20230214, -, chainguard, -",
                "openwrt, 23.05.3, -, openwrt:23.05, -",
                "openwrt, snapshot, -, openwrt:snapshot, -",
            })
    void namespacesOfOthers(String id, String versionId, String codename, String namespace, String name) {
        namespaces(id, versionId, codename, namespace, name);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "debian, 11, -, 2026-08-31",
                "debian, 11.7, -, 2026-08-31",
                "debian, -, trixie, 2030-06-30",
                "debian, -, sid, -",
                "debian, 99, -, -",
                "ubuntu, 20.04.6, focal, 2025-05-29",
                "alpine, 3.9.6, -, 2020-11-01",
                "alpine, 3.22.0_rc1, -, 2027-05-01",
                "alpine, edge, -, -",
                "wolfi, 20230201, -, -",
                "centos, 8, -, 2021-12-31",
                "centos, 8, stream, 2024-05-31",
                "centos, 9, -, 2027-05-31",
                "rhel, 8.6, -, 2029-05-31",
                "amzn, 2017.09, -, 2023-12-31",
                "sles, 15.3, -, 2022-12-31",
                "sles, 15, -, 2019-12-31",
                "mariner, 2.0, -, 2025-07-31",
                "somelinux, 8, -, -",
            })
    void endOfLife(String id, String versionId, String codename, String day) {
        assertThat(Distros.of(id, versionId, codename).endOfLife()).isEqualTo(day);
    }

    @Test
    void releasesByTheirNames() {
        assertThat(Distros.ofRelease("bookworm")).isEqualTo(Distros.of("debian", "12", null));
        assertThat(Distros.ofRelease("jammy")).isEqualTo(Distros.of("ubuntu", "22.04", null));
        assertThat(Distros.ofRelease("sid")).isEqualTo(Distros.of("debian", null, "sid"));
        assertThat(Distros.ofRelease("unstable")).isEqualTo(Distros.ofRelease("sid"));
        assertThat(Distros.ofRelease("stream")).isNull();
        assertThat(Distros.ofRelease("testing")).isNull();
        assertThat(Distros.ofRelease("stable")).isNull();
        assertThat(Distros.ofRelease("")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"debian, 7, 14", "ubuntu, 12, 26"})
    void aReleaseIsFoundByNumberAndByName(String id, int first, int last) {
        for (int number = first; number <= last; number++) {
            for (String versionId : new String[] {"" + number, number + ".04", number + ".10"}) {
                String codename = Distros.of(id, versionId, null).codename();
                if (codename != null) {
                    Distro back = Objects.requireNonNull(Distros.ofRelease(codename));
                    assertThat(back).isEqualTo(Distros.of(id, versionId, codename));
                }
            }
        }
    }

    /** Columns: ID, VERSION_ID, codename; what Clair v1 has as the namespace of its advisories. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "debian, 12, -, debian:12",
                "debian, -, sid, debian:unstable",
                "debian, -, -, -",
                "ubuntu, 22.04.3, -, ubuntu:22.04",
                "alpine, 3.10.12, -, alpine:v3.10",
                "alpine, edge, -, -",
                "rhel, 7.9, -, centos:7",
                "centos, 7, -, centos:7",
                "centos, 8, stream, stream:8",
                "ol, 7.4, -, oracle:7",
                "fedora, 22, -, fedora:22",
                "amzn, 2, -, amzn:2",
                "sles, 15.3, -, -",
                "wolfi, 20230201, -, -",
                "somelinux, 1, -, -",
                "debian, '', -, -",
            })
    void clairNamespaces(String id, String versionId, String codename, String namespace) {
        assertThat(Distros.clairNamespace(Distros.of(id, versionId, codename))).isEqualTo(namespace);
    }

    /** Columns: a namespace of Clair v1; the releases that it may be of. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "debian:12, debian:12",
                "debian:8.11, debian:8",
                "debian:unstable, debian:sid",
                "debian:9 # x, -",
                "debian:, -",
                "debian, -",
                "ubuntu:22.04, ubuntu:22.04",
                "ubuntu:8, -",
                "alpine:v3.18, alpine:3.18",
                "alpine:3.18, alpine:3.18",
                "alpine:v3, -",
                "centos:7, centos:7 rhel:7",
                "centos:9, centos-stream:9 centos:9 rhel:9",
                "rhel:8.10, rhel:8",
                "enterprise:8, rhel:8",
                "computenode:7, rhel:7",
                "stream:8, centos-stream:8",
                "oracle:7, ol:7",
                "ol:8, ol:8",
                "fedora:22, fedora:22",
                "amzn:2, amzn:2",
                "amzn:2017.09, amzn:2018.03",
                "amzn:2023, amzn:2023",
                "amazon:2, amzn:2",
                "ami:2018, amzn:2018.03",
                "almalinux:9, almalinux:9",
                "kitten:10, almalinux-kitten:10",
                "rocky:8, rocky:8",
                "sles:15.3, sles:15.3",
                "opensuse.leap:15.6, opensuse-leap:15.6",
                "wolfi, wolfi",
                "hat:9, -",
                ":7, -",
                "'', -",
                "somelinux:1, -",
            })
    void releasesOfClairsNamespaces(String clair, @Nullable String releases) {
        assertThat(String.join(" ", Distros.ofClair(clair))).isEqualTo(releases == null ? "" : releases);
    }

    @Test
    void knownOnes() {
        assertThat(Distros.isKnown("debian")).isTrue();
        assertThat(Distros.isKnown("sid")).isFalse();
        assertThat(Distros.hasReleases("wolfi")).isFalse();
        assertThat(Distros.hasReleases("alpine")).isTrue();
        assertThat(Distros.hasReleases("somelinux")).isTrue();
    }
}
