package io.limpid.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySource;
import io.limpid.model.Correction;
import io.limpid.model.Distros;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.FixState;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.KnownExploitation;
import io.limpid.model.Package;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import io.limpid.model.VulnerabilityDetails;
import io.limpid.version.VersionSchemes;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is known besides is added to findings; whether there is a finding, and what its publisher says of it, stays. */
class EnrichmentTest {
    private static final SeverityRating OWN = new SeverityRating("debian", Severity.LOW, "low", null);
    private static final SeverityRating SILENT =
            new SeverityRating("debian", Severity.UNKNOWN, "not yet assigned", null);
    private static final SeverityRating NVD =
            new SeverityRating("nvd", Severity.HIGH, "HIGH", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5);
    private static final SeverityRating OTHER = new SeverityRating("cna@example.org", Severity.CRITICAL, null, null);
    private static final ExploitPrediction LIKELY = new ExploitPrediction(0.9, 0.99, "2026-01-02");
    private static final ExploitPrediction UNLIKELY = new ExploitPrediction(0.01, null, null);
    private static final KnownExploitation KNOWN = new KnownExploitation("2026-01-02", null, true, null, null);

    private static Finding finding(String id, List<String> aliases, SeverityRating... ratings) {
        SeverityRating counting = Finding.counting(List.of(ratings));
        return new Finding(
                id,
                aliases,
                new InventoryPackage(
                        new Package("deb", "curl", "1.0", null, null, null, ""), "pkg:deb/curl", 0, null, null),
                counting == null ? Severity.UNKNOWN : counting.severity(),
                counting == null ? null : counting.source(),
                List.of(ratings),
                FindingState.FIXED,
                "2.0",
                "debian",
                null,
                "1.0 < 2.0",
                null,
                null);
    }

    private static VulnerabilityDetails details(
            String id,
            String feed,
            List<SeverityRating> ratings,
            @Nullable ExploitPrediction prediction,
            @Nullable KnownExploitation exploitation) {
        return new VulnerabilityDetails(
                id, feed, ratings, prediction, exploitation, List.of(), "text", null, List.of(), null, null);
    }

    private static Finding enriched(Finding finding, VulnerabilityDetails... details) throws IOException {
        return Enrichment.of(List.of(finding), new AdvisoryList(List.of(), List.of(details), ""))
                .getFirst();
    }

    @Test
    void thePublishersOwnSeverityCountsAndAllAreKept() throws IOException {
        Finding finding = enriched(
                finding("CVE-2024-1", List.of(), OWN), details("CVE-2024-1", "nvd", List.of(NVD, OTHER), null, null));
        assertThat(finding.severity()).isEqualTo(Severity.LOW);
        assertThat(finding.severitySource()).isEqualTo("debian");
        assertThat(finding.severities()).containsExactly(OWN, NVD, OTHER);
    }

    @Test
    void whereThePublisherSaysNothingTheFirstOtherCounts() throws IOException {
        for (SeverityRating[] own : new SeverityRating[][] {{SILENT}, {}}) {
            Finding finding = enriched(
                    finding("CVE-2024-1", List.of(), own),
                    details("CVE-2024-1", "nvd", List.of(NVD, OTHER), null, null));
            assertThat(finding.severity()).isEqualTo(Severity.HIGH);
            assertThat(finding.severitySource()).isEqualTo("nvd");
        }
    }

    @Test
    void whatThePublisherQuotesIsNotSaidTwice() throws IOException {
        SeverityRating quoted = new SeverityRating("nvd", Severity.HIGH, null, NVD.vector(), 7.5);
        Finding finding = enriched(
                finding("CVE-2024-1", List.of(), OWN, quoted),
                details("CVE-2024-1", "nvd", List.of(NVD, OTHER), null, null));
        assertThat(finding.severities()).containsExactly(OWN, quoted, OTHER);
    }

    @Test
    void exploitationIsAddedFromWhoeverTellsIt() throws IOException {
        Finding finding = enriched(
                finding("CVE-2024-1", List.of(), OWN),
                details("CVE-2024-1", "epss", List.of(), LIKELY, null),
                details("CVE-2024-1", "kev", List.of(), null, KNOWN),
                details("CVE-2024-2", "epss", List.of(), UNLIKELY, null));
        assertThat(finding.exploitPrediction()).isEqualTo(LIKELY);
        assertThat(finding.knownExploitation()).isEqualTo(KNOWN);
        assertThat(finding.severities()).containsExactly(OWN);
    }

    @Test
    void whatHasAnotherNameIsLookedUpByItsCves() throws IOException {
        VulnerabilityDetails[] known = {
            details("CVE-2024-1", "epss", List.of(), UNLIKELY, null),
            details("CVE-2024-2", "epss", List.of(), LIKELY, null),
            details("DSA-1-1", "epss", List.of(), null, KNOWN)
        };
        Finding named =
                enriched(finding("GHSA-aaaa-bbbb-cccc", List.of("CVE-2024-1", "CVE-2024-2", "DSA-1-1"), OWN), known);
        assertThat(named.exploitPrediction()).isEqualTo(LIKELY);
        assertThat(named.knownExploitation()).isNull();
        // A CVE's aliases are other vulnerabilities or bulletins about many.
        Finding cve = enriched(finding("CVE-2024-1", List.of("CVE-2024-2"), OWN), known);
        assertThat(cve.exploitPrediction()).isEqualTo(UNLIKELY);
    }

    @Test
    void aVulnerabilityIsLookedUpOnceAndNothingElseIs() throws IOException {
        List<String> asked = new ArrayList<>();
        Advisories counting = new AdvisoriesOfDetails(asked);
        List<Finding> findings = List.of(
                finding("CVE-2024-1", List.of(), OWN),
                finding("CVE-2024-1", List.of(), OWN),
                finding("CVE-2024-2", List.of(), OWN));
        assertThat(Enrichment.of(findings, counting)).isEqualTo(findings);
        assertThat(asked).containsExactly("CVE-2024-1", "CVE-2024-2");
        assertThat(Enrichment.of(List.of(), counting)).isEmpty();
        assertThat(asked).hasSize(2);
    }

    /** What an override added is known as what was found is; how bad it says that it is counts, unknown too. */
    @Test
    void whatWasAddedHereIsEnrichedToo() throws IOException {
        Finding found = finding("CVE-2024-1", List.of(), OWN);
        Inventory inventory = new Inventory(Distros.of("debian", "12", null), List.of(found.affected()), List.of());
        for (@Nullable Severity own : new @Nullable Severity[] {null, Severity.LOW, Severity.UNKNOWN}) {
            Correction adding = new Correction(
                    "cve-2024-2",
                    "curl",
                    VersionRange.ALL,
                    null,
                    FixState.AFFECTED,
                    null,
                    own,
                    "because",
                    null,
                    null,
                    "o.yaml:1");
            CorrectedFindings corrected = Enrichment.ofAdded(
                    new Corrector(List.of(adding), VersionSchemes.all(), LocalDate.EPOCH)
                            .correct(inventory, List.of(found)),
                    new AdvisoryList(
                            List.of(), List.of(details("CVE-2024-2", "nvd", List.of(NVD), LIKELY, KNOWN)), ""));
            assertThat(corrected.corrections().getFirst().added()).isEqualTo(1);
            assertThat(corrected.findings().getFirst()).isEqualTo(found);
            Finding added = corrected.findings().getLast();
            assertThat(added.severity()).isEqualTo(own == null ? Severity.HIGH : own);
            assertThat(added.severitySource()).isEqualTo(own == null ? "nvd" : "overrides");
            assertThat(added.severities()).endsWith(NVD);
            assertThat(added.exploitPrediction()).isEqualTo(LIKELY);
            assertThat(added.knownExploitation()).isEqualTo(KNOWN);
        }
    }

    /** Knows nothing, and writes down what it is asked. */
    private record AdvisoriesOfDetails(List<String> asked) implements Advisories {
        @Override
        public List<VulnerabilityDetails> details(String id) {
            asked.add(id);
            return List.of();
        }

        @Override
        public List<Advisory> about(String namespace, String packageName) {
            throw new AssertionError("not asked for");
        }

        @Override
        public List<String> products(String repository) {
            return List.of();
        }

        @Override
        public List<AdvisorySource> sources(String namespace) {
            return List.of();
        }

        @Override
        public List<String> gaps(String namespace) {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
