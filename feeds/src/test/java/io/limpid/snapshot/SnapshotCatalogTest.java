package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store says of itself. */
class SnapshotCatalogTest extends LinesKept {

    private UpdateOutcome update(String text) throws InterruptedException {
        server.publish(MORE, "date 2026-02-28\nend\n");
        return update(text, ALWAYS);
    }

    @Test
    void aPartOfWhichNothingWasFetchedIsListed() throws Exception {
        SnapshotCatalog catalog = new SnapshotCatalog(store());
        assertThat(catalog.parts(List.of())).isEmpty();
        assertThat(catalog.verify()).isEmpty();
        assertThat(catalog.search("CVE-2024-1", 100).matches()).isEmpty();
        assertThat(catalog.parts(List.of(feed))).singleElement().satisfies(part -> {
            assertThat(part.feed()).isEqualTo("lines");
            assertThat(part.part()).isEqualTo("all");
            assertThat(part.header()).isNull();
            assertThat(part.checked()).isNull();
            assertThat(part.problem()).isNull();
        });
        assertThat(cache).isEmptyDirectory();
    }

    @Test
    void theStateOfAPartTellsDataAndUpdates() throws Exception {
        update(document("debian:12", 30, "1.0"));
        server.refuse(DATA, 500);
        clock.pass(Duration.ofHours(1));
        updater().update(feed, feed.part(), ALWAYS);
        assertThat(new SnapshotCatalog(store()).parts(List.of(feed)))
                .singleElement()
                .satisfies(part -> {
                    SnapshotHeader header = Objects.requireNonNull(part.header());
                    assertThat(header.records()).isEqualTo(30);
                    assertThat(header.dataDate()).isEqualTo("2026-02-28");
                    assertThat(part.bytes()).isEqualTo(Files.size(folder().current()));
                    assertThat(part.checked()).isEqualTo(header.fetchedAt());
                    assertThat(part.status().attempt()).isEqualTo(clock.instant());
                    assertThat(part.status().success()).isEqualTo(header.fetchedAt());
                    assertThat(part.status().error()).contains("500");
                });
    }

    @Test
    void anyNameOfAnAdvisoryFindsItAndSoDoesThePackage() throws Exception {
        update(document("debian:11", 30, "1.0").replace("end\n", "") + document("debian:12", 30, "2.0"));
        SnapshotCatalog catalog = new SnapshotCatalog(store());
        for (String text : List.of("CVE-2024-7", "cve-2024-7", "DSA-2024-7", "package-7")) {
            assertThat(catalog.search(text, 100).matches())
                    .as(text)
                    .extracting(match -> match.advisory().subject().namespace()
                            + " "
                            + match.advisory().subject().name() + " "
                            + match.advisory().id() + " "
                            + match.advisory().description())
                    .containsExactly(
                            "debian:11 package-7 CVE-2024-7 What CVE-2024-7 is",
                            "debian:12 package-7 CVE-2024-7 What CVE-2024-7 is");
        }
        assertThat(catalog.search("CVE-2024-77", 100).matches()).isEmpty();
        assertThat(catalog.search("", 100).matches()).isEmpty();
    }

    @Test
    void verifyingTellsTheFilesThatAreDamaged() throws Exception {
        update(document("debian:12", 3000, "1.0"));
        update(document("debian:12", 3000, "2.0"));
        SnapshotCatalog catalog = new SnapshotCatalog(store());
        PartFolder folder = folder();
        assertThat(catalog.verify())
                .extracting(SnapshotCatalog.Verified::file, SnapshotCatalog.Verified::problem)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(folder.current(), null),
                        org.assertj.core.api.Assertions.tuple(folder.previous(), null));
        byte[] bytes = Files.readAllBytes(folder.previous());
        bytes[9] ^= 1;
        Files.write(folder.previous(), bytes);
        Files.writeString(folder.current(), "");
        assertThat(catalog.verify())
                .extracting(verified -> verified.problem() != null)
                .containsExactly(true, true);
        assertThat(catalog.parts(List.of()))
                .singleElement()
                .satisfies(part -> assertThat(part.problem()).contains("0 bytes"));
    }

    @Test
    void verifyingTellsAnotherVersionApartFromDamage() throws Exception {
        update(document("debian:12", 30, "1.0"));
        update(document("debian:12", 30, "2.0"));
        SnapshotFiles.makeOfAnotherVersion(folder().previous());
        assertThat(new SnapshotCatalog(store()).verify())
                .extracting(SnapshotCatalog.Verified::isCurrent, SnapshotCatalog.Verified::isOfAnotherVersion)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(true, false),
                        org.assertj.core.api.Assertions.tuple(false, true));
        Files.writeString(folder().previous(), "");
        assertThat(new SnapshotCatalog(store()).verify())
                .extracting(SnapshotCatalog.Verified::isOfAnotherVersion)
                .containsExactly(false, false);
    }

    @Test
    void aDamagedPartHoldsUpNoSearchInTheOthers() throws Exception {
        update(document("debian:12", 30, "1.0"));
        MadeStore made = new MadeStore(cache);
        for (String part : List.of("a", "b", "c")) {
            made.put("debian", part, clock.instant(), "2.0", 10);
        }
        PartFolder damaged = store().part("debian", "b");
        SnapshotFiles.makeOfAnotherVersion(damaged.current());
        SnapshotCatalog.Found found = new SnapshotCatalog(store()).search("CVE-2024-7", 100);
        assertThat(found.matches()).extracting(SnapshotCatalog.Match::part).containsExactly("a", "c", "all");
        assertThat(found.all()).isEqualTo(3);
        assertThat(found.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).hasMessageContaining("debian/b"));
    }

    @Test
    void foldersThatAreNoPartsArePassedOver() throws Exception {
        update(document("debian:12", 3, "1.0"));
        for (String folder :
                List.of("lost+found/all", "lines/@eaDir", "lines/.snapshot", ".Trash/all", "empty", "lines/empty")) {
            Files.createDirectories(store().folder().resolve(folder));
        }
        SnapshotCatalog catalog = new SnapshotCatalog(store());
        assertThat(catalog.parts(List.of())).hasSize(1);
        assertThat(catalog.verify()).hasSize(1);
        assertThat(catalog.search("package-2", 100).matches()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0/all", "/all", "other/all", "lines/other", "x/lines/all", "lines/x/all", "../all"})
    void aFileOfAnotherPartIsTold(String name) throws Exception {
        update(document("debian:12", 3, "1.0"));
        PartFolder folder = folder();
        Files.delete(folder.current());
        int slash = name.lastIndexOf('/');
        SnapshotFiles.write(
                folder.current(),
                SnapshotFiles.header(name.substring(0, slash), name.substring(slash + 1), 1),
                List.of(LineFeed.advisory("lines", "debian:12", "bash", "CVE-1", "1.0")),
                1 << 20);
        assertThat(new SnapshotCatalog(store()).parts(List.of()))
                .singleElement()
                .satisfies(part -> assertThat(part.problem()).contains("they are those of"));
        assertThat(update(document("debian:12", 4, "1.0"))).isInstanceOf(UpdateOutcome.Updated.class);
    }

    /** An import that failed leaves a lock's file, and no part: an update of what is kept would fetch it. */
    @Test
    void aPartIntoWhichNothingCameIsNone() throws Exception {
        try (SnapshotIntake intake = new SnapshotIntake(store(), clock, Duration.ofSeconds(5))) {
            intake.part("lines", "all");
        }
        assertThat(new SnapshotCatalog(store()).names()).isEmpty();
        assertThat(new SnapshotCatalog(store()).parts(List.of())).isEmpty();
        server.refuse(DATA, 500);
        updater().update(feed, feed.part(), ALWAYS);
        // Of a part that could not be fetched that is known.
        assertThat(new SnapshotCatalog(store()).names()).containsExactly("lines/all");
    }

    @Test
    void aStatusThatMakesNoSenseIsNoStatus() throws Exception {
        update(document("debian:12", 3, "1.0"));
        PartFolder folder = folder();
        for (String text : List.of("", "checked", "checked=soon\ngeneration=99999999999999999999\n", "\0=\0")) {
            Files.writeString(folder.path().resolve("status"), text);
            assertThat(folder.status()).as(text).isEqualTo(PartStatus.NONE);
        }
    }
}
