package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A primary that is lost under load: writes go on at its standby by themselves, and nothing acknowledged is lost. {@code bench/standby} has figures. */
class StandbyPromotionTest {
    /** What is promised. */
    private static final long LONGEST_GAP_MILLIS = 10_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void writesGoOnAndNothingAcknowledgedIsLost(StandbyPromotion.Loss loss) throws Exception {
        StandbyPromotion.Figures figures = StandbyPromotion.measure(folder, loss, 1, Duration.ofSeconds(1));
        assertThat(figures.gaps()).hasSize(1).allMatch(gap -> gap <= LONGEST_GAP_MILLIS);
        assertThat(figures.acknowledged()).isPositive();
        assertThat(figures.lost()).isZero();
        assertThat(figures.stale()).isZero();
    }
}
