package io.limpid.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Distros;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which parts are fetched for which os-release. */
class FeedPartsTest {

    @ParameterizedTest
    @CsvSource({
        "debian, 12, bookworm, debian/tracker",
        "debian, , sid, debian/tracker",
        "debian, , trixie, debian/tracker",
        "ubuntu, 22.04, jammy, ubuntu/22.04",
        "ubuntu, 22.04, , ubuntu/22.04",
        "ubuntu, 23.04, lunar, ubuntu/23.04",
        "ubuntu, 23.04, , ubuntu/23.04",
        "ubuntu, 99.04, , ",
        "ubuntu, 12.04, precise, ",
        "ubuntu, , jammy, ",
        "alpine, 3.18.9, , alpine/v3.18",
        "alpine, 3.2.3, , alpine/v3.2",
        "alpine, 3.1.4, , ",
        "alpine, 2.7.9, , ",
        "alpine, 3.99.0, , alpine/v3.99",
        "alpine, 3.21.0_alpha20240923, , alpine/edge",
        "alpine, 20240923, , alpine/edge",
        "arch, 20260101.0.1, , arch/tracker",
        "almalinux, 8.10, , alma/8",
        "almalinux, 10.1, , alma/10",
        "almalinux, 10, kitten, ",
        "almalinux, 123, , ",
        "amzn, 2018.03, , amazon/2018.03",
        "amzn, 2016.09, , amazon/2018.03",
        "amzn, 2, , amazon/2",
        "amzn, 2023.3.20240108, , amazon/2023",
        "amzn, 2031, , amazon/2031",
        "amzn, 3, , ",
        "rocky, 9.4, , rocky/errata",
        "rocky, , , ",
        "fedora, 36, , fedora/36",
        "fedora, 20, , ",
        "fedora, 43.1, , ",
        "linuxmint, 21, vanessa, ",
        "ol, 8.9, , oracle/elsa",
        "ol, 10, , oracle/elsa",
        "oracle, 8.9, , ",
        "photon, 3.0, , photon/3.0-cves photon/3.0-errata",
        "photon, 6.0, , photon/6.0-cves photon/6.0-errata",
        "photon, , , ",
        "azurelinux, 3.0.20240727, , azurelinux/azurelinux-3.0",
        "azurelinux, 4.0, , azurelinux/azurelinux-4.0",
        "mariner, 2.0.20240123, , azurelinux/cbl-mariner-2.0",
        "mariner, two, , ",
        "sles, 15, , suse/csaf suse/suse.linux.enterprise.server.15",
        "sles, 15.7, , suse/csaf suse/suse.linux.enterprise.server.15",
        "sles, 16.0, , suse/csaf suse/suse.linux.enterprise.16",
        "sles, 15/.., , ",
        "opensuse, 42.3, , suse/csaf suse/opensuse.leap.42.3",
        "opensuse, 13.2, , suse/csaf suse/opensuse.13.2",
        "opensuse-leap, 15.6, , suse/csaf suse/opensuse.leap.15.6",
        "opensuse-leap, , , ",
        "opensuse-leap-micro, 5.3, , suse/csaf suse/opensuse.leap.micro.5.3",
        "opensuse-tumbleweed, 20241215, , suse/csaf suse/opensuse.tumbleweed",
        "sle-micro, 5.5, , suse/csaf suse/suse.linux.enterprise.micro.5.5",
        "sl-micro, 6.1, , suse/csaf suse/suse.linux.micro.6.1",
        "raspbian, 12, bookworm, ",
        "wolfi, 20230201, , wolfi/os",
        "chainguard, 20230214, , chainguard/chainguard wolfi/os"
    })
    void partsOf(String id, @Nullable String versionId, @Nullable String codename, @Nullable String part) {
        List<String> parts = Feeds.all().stream()
                .flatMap(feed -> feed.partsFor(Distros.of(id, versionId, codename)).stream())
                .map(FeedPart::toString)
                .toList();
        assertThat(parts).isEqualTo(part == null ? List.of() : List.of(part.split(" ")));
    }

    /** What is asked where there is nothing for just that release. */
    @ParameterizedTest
    @CsvSource({
        "ubuntu, 22.04, jammy, ubuntu/tracker ubuntu/tracker-snapshot ubuntu/osv",
        "ubuntu, 12.04, precise, ubuntu/tracker ubuntu/tracker-snapshot ubuntu/osv",
        "ubuntu, 99.04, , ubuntu/tracker ubuntu/tracker-snapshot ubuntu/osv",
        "ubuntu, , jammy, ",
        "ubuntu, 22.04/.., jammy, ",
        "debian, 12, bookworm, ",
    })
    void standInsOf(String id, @Nullable String versionId, @Nullable String codename, @Nullable String parts) {
        String standIns = Feeds.all().stream()
                .flatMap(feed -> feed.standIns(Distros.of(id, versionId, codename)).stream())
                .map(FeedPart::toString)
                .collect(Collectors.joining(" "));
        assertThat(standIns).isEqualTo(parts == null ? "" : parts);
    }

    @Test
    void documents() {
        List<String> urls = Feeds.all().stream()
                .flatMap(feed -> feed.parts().stream())
                .filter(part -> List.of("v3.2", "tracker", "22.04").contains(part.name()))
                .flatMap(part -> part.documents().stream())
                .map(document -> document.url() + (document.required() ? "" : " (may be missing)"))
                .toList();
        assertThat(urls)
                .containsExactly(
                        "https://secdb.alpinelinux.org/v3.2/main.json",
                        "https://secdb.alpinelinux.org/v3.2/community.json (may be missing)",
                        "https://security.archlinux.org/all.json",
                        "https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/static/"
                                + "distributions.json (may be missing)",
                        "https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/data/DSA/list"
                                + " (may be missing)",
                        "https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/data/DLA/list"
                                + " (may be missing)",
                        "https://security-tracker.debian.org/tracker/data/json",
                        "https://security-metadata.canonical.com/oval/com.ubuntu.jammy.cve.oval.xml.bz2",
                        "https://git.launchpad.net/ubuntu-cve-tracker/snapshot/ubuntu-cve-tracker-master.tar.gz");
    }

    @Test
    void documentsOfErrata() {
        List<String> urls = Feeds.all().stream()
                .flatMap(feed -> feed.parts().stream())
                .filter(part -> List.of(
                                "alma/9", "amazon/2", "amazon/2018.03", "amazon/2023", "fedora/36", "rocky/errata")
                        .contains(part.toString()))
                .flatMap(part -> part.documents().stream())
                .map(document -> document.url() + (document.required() ? "" : " (may be missing)"))
                .toList();
        assertThat(urls)
                .containsExactly(
                        "https://errata.almalinux.org/9/errata.full.json",
                        "https://cdn.amazonlinux.com/2/core/latest/x86_64/mirror.list",
                        "https://cdn.amazonlinux.com/2/extras-catalog.json (may be missing)",
                        "https://repo.us-west-2.amazonaws.com/2018.03/updates/x86_64/mirror.list",
                        "https://cdn.amazonlinux.com/al2023/core/mirrors/latest/x86_64/mirror.list",
                        "https://cdn.amazonlinux.com/al2023/nvidia/mirrors/latest/x86_64/mirror.list (may be missing)",
                        "https://bodhi.fedoraproject.org/updates/?releases=F36&type=security&rows_per_page=100&page=1",
                        "https://errata.rockylinux.org/api/v2/advisories?filters.type=TYPE_SECURITY&limit=100&page=0",
                        "https://osv-vulnerabilities.storage.googleapis.com/Rocky%20Linux/all.zip (may be missing)");
    }
}
