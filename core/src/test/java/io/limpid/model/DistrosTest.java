package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
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
                "rhel, 8.6, -, rhel:8, -",
                "amzn, 2018.03, -, amzn:2018.03, -",
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

    @Test
    void knownOnes() {
        assertThat(Distros.isKnown("debian")).isTrue();
        assertThat(Distros.isKnown("sid")).isFalse();
        assertThat(Distros.hasReleases("wolfi")).isFalse();
        assertThat(Distros.hasReleases("alpine")).isTrue();
        assertThat(Distros.hasReleases("somelinux")).isTrue();
    }
}
