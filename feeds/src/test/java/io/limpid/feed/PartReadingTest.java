package io.limpid.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.Limits;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartReadingTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "1, 0, false",
        "1, 10, false",
        "0, 1, true",
        "1, 11, true",
        "44, 11, false",
        "43, 11, true",
        "400, 100, false",
        "399, 101, true"
    })
    void manyRecordsThatMakeNoSenseAreAFailure(int good, int odd, boolean failure) throws FeedException {
        PartReading reading = new PartReading(Limits.DEFAULT, _ -> {});
        reading.note("something else");
        for (int i = 0; i < odd; i++) {
            reading.skip("record\u001b " + i, "it is odd");
        }
        for (int i = 0; i < good; i++) {
            reading.record("a.json", List.of());
        }
        if (failure) {
            assertThatThrownBy(() -> reading.end("a.json", null))
                    .isInstanceOf(FeedException.class)
                    .hasMessage("a.json: %d of %d records make no sense, its format may have changed; the first: "
                                    .formatted(odd, good + odd)
                            + "record\\u{1b} 0: it is odd");
        } else {
            FeedReading end = reading.end("a.json", "2024-01-01");
            assertThat(end.skipped()).isEqualTo(odd);
            assertThat(end.dataDate()).isEqualTo("2024-01-01");
            assertThat(end.notes()).hasSize(Math.min(odd + 1, Limits.DEFAULT.problems()));
        }
    }
}
