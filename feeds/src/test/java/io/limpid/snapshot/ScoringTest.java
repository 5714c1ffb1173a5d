package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Advisory;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VulnerabilityDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What records get when they are written: the scores of their vectors, where nobody has given any. */
class ScoringTest {
    private final Scoring scoring = new Scoring();

    @ParameterizedTest
    @CsvSource({
        // A vector alone: its score, and the words for that.
        "UNKNOWN, , CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, , CRITICAL, 9.8",
        "UNKNOWN, , AV:N/AC:L/Au:N/C:P/I:P/A:P, , HIGH, 7.5",
        "UNKNOWN, , CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, , NEGLIGIBLE, 0",
        // What the source says stays: its severity, a word that says nothing, its own score.
        "LOW, low, CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, , LOW, 9.8",
        "UNKNOWN, not yet assigned, CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, , UNKNOWN, 9.8",
        "HIGH, , CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 8.1, HIGH, 8.1",
        // No vector, or none that can be read.
        "HIGH, high, , , HIGH, ",
        "UNKNOWN, , not a vector, , UNKNOWN, ",
        "UNKNOWN, , CVSS:3.1/AV:N/AC:L, , UNKNOWN, "
    })
    void ratings(
            Severity severity,
            @Nullable String word,
            @Nullable String vector,
            @Nullable Double score,
            Severity expected,
            @Nullable Double expectedScore) {
        SeverityRating given = new SeverityRating("source", severity, word, vector, score);
        SeverityRating scored = new SeverityRating("source", expected, word, vector, expectedScore);
        SeverityRating plain = new SeverityRating("debian", Severity.LOW, "low", null);
        Advisory advisory = LineFeed.advisory("lines", "debian:12", "bash", "CVE-1", "1.0");
        VulnerabilityDetails details = new VulnerabilityDetails(
                "CVE-1", "nvd", List.of(given), null, null, List.of(), null, null, List.of(), null, null);
        for (int i = 0; i < 2; i++) {
            assertThat(scoring.scored(advisory.withSeverities(List.of(plain, given))))
                    .isEqualTo(advisory.withSeverities(List.of(plain, scored)));
            assertThat(scoring.scored(details)).isEqualTo(details.withRatings(List.of(scored)));
        }
        RepositoryProducts products = new RepositoryProducts("a", List.of("cpe:/o:x"));
        assertThat(scoring.scored(products)).isSameAs(products);
        assertThat(scoring.scored(advisory)).isSameAs(advisory);
    }
}
