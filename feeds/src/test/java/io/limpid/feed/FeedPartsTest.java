package io.limpid.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Distros;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Which parts are fetched for which os-release. */
class FeedPartsTest {

    @ParameterizedTest
    @CsvFileSource(resources = "parts.csv")
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
