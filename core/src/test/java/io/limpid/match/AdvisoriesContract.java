package io.limpid.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySource;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.FixState;
import io.limpid.model.KnownExploitation;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Advisories} must keep; a test of one extends it. */
public abstract class AdvisoriesContract {
    private static final String FEED = "feed";
    private static final String BOOKWORM = "debian:12";
    private static final String TRIXIE = "debian:13";

    private static final Advisory WHOLE = new Advisory(
            "CVE-2024-1",
            List.of("DSA-1-1", "GHSA-x"),
            FEED,
            new AdvisorySubject(
                    BOOKWORM,
                    "curl",
                    AdvisorySubject.Kind.EITHER,
                    AdvisorySubject.Kind.SOURCE,
                    List.of("amd64", "arm64"),
                    "nodejs:18",
                    List.of("cpe:/o:redhat:enterprise_linux:8"),
                    "esm",
                    "curl-source"),
            FixState.FIXED,
            List.of(new VersionRange("1.0", "1.2-3", null), new VersionRange(null, null, "0.9")),
            "1.2-3",
            List.of(
                    new SeverityRating(FEED, Severity.HIGH, "high**", null),
                    new SeverityRating("nvd", Severity.UNKNOWN, null, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")),
            "What it is: 日本語 😀",
            "why",
            "https://example.org/CVE-2024-1",
            List.of("https://example.org/a", "https://example.org/b"),
            "2024-01-02",
            "2024-01-03T04:05:06Z");

    private static final Advisory BARE = simple("CVE-2024-2", BOOKWORM, "curl", FixState.NOT_AFFECTED, null);
    private static final Advisory OTHER_RELEASE = simple("CVE-2024-1", TRIXIE, "curl", FixState.AFFECTED, "text");
    private static final Advisory NEIGHBOUR = simple("CVE-2024-1", BOOKWORM, "curl-minimal", FixState.DEFERRED, null);

    private static Advisory simple(
            String id, String namespace, String name, FixState state, @Nullable String description) {
        return new Advisory(
                id,
                List.of(),
                FEED,
                AdvisorySubject.ofSource(namespace, name),
                state,
                state == FixState.NOT_AFFECTED ? List.of() : List.of(VersionRange.ALL),
                null,
                List.of(),
                description,
                null,
                null,
                List.of(),
                null,
                null);
    }

    /** Advisories and details of feed {@code feed} that are these and no others. */
    protected abstract Advisories of(List<Advisory> all, List<VulnerabilityDetails> details) throws IOException;

    private Advisories of(List<Advisory> all) throws IOException {
        return of(all, List.of());
    }

    private static VulnerabilityDetails details(String id, @Nullable String description) {
        return new VulnerabilityDetails(
                id,
                FEED,
                List.of(new SeverityRating("nvd", Severity.HIGH, "HIGH", null, 7.5)),
                new ExploitPrediction(0.25, null, "2024-01-02"),
                new KnownExploitation("2024-01-02", null, true, "its name", "what to do"),
                List.of("CWE-79"),
                description,
                null,
                description == null ? List.of() : List.of("https://example.org/"),
                "2024-01-02",
                null);
    }

    @Test
    void detailsAreFoundByTheirIdAndWithoutText() throws IOException {
        VulnerabilityDetails one = details("CVE-2024-1", "text");
        VulnerabilityDetails other = details("CVE-2024-10", null);
        try (Advisories advisories = of(List.of(WHOLE, BARE), List.of(other, one))) {
            assertThat(advisories.details("CVE-2024-1")).containsExactly(one.withoutText());
            assertThat(advisories.details("CVE-2024-10")).containsExactly(other);
            for (String id : List.of("", "CVE-2024-", "CVE-2024-2", "CVE-2024-100", "DSA-1-1", "\0")) {
                assertThat(advisories.details(id)).as(id).isEmpty();
            }
            // They are no advisories of any package.
            assertThat(advisories.about(BOOKWORM, "curl")).hasSize(2);
            assertThat(advisories.sources(BOOKWORM))
                    .singleElement()
                    .satisfies(source -> assertThat(source.records()).isEqualTo(2));
            assertThat(advisories.products("rhel-9-for-x86_64-baseos-rpms")).isEmpty();
        }
    }

    private Advisories usual() throws IOException {
        return of(List.of(OTHER_RELEASE, WHOLE, NEIGHBOUR, BARE));
    }

    @Test
    void findsByReleaseAndPackageExactly() throws IOException {
        try (Advisories advisories = usual()) {
            assertThat(advisories.about(BOOKWORM, "curl"))
                    .containsExactlyInAnyOrder(WHOLE.withoutText(), BARE.withoutText());
            assertThat(advisories.about(TRIXIE, "curl")).containsExactly(OTHER_RELEASE.withoutText());
            assertThat(advisories.about(BOOKWORM, "curl-minimal")).containsExactly(NEIGHBOUR.withoutText());
        }
    }

    @Test
    void findsNothingWhereNothingIs() throws IOException {
        try (Advisories advisories = usual()) {
            for (String name : List.of("", "cur", "curl-", "curl-minimal2", "CURL", "zzz", "\0", "curl\0")) {
                assertThat(advisories.about(BOOKWORM, name)).as(name).isEmpty();
            }
            for (String namespace : List.of("", "debian:1", "debian:120", "debian", "ubuntu:12")) {
                assertThat(advisories.about(namespace, "curl")).as(namespace).isEmpty();
                assertThat(advisories.sources(namespace)).as(namespace).isEmpty();
            }
        }
    }

    @Test
    void namesItsSources() throws IOException {
        try (Advisories advisories = usual()) {
            assertThat(advisories.sources(BOOKWORM))
                    .extracting(AdvisorySource::feed, AdvisorySource::namespace, AdvisorySource::records)
                    .containsExactly(org.assertj.core.api.Assertions.tuple(FEED, BOOKWORM, 3L));
            assertThat(advisories.sources(TRIXIE))
                    .extracting(AdvisorySource::records)
                    .containsExactly(1L);
        }
    }

    @Test
    void theOrderIsThatOfNoInput() throws IOException {
        List<Advisory> many = new ArrayList<>();
        List<FixState> states = List.of(FixState.values());
        for (int i = 0; i < 500; i++) {
            many.add(simple("CVE-2024-" + i % 100, BOOKWORM, "linux", states.get(i % 7), "text " + i));
        }
        List<Advisory> first;
        try (Advisories advisories = of(many)) {
            first = advisories.about(BOOKWORM, "linux");
            assertThat(first).hasSize(500).isEqualTo(advisories.about(BOOKWORM, "linux"));
        }
        Collections.shuffle(many, new Random(1));
        try (Advisories advisories = of(many)) {
            assertThat(advisories.about(BOOKWORM, "linux")).isEqualTo(first);
        }
    }
}
