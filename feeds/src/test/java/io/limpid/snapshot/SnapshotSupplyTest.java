package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.limpid.match.Advisories;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySource;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A scan gets what there is, and is told what there is not. */
class SnapshotSupplyTest extends LinesKept {
    private static final Distro BOOKWORM = Distros.of("debian", "12", null);
    private static final SupplyPolicy ONLINE = new SupplyPolicy(false, Duration.ofHours(1), Duration.ofSeconds(60));
    private static final SupplyPolicy OFFLINE = new SupplyPolicy(true, Duration.ofHours(1), Duration.ofSeconds(60));

    private final LineFeed second = new LineFeed("others", 1, server.base());

    SnapshotSupplyTest() {
        server.publish(DATA, document("debian:12", 5, "1.0"));
        server.publish(MORE, document("debian:13", 5, "1.0"));
        server.publish("/others/data", document("debian:12", 5, "9.0"));
        server.publish("/others/more", document("debian:12", 0, "9.0"));
    }

    private SnapshotSupply supply(SupplyPolicy policy, LineFeed... feeds) {
        return new SnapshotSupply(List.of(feeds), store(), updater(), policy, clock);
    }

    private static List<String> fixed(Advisories advisories) throws IOException {
        return advisories.about("debian:12", "package-3").stream()
                .map(advisory -> String.valueOf(advisory.fixedVersion()))
                .toList();
    }

    /** Why the data of the first feed are not newer. */
    private static String note(Advisories advisories) {
        return Objects.requireNonNull(advisories.sources("debian:12").getFirst().note());
    }

    @Test
    void bringsWhatADistributionNeeds() throws Exception {
        SnapshotSupply supply = supply(ONLINE, feed, second);
        supply.prepare(BOOKWORM);
        supply.prepare(BOOKWORM);
        try (Advisories advisories = supply.forDistro(BOOKWORM);
                Advisories again = supply.forDistro(BOOKWORM)) {
            assertThat(fixed(advisories)).containsExactly("1.0", "9.0").isEqualTo(fixed(again));
            assertThat(advisories.gaps("debian:12")).isEmpty();
            assertThat(advisories.sources("debian:12"))
                    .containsExactly(
                            new AdvisorySource(
                                    "lines",
                                    "debian:12",
                                    5,
                                    null,
                                    clock.instant().toString()),
                            new AdvisorySource(
                                    "others",
                                    "debian:12",
                                    5,
                                    null,
                                    clock.instant().toString()));
            for (Advisory advisory : advisories.about("debian:12", "package-3")) {
                assertThat(advisory.description()).isNull();
            }
        }
        assertThat(server.requests()).hasSize(4);
        try (Advisories advisories = supply.forDistro(Distros.of("alpine", "3.20.1", null))) {
            assertThat(advisories.sources("alpine:3.20")).isEmpty();
            assertThat(advisories.gaps("alpine:3.20")).isEmpty();
        }
    }

    @Test
    void whatCannotBeFetchedIsToldAndTouchesNoOtherFeed() throws Exception {
        try (Advisories advisories = supply(ONLINE, feed, second).forDistro(BOOKWORM)) {
            assertThat(fixed(advisories)).hasSize(2);
        }
        clock.pass(Duration.ofHours(30));
        server.refuse(DATA, 503);
        server.publish("/others/data", document("debian:12", 5, "9.1"));
        try (Advisories advisories = supply(ONLINE, feed, second).forDistro(BOOKWORM)) {
            assertThat(fixed(advisories)).containsExactly("1.0", "9.1");
            assertThat(advisories.gaps("debian:12")).isEmpty();
            assertThat(note(advisories))
                    .startsWith("lines/all: could not be updated: cannot fetch " + server.base())
                    .contains("HTTP status 503");
            assertThat(advisories.sources("debian:12").getFirst().fetchedAt()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(advisories.sources("debian:12").getLast().note()).isNull();
        }
    }

    @Test
    void withoutAnyDataThereIsAGapAndNoSource() throws Exception {
        server.refuse(DATA, 403);
        try (Advisories advisories = supply(ONLINE, feed).forDistro(BOOKWORM)) {
            assertThat(advisories.sources("debian:12")).isEmpty();
            assertThat(advisories.about("debian:12", "package-3")).isEmpty();
            assertThat(advisories.gaps("debian:12")).singleElement().asString().endsWith("; there are no data");
        }
        server.requests();
        try (Advisories advisories = supply(OFFLINE, feed).forDistro(BOOKWORM)) {
            assertThat(advisories.gaps("debian:12"))
                    .containsExactly("lines/all: there are no data, and nothing may be fetched");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void offlineUsesWhatIsThereAndSaysHowOldItIs() throws Exception {
        supply(ONLINE, feed).forDistro(BOOKWORM).close();
        server.requests();
        String fetched = clock.instant().toString();
        clock.pass(Duration.ofDays(40));
        try (Advisories advisories = supply(OFFLINE, feed).forDistro(BOOKWORM)) {
            assertThat(fixed(advisories)).containsExactly("1.0");
            assertThat(advisories.gaps("debian:12")).isEmpty();
            assertThat(advisories.sources("debian:12"))
                    .containsExactly(new AdvisorySource("lines", "debian:12", 5, null, fetched));
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatWasFoundToBeTheNewestIsAsGoodAsFetched() throws Exception {
        supply(ONLINE, feed).forDistro(BOOKWORM).close();
        clock.pass(Duration.ofDays(40));
        try (Advisories advisories = supply(ONLINE, feed).forDistro(BOOKWORM)) {
            assertThat(advisories.sources("debian:12"))
                    .containsExactly(new AdvisorySource(
                            "lines", "debian:12", 5, null, clock.instant().toString()));
        }
    }

    @Test
    void whatIsHeldBackIsToldAlsoToThoseWhoDoNotAsk() throws Exception {
        server.publish(DATA, document("debian:12", 100, "1.0"));
        supply(ONLINE, feed).forDistro(BOOKWORM).close();
        clock.pass(Duration.ofHours(2));
        server.publish(DATA, document("debian:12", 5, "1.0"));
        for (int i = 0; i < 2; i++) {
            server.requests();
            try (Advisories advisories = supply(ONLINE, feed).forDistro(BOOKWORM)) {
                assertThat(advisories.gaps("debian:12")).isEmpty();
                assertThat(note(advisories)).contains("held back: there were 105 advisories and now there are only 10");
            }
            assertThat(server.requests()).hasSize(i == 0 ? 2 : 0);
        }
    }

    @Test
    void dataGetOldWhileNewerOnesAreHeldBack() throws Exception {
        server.publish(DATA, document("debian:12", 100, "1.0"));
        supply(ONLINE, feed).forDistro(BOOKWORM).close();
        String newest = clock.instant().toString();
        server.publish(DATA, document("debian:12", 5, "1.0"));
        for (int i = 0; i < 2; i++) {
            clock.pass(Duration.ofDays(4));
            try (Advisories advisories = supply(ONLINE, feed).forDistro(BOOKWORM)) {
                assertThat(advisories.sources("debian:12"))
                        .extracting(AdvisorySource::fetchedAt)
                        .containsExactly(newest);
            }
        }
        assertThat(new SnapshotCatalog(store()).parts(List.of()))
                .extracting(part -> String.valueOf(part.checked()))
                .containsExactly(newest);
    }

    @Test
    void aTimeOfSuccessIsThatOfItsOwnGeneration() throws Exception {
        supply(ONLINE, feed).forDistro(BOOKWORM).close();
        PartFolder folder = folder();
        Path older = cache.resolve("older");
        Files.copy(folder.current(), older);
        String fetched = clock.instant().toString();
        clock.pass(Duration.ofDays(4));
        server.publish(DATA, document("debian:12", 100, "1.0"));
        supply(ONLINE, feed).forDistro(BOOKWORM).close();
        Files.copy(older, folder.current(), StandardCopyOption.REPLACE_EXISTING);
        server.publish(DATA, document("debian:12", 1, "1.0").replace("end", "date 2001-01-01\nend"));
        server.publish(MORE, document("debian:13", 1, "1.0"));
        for (SupplyPolicy policy : List.of(OFFLINE, ONLINE)) {
            clock.pass(Duration.ofHours(2));
            try (Advisories advisories = supply(policy, feed).forDistro(BOOKWORM)) {
                assertThat(advisories.sources("debian:12"))
                        .extracting(AdvisorySource::fetchedAt)
                        .containsExactly(fetched);
            }
        }
    }

    @Test
    void whoWaitsTooLongUsesWhatIsThere() throws Exception {
        supply(ONLINE, feed).forDistro(BOOKWORM).close();
        clock.pass(Duration.ofHours(2));
        CountDownLatch answer = new CountDownLatch(1);
        server.beforeAnswering(DATA, () -> {
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        SupplyPolicy hasty = new SupplyPolicy(false, Duration.ofHours(1), Duration.ofMillis(100));
        SnapshotSupply supply = supply(hasty, feed);
        try (Advisories advisories = supply.forDistro(BOOKWORM)) {
            assertThat(fixed(advisories)).containsExactly("1.0");
            assertThat(note(advisories)).isEqualTo("lines/all: updating takes longer than 0 seconds");
        } finally {
            answer.countDown();
            // Waits for the one that goes on.
            supply(ONLINE, feed).forDistro(BOOKWORM).close();
        }
    }

    @Test
    void anUpdateThatRunsOutOfMemorySaysSo() {
        Downloader large = _ -> {
            throw new OutOfMemoryError("all of it is used");
        };
        SnapshotUpdater updater = new SnapshotUpdater(store(), large, clock);
        SnapshotSupply supply = new SnapshotSupply(List.of(feed), store(), updater, ONLINE, clock);
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> supply.forDistro(BOOKWORM));
    }

    @Test
    void anOpenGenerationStaysWhatItIs() throws Exception {
        try (Advisories before = supply(ONLINE, feed).forDistro(BOOKWORM)) {
            for (int i = 2; i < 5; i++) {
                clock.pass(Duration.ofHours(2));
                server.publish(DATA, document("debian:12", 5, i + ".0"));
                try (Advisories now = supply(ONLINE, feed).forDistro(BOOKWORM)) {
                    assertThat(fixed(now)).containsExactly(i + ".0");
                }
            }
            assertThat(fixed(before)).containsExactly("1.0");
        }
    }

    @Test
    void aDamagedGenerationGivesWayToTheOneBefore() throws Exception {
        supply(ONLINE, feed).forDistro(BOOKWORM).close();
        clock.pass(Duration.ofHours(2));
        server.publish(DATA, document("debian:12", 5, "2.0"));
        supply(ONLINE, feed).forDistro(BOOKWORM).close();
        Files.writeString(folder().current(), "not a snapshot at all");
        try (Advisories advisories = supply(OFFLINE, feed).forDistro(BOOKWORM)) {
            assertThat(fixed(advisories)).containsExactly("1.0");
            assertThat(advisories.gaps("debian:12")).isEmpty();
            assertThat(note(advisories)).contains("damaged", "the generation before that is used");
        }
    }

    @Test
    void aFileThatIsCopiedInPlaceIsImported() throws Exception {
        supply(ONLINE, feed).forDistro(BOOKWORM).close();
        SnapshotStore mirrored =
                new SnapshotStore(cache, new Origin(URI.create("http://mirror.example:8080/feeds/")), Limits.DEFAULT);
        assertThat(mirrored.folder().getFileName().toString()).startsWith("mirror-mirror.example-");
        PartFolder folder = mirrored.part("lines", "all");
        Files.createDirectories(folder.path());
        Files.copy(folder().current(), folder.current(), StandardCopyOption.REPLACE_EXISTING);
        SnapshotUpdater updater = new SnapshotUpdater(mirrored, new PlainDownloader(), clock);
        SnapshotSupply supply = new SnapshotSupply(List.of(feed, second), mirrored, updater, OFFLINE, clock);
        try (Advisories advisories = supply.forDistro(BOOKWORM)) {
            assertThat(fixed(advisories)).containsExactly("1.0");
        }
        PartFolder wrong = mirrored.part("others", "all");
        Files.createDirectories(wrong.path());
        Files.copy(folder.current(), wrong.current());
        try (Advisories advisories = supply.forDistro(BOOKWORM)) {
            assertThat(fixed(advisories)).containsExactly("1.0");
            assertThat(advisories.gaps("debian:12")).anyMatch(gap -> gap.contains("they are those of lines/all"));
        }
    }
}
