package io.limpid.server.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.FeedPart;
import io.limpid.feed.Feeds;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UpdaterTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        rhel:7,              centos:7
        rhel:8,              centos:8 enterprise:8
        rhel:10,             centos:10 enterprise:10
        debian:12,           debian:12
        debian:sid,          debian:unstable
        alpine:3.18,         alpine:v3.18
        alpine:edge,         alpine:edge
        ubuntu:22.04,        ubuntu:22.04
        ol:9,                oracle:9
        amzn:2,              amzn:2
        almalinux:9,         almalinux:9
        rocky:8,             rocky:8
        opensuse-leap:15.5,  opensuse-leap:15.5
        sles:15.5,           sles:15.5
        photon:4.0,          photon:4.0
        """)
    void aReleaseIsFiledWhereItsLayersAre(String release, String namespaces) {
        assertThat(Updater.namespaces(release)).containsExactly(namespaces.split(" ", -1));
        assertThat(Arrays.stream(Updater.values()).filter(updater -> updater.isAbout(release)))
                .hasSize(1)
                .allSatisfy(updater -> assertThat(Updater.namespaces(release)).allMatch(updater::serves));
    }

    @ParameterizedTest
    @EnumSource(Updater.class)
    void eachFetchesSomethingOfItsOwn(Updater updater) {
        UpdaterSources own = UpdaterSources.of(updater, Feeds.all());
        assertThat(own.parts().size() + own.standIns().size()).isPositive();
        Set<FeedPart> all = new HashSet<>(own.parts());
        all.addAll(own.standIns());
        for (Updater other : Updater.values()) {
            if (other != updater) {
                UpdaterSources others = UpdaterSources.of(other, Feeds.all());
                assertThat(all).noneMatch(others.parts()::contains).noneMatch(others.standIns()::contains);
            }
        }
    }

    @Test
    void sharedFeedsAreDividedByRelease() {
        assertThat(names(Updater.AMZN1)).containsExactly("2018.03");
        assertThat(names(Updater.AMZN2)).containsExactly("2");
        assertThat(names(Updater.AMZN2023)).containsExactlyInAnyOrder("2022", "2023");
        assertThat(names(Updater.SUSE)).allMatch(name -> name.startsWith("suse.linux."));
        assertThat(names(Updater.OPENSUSE)).allMatch(name -> name.startsWith("opensuse."));
        assertThat(UpdaterSources.of(Updater.UBUNTU, Feeds.all()).standIns())
                .extracting(FeedPart::name)
                .containsExactly("tracker", "tracker-snapshot", "osv");
        assertThat(UpdaterSources.of(Updater.RHEL, Feeds.all()).standIns())
                .extracting(FeedPart::name)
                .containsExactly("vex");
    }

    private static List<String> names(Updater updater) {
        return UpdaterSources.of(updater, Feeds.all()).parts().stream()
                .map(FeedPart::name)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        1700000000 0, 1700000000, 0
        1700000000 7, 1700000000, 7
        '',           -,          -
        x,            -,          -
        1700000000,   -,          -
        -1 0,         -,          -
        """)
    void theLastRunIsReadAsItWasWritten(String text, Long ended, Integer failures) {
        Optional<LastRun> run = LastRun.of(text);
        if (ended == null) {
            assertThat(run).isEmpty();
        } else {
            assertThat(run).contains(new LastRun(Instant.ofEpochSecond(ended), failures));
            assertThat(run.map(LastRun::text)).contains(text);
        }
    }
}
