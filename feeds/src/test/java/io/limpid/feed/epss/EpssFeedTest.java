package io.limpid.feed.epss;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Documents;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The publisher's real tables, those of the first days among them. */
class EpssFeedTest {
    private static final EpssFeed FEED = new EpssFeed();

    @ParameterizedTest
    @CsvSource({"current, 2021-08-31, 72272, true", "2021-04-14, , 64712, false", "2021-08-31, , 72272, false"})
    void tables(String file, @Nullable String date, int rows, boolean percentiles) throws IOException {
        URI url = URI.create("https://epss.empiricalsecurity.com/epss_scores-" + file + ".csv.gz");
        FeedPart part = new FeedPart("epss", "current", List.of(new FeedPart.Document(EpssFeed.SCORES, url, true)));
        List<ExploitPrediction> told = new ArrayList<>();
        FeedReading reading = FEED.read(
                part,
                Documents.mirrored(FEED, part),
                one -> told.add(Objects.requireNonNull(((VulnerabilityDetails) one).exploitPrediction())));
        assertThat(reading.skipped()).isZero();
        assertThat(reading.dataDate()).isEqualTo(date);
        assertThat(told).hasSize(rows).allMatch(one -> Objects.equals(date, one.date()));
        assertThat(told).allMatch(one -> (one.percentile() != null) == percentiles);
    }
}
