package io.limpid.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lengths of time are called in every message. */
class TimeSpanTest {
    @ParameterizedTest
    @CsvSource({
        "PT-5S, 0 seconds",
        "PT0S, 0 seconds",
        "PT1S, 1 second",
        "PT59.9S, 59 seconds",
        "PT1M, 1 minute",
        "PT59M59S, 59 minutes",
        "PT1H, 1 hour",
        "P1D, 24 hours",
        "PT47H59M, 47 hours",
        "P2D, 2 days",
        "P400D, 400 days",
    })
    void words(Duration span, String words) {
        assertThat(TimeSpan.words(span)).isEqualTo(words);
    }
}
