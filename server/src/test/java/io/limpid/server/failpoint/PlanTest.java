package io.limpid.server.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.snapshot.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    @Test
    void noTextIsNoPlan() {
        assertThat(Plan.of(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "on",
                "count",
                "count:",
                "kill",
                "kill:",
                "kill:0",
                "kill:-1",
                "kill:x",
                "kill:LAYER_STORED",
                "kill:layer_stored:1",
                "kill:NOBODY:1",
                "kill:LAYER_STORED:0",
                "kill:1:",
                "kill:1000000000",
                "kill:1 ",
                "COUNT:f"
            })
    void whatIsNoPlanIsAnError(String text) {
        assertThatThrownBy(() -> Plan.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kill:NAME:N")
                .hasMessageEndingWith(": " + text);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "any",
            value = {"kill:1,any,1", "kill:999999999,any,999999999", "kill:LAYER_STORED:12,LAYER_STORED,12"})
    void aKillSaysWhichHit(String text, Failpoint only, long hit) {
        assertThat(Plan.of(text)).isInstanceOfSatisfying(Plan.Kill.class, kill -> {
            assertThat(kill.only()).isEqualTo(only);
            assertThat(kill.hit()).isEqualTo(hit);
        });
    }

    @Test
    void whatIsHitIsWrittenDownInItsOrder(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a:b");
        Plan plan = Objects.requireNonNull(Plan.of("count:" + file));
        plan.reached(Failpoint.FETCH_BEGUN);
        plan.reached(Failpoint.FETCH_ENDED);
        plan.reached(Failpoint.FETCH_BEGUN);
        assertThat(Files.readString(file)).isEqualTo("FETCH_BEGUN\nFETCH_ENDED\nFETCH_BEGUN\n");
    }

    @Test
    void eachPhaseOfAFeedsUpdateHasItsPoint() {
        assertThat(EnumSet.range(Failpoint.FEED_LOCKED, Failpoint.FEED_NOTED))
                .extracting(Failpoint::name)
                .containsExactly(
                        Stream.of(Phase.values()).map(phase -> "FEED_" + phase).toArray(String[]::new));
    }
}
