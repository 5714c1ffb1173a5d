package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.limpid.feed.epss.EpssFeed;
import io.limpid.feed.kev.KevFeed;
import io.limpid.feed.nvd.NvdFeed;
import io.limpid.match.Advisories;
import io.limpid.model.Distros;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.KnownExploitation;
import io.limpid.model.Limits;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of vulnerabilities is found by scans, which neither fetch it nor fail for want of it. */
class OpenDetailsTest {
    private static final String ID = "CVE-2024-1";

    @TempDir
    Path cache;

    private SnapshotStore store() {
        return new SnapshotStore(cache, Origin.PUBLISHERS, Limits.DEFAULT);
    }

    private void keep(String feed, String part, VulnerabilityDetails... details) throws IOException {
        PartFolder folder = store().part(feed, part);
        Files.createDirectories(folder.path());
        Files.deleteIfExists(folder.current());
        SnapshotFiles.write(folder.current(), SnapshotFiles.header(feed, part, 1), List.of(details), 1 << 20);
    }

    private static VulnerabilityDetails nvd(String word, @Nullable String modified) {
        return new VulnerabilityDetails(
                ID,
                "nvd",
                List.of(new SeverityRating("nvd", Severity.HIGH, word, null)),
                null,
                null,
                List.of("CWE-79"),
                "What it is, by NVD: " + word,
                null,
                List.of(),
                null,
                modified);
    }

    private static VulnerabilityDetails other(
            String feed, @Nullable ExploitPrediction prediction, @Nullable KnownExploitation known) {
        return new VulnerabilityDetails(
                ID, feed, List.of(), prediction, known, List.of(), null, null, List.of(), null, null);
    }

    private OpenDetails details() {
        return new OpenDetails(store(), List.of(new EpssFeed(), new KevFeed(), new NvdFeed()));
    }

    @Test
    void everyFeedThatSaysSomethingIsHeard() throws IOException {
        VulnerabilityDetails epss = other("epss", new ExploitPrediction(0.5, 0.9, "2026-01-02"), null);
        VulnerabilityDetails kev = other("kev", null, new KnownExploitation("2026-01-02", null, false, null, null));
        keep("epss", "current", epss);
        keep("kev", "all", kev);
        keep("nvd", "2024", nvd("file", "2024-03-04T05:06:07.123Z"));
        keep("nvd", "2023", nvd("another year", "2026-03-04T05:06:07.123Z"));
        try (OpenDetails details = details()) {
            assertThat(details.of(ID))
                    .containsExactly(
                            epss, kev, nvd("file", "2024-03-04T05:06:07.123Z").withoutText());
            assertThat(details.of("CVE-2024-2")).isEmpty();
            assertThat(details.of("")).isEmpty();
        }
    }

    @Test
    void ofWhatTheFileAndTheChangesSayTheNewerCounts() throws IOException {
        keep("nvd", "2024", nvd("file", "2024-03-04T05:06:07.123Z"));
        keep("nvd", "changes", nvd("change", "2024-03-04T05:06:07.124Z"));
        try (OpenDetails details = details()) {
            assertThat(details.of(ID))
                    .singleElement()
                    .satisfies(
                            one -> assertThat(one.ratings().getFirst().word()).isEqualTo("change"));
        }
        keep("nvd", "changes", nvd("change", "2024-03-04T05:06:07.122Z"));
        try (OpenDetails details = details()) {
            assertThat(details.of(ID))
                    .singleElement()
                    .satisfies(
                            one -> assertThat(one.ratings().getFirst().word()).isEqualTo("file"));
        }
    }

    @Test
    void whatIsDamagedSaysNothing() throws IOException {
        keep("kev", "all", other("kev", null, new KnownExploitation("2026-01-02", null, false, null, null)));
        keep("nvd", "2024", nvd("file", null));
        Path nvd = store().part("nvd", "2024").current();
        byte[] bytes = Files.readAllBytes(nvd);
        for (int damaged : new int[] {9, bytes.length / 2, bytes.length - 1}) {
            byte[] other = bytes.clone();
            other[damaged] ^= 1;
            Files.write(nvd, other);
            try (OpenDetails details = details()) {
                assertThat(details.of(ID))
                        .extracting(VulnerabilityDetails::feed)
                        .startsWith("kev");
            }
        }
        Files.writeString(nvd, "something else");
        try (OpenDetails details = details()) {
            assertThat(details.of(ID)).extracting(VulnerabilityDetails::feed).containsExactly("kev");
        }
    }

    @Test
    void aScanFetchesNoneOfItAndHasNoGapWithoutIt() throws Exception {
        Downloader none = request -> fail("fetched " + request.url());
        SnapshotSupply supply = new SnapshotSupply(
                List.of(new EpssFeed(), new KevFeed(), new NvdFeed()),
                store(),
                new SnapshotUpdater(store(), none, Clock.systemUTC()),
                new SupplyPolicy(false, Duration.ZERO, Duration.ofSeconds(60)),
                Clock.systemUTC());
        try (Advisories advisories = supply.forDistro(Distros.of("debian", "12", null))) {
            assertThat(advisories.details(ID)).isEmpty();
            assertThat(advisories.gaps("debian:12")).isEmpty();
        }
        keep("nvd", "2024", nvd("file", null));
        try (Advisories advisories = supply.forDistro(Distros.of("debian", "12", null))) {
            assertThat(advisories.details(ID)).hasSize(1);
            assertThat(advisories.sources("debian:12")).isEmpty();
        }
    }
}
