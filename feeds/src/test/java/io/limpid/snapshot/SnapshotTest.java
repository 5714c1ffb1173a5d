package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Advisory;
import io.limpid.model.FeedRecord;
import io.limpid.model.Limits;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is written is what is read, whatever it is and however it came to be sorted. */
class SnapshotTest {

    @Property(tries = 60)
    void everyFieldSurvives(
            @ForAll long seed, @ForAll @IntRange(max = 900) int count, @ForAll @IntRange(min = 1, max = 3) int memory)
            throws IOException {
        List<FeedRecord> records = new RandomAdvisories(seed).mixed(count);
        Path folder = Files.createTempDirectory("snapshot");
        Path file = folder.resolve("file");
        // From one run for every few rows to none.
        SnapshotHeader written = SnapshotFiles.write(file, SnapshotFiles.HEADER, records, (long) Math.pow(300, memory));
        try (Snapshot snapshot = Snapshot.open(file, Limits.DEFAULT)) {
            assertThat(snapshot.header()).isEqualTo(written);
            assertThat(written.withCounts(SnapshotHeader.Counts.NONE)).isEqualTo(SnapshotFiles.HEADER);
            assertThat(written.records()).isEqualTo(count);
            snapshot.verify();
            List<Advisory> advisories = only(Advisory.class, records);
            assertThat(written.advisories()).isEqualTo(advisories.size());
            checkPackages(snapshot, advisories);
            checkNames(snapshot, advisories);
            checkDetails(snapshot, only(VulnerabilityDetails.class, records));
            checkProducts(snapshot, only(RepositoryProducts.class, records));
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
        Files.delete(file);
        Files.delete(folder);
    }

    private static <T> List<T> only(Class<T> kind, List<FeedRecord> records) {
        return records.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static void checkDetails(Snapshot snapshot, List<VulnerabilityDetails> written) throws IOException {
        assertThat(snapshot.header().details()).isEqualTo(written.size());
        Map<String, List<VulnerabilityDetails>> byId = new TreeMap<>();
        for (VulnerabilityDetails details : written) {
            byId.computeIfAbsent(SnapshotWriter.filed(details.id()), _ -> new ArrayList<>())
                    .add(details);
        }
        for (Map.Entry<String, List<VulnerabilityDetails>> entry : byId.entrySet()) {
            List<VulnerabilityDetails> found = snapshot.details(entry.getKey());
            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(entry.getValue().stream()
                            .map(VulnerabilityDetails::withoutText)
                            .toList())
                    .isEqualTo(snapshot.details(entry.getValue().getFirst().id()));
            for (VulnerabilityDetails bare : found) {
                assertThat(entry.getValue()).contains(snapshot.whole(bare));
            }
            assertThat(snapshot.details(entry.getKey() + "\0")).isEmpty();
        }
    }

    private static void checkProducts(Snapshot snapshot, List<RepositoryProducts> written) throws IOException {
        assertThat(snapshot.header().products()).isEqualTo(written.size());
        Map<String, TreeSet<String>> byName = new TreeMap<>();
        for (RepositoryProducts told : written) {
            byName.computeIfAbsent(told.repository(), _ -> new TreeSet<>()).addAll(told.products());
        }
        for (Map.Entry<String, TreeSet<String>> entry : byName.entrySet()) {
            assertThat(snapshot.products(entry.getKey())).containsExactlyInAnyOrderElementsOf(entry.getValue());
            assertThat(snapshot.products(entry.getKey() + "\0")).isEmpty();
        }
    }

    private static void checkPackages(Snapshot snapshot, List<Advisory> advisories) throws IOException {
        Map<Snapshot.PackageName, List<Advisory>> byPackage = new TreeMap<>((a, b) -> {
            int order = a.namespace().compareTo(b.namespace());
            return order != 0 ? order : a.name().compareTo(b.name());
        });
        for (Advisory advisory : advisories) {
            byPackage.computeIfAbsent(of(advisory), _ -> new ArrayList<>()).add(advisory);
        }
        for (Map.Entry<Snapshot.PackageName, List<Advisory>> entry : byPackage.entrySet()) {
            Snapshot.PackageName name = entry.getKey();
            List<Advisory> found = snapshot.about(name.namespace(), name.name());
            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(
                            entry.getValue().stream().map(Advisory::withoutText).toList())
                    .isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()))
                    .isEqualTo(snapshot.about(name.namespace(), name.name()));
            checkTexts(snapshot, found, entry.getValue());
            assertThat(snapshot.about(name.namespace(), name.name() + "\0")).isEmpty();
        }
        assertThat(snapshot.about("debian:12", "")).isEmpty();
        assertThat(snapshot.about("", "package-1")).isEmpty();
        assertThat(snapshot.about("debian:14", "package-1")).isEmpty();
    }

    private static void checkTexts(Snapshot snapshot, List<Advisory> found, List<Advisory> written) throws IOException {
        for (Advisory bare : found) {
            Advisory whole = snapshot.whole(bare);
            assertThat(whole.withoutText()).isEqualTo(bare);
            assertThat(written).contains(whole);
        }
    }

    private static void checkNames(Snapshot snapshot, List<Advisory> advisories) throws IOException {
        Map<String, TreeSet<String>> byName = new TreeMap<>();
        for (Advisory advisory : advisories) {
            for (String name : Stream.concat(Stream.of(advisory.id()), advisory.aliases().stream())
                    .toList()) {
                byName.computeIfAbsent(SnapshotWriter.filed(name), _ -> new TreeSet<>())
                        .add(of(advisory).toString());
            }
        }
        for (Map.Entry<String, TreeSet<String>> entry : byName.entrySet()) {
            assertThat(snapshot.named(entry.getKey()))
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrderElementsOf(entry.getValue());
        }
        assertThat(snapshot.named("CVE-1999-0001")).isEmpty();
    }

    private static Snapshot.PackageName of(Advisory advisory) {
        return new Snapshot.PackageName(
                advisory.subject().namespace(), advisory.subject().name());
    }
}
