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
                        "ubuntu-oval-ladder")
                .map(set -> dynamicTest(set, () -> check(set)));
    }

    private static void check(String set) throws IOException {
        Map<String, List<Row>> byDistro = Truth.rows(Shared.require("feeds/truth/" + set + ".dev.tsv.gz"));
        Truth.Score score = new Truth.Score();
        for (var one : byDistro.entrySet()) {
            String[] words = one.getKey().split(":", -1);
            Distro distro = Distros.of(words[0], words[1], null);
            assertThat(distro.namespace()).isEqualTo(one.getKey());
            Truth.Index index = new Truth.Index(one.getKey(), one.getValue());
            for (Feed feed : Feeds.all()) {
                for (FeedPart part : feed.partsFor(distro)) {
                    FeedReading reading = feed.read(part, Documents.mirrored(part), index);
                    System.out.println(
                            part + " skipped " + reading.skipped() + " " + reading.notes() + " " + reading.dataDate());
                }
            }
            index.score(one.getValue(), score);
        }
        System.out.println(set + ": " + score);
        assertThat(score.vulnerable()).as("rows that are vulnerable").isPositive();
        assertThat(score.failures()).as(set).isEmpty();
    }
}
