package io.limpid.server.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextUpdateTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        1000 0,   PT1H,  PT1H
        1000 1,   PT1H,  PT1M
        1000 2,   PT1H,  PT2M
        1000 3,   PT1H,  PT4M
        1000 7,   PT1H,  PT1H
        1000 99,  PT99H, PT17H4M
        1000 1,   PT30S, PT30S
        1000,     PT1H,  -
        1000 x,   PT1H,  -
        '',       PT1H,  -
        """)
    void afterARun(String run, Duration interval, @Nullable Duration pause) {
        assertThat(NextUpdate.after(run, interval).map(NextUpdate::due).orElse(null))
                .isEqualTo(pause == null ? null : Instant.ofEpochSecond(1000).plus(pause));
    }
}
