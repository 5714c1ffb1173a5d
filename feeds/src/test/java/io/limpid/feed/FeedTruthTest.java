package io.limpid.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.feed.Truth.Row;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.testing.Shared;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The publishers' real documents against what independent programs computed from them: every vulnerable version is found with its fix, and no
 * other one.
 */
class FeedTruthTest {

    @TestFactory
    Stream<DynamicTest> truth() {
        return Stream.of(
                        "debian-12-installed",
                        "debian-11-main",
                        "debian-13-main",
                        "alpine-rootfs",
                        "alpine-ladder",
                        "ubuntu-oval-ladder",
                        "alma-8-ladder",
                        "alma-9-ladder",
                        "amazon-2-ladder",
                        "amazon-2023-ladder",
                        "rocky-8-ladder",
                        "rocky-9-ladder")
                .map(set -> dynamicTest(set, () -> check(set)));
    }

    /** What real publishers write is understood to the last record. */
    @TestFactory
    Stream<DynamicTest> nothingIsPassedOver() throws IOException {
        Set<String> mirrored = new TreeSet<>(Shared.names("feeds/secdb.alpinelinux.org"));
        mirrored.addAll(List.of(
                "debian/tracker", "arch/tracker", "ubuntu/tracker-snapshot", "os", "14.04", "16.04", "18.04", "20.04"));
        mirrored.addAll(List.of("alma/8", "alma/9", "amazon/2", "amazon/2018.03", "amazon/2022", "amazon/2023"));
        mirrored.addAll(List.of("redhat/5", "redhat/8", "redhat/8-unpatched", "redhat/9"));
        mirrored.add("rocky/errata");
        mirrored.addAll(List.of("nvd/2023", "nvd/2024", "kev/all", "epss/current"));
        mirrored.addAll(
                List.of("azurelinux/azurelinux-3.0", "azurelinux/cbl-mariner-1.0", "azurelinux/cbl-mariner-2.0"));
        mirrored.addAll(List.of("oracle/elsa", "photon/3.0-errata", "suse/opensuse.leap.15.3"));
        return Feeds.all().stream()
                .flatMap(feed -> feed.parts().stream()
                        .filter(part -> mirrored.contains(part.name()) || mirrored.contains(part.toString()))
                        .map(part -> dynamicTest(part.toString(), () -> readWhole(feed, part))));
    }

    private static void readWhole(Feed feed, FeedPart part) throws IOException {
        long[] advisories = {0};
        FeedReading reading = feed.read(part, Documents.mirrored(feed, part), _ -> advisories[0]++);
        assertThat(reading.notes()).isEmpty();
        assertThat(reading.skipped()).isZero();
        assertThat(advisories[0]).isGreaterThan(300);
    }

    private static void check(String set) throws IOException {
        Map<String, List<Row>> byDistro = Truth.rows(Shared.require("feeds/truth/" + set + ".dev.tsv.gz"));
        Truth.Score score = new Truth.Score();
        for (var one : byDistro.entrySet()) {
            String[] words = one.getKey().split(":", -1);
            String id = words[0].equals("amazon") ? "amzn" : words[0];
            Distro distro = Distros.of(id, words[1], null);
            assertThat(distro.namespace()).isEqualTo(id + ":" + words[1]);
            Truth.Index index = new Truth.Index(distro, one.getValue());
            for (Feed feed : Feeds.all()) {
                for (FeedPart part : feed.partsFor(distro)) {
                    feed.read(part, Documents.mirrored(feed, part), index);
                }
            }
            index.score(one.getValue(), score);
        }
        assertThat(score.vulnerable()).as("rows that are vulnerable").isPositive();
        assertThat(score.failures()).as(set).isEmpty();
    }
}
