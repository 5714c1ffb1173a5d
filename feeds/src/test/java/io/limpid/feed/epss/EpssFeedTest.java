package io.limpid.feed.epss;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Documents;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.VulnerabilityDetails;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The publisher's real tables, those of the first days among them. */
class EpssFeedTest {
    private static final EpssFeed FEED = new EpssFeed();

    @ParameterizedTest
    @CsvSource({
        "'', 2021-08-31, 72272, true",
        "2021-04-14, 2021-04-14, 64712, false",
        "2021-08-31, 2021-08-31, 72272, false"
    })
    void tables(String day, String date, int rows, boolean percentiles) throws IOException {
        FeedPart part = day.isEmpty() ? FEED.parts().getFirst() : EpssFeed.of(LocalDate.parse(day));
        List<ExploitPrediction> told = new ArrayList<>();
        FeedReading reading = FEED.read(
                part,
                Documents.mirrored(FEED, part),
                one -> told.add(Objects.requireNonNull(((VulnerabilityDetails) one).exploitPrediction())));
        assertThat(reading.skipped()).isZero();
        assertThat(reading.dataDate()).isEqualTo(date);
        assertThat(told).hasSize(rows).allMatch(one -> date.equals(one.date()));
        assertThat(told).allMatch(one -> (one.percentile() != null) == percentiles);
    }
}
