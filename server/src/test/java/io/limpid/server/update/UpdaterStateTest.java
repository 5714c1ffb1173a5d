package io.limpid.server.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The record of an updater's run, as it is written and as it is read again. */
class UpdaterStateTest {
    private static final Instant ENDED = Instant.parse("2026-03-04T05:06:07.089Z");

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(
                        new UpdaterState(ENDED, Duration.ofMillis(61_500), null, 4711, 10, 2, 1, List.of()),
                        "{\"ended\":\"2026-03-04T05:06:07.089Z\",\"millis\":61500,\"vulnerabilities\":4711,"
                                + "\"appeared\":10,\"changed\":2,\"disappeared\":1,\"notes\":[]}"),
                Arguments.of(
                        new UpdaterState(
                                Instant.EPOCH,
                                Duration.ZERO,
                                "could not fetch \"x\"\n\u001b[2J\0",
                                0,
                                0,
                                0,
                                0,
                                List.of("a gap", "debian:8 held back: \\ 9 \ud83d\ude00")),
                        "{\"ended\":\"1970-01-01T00:00:00Z\",\"millis\":0,"
                                + "\"failure\":\"could not fetch \\\"x\\\"\\n\\u001B[2J\\u0000\",\"vulnerabilities\":0,"
                                + "\"appeared\":0,\"changed\":0,\"disappeared\":0,"
                                + "\"notes\":[\"a gap\",\"debian:8 held back: \\\\ 9 \ud83d\ude00\"]}"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatIsWrittenIsRead(UpdaterState state, String text) {
        assertThat(state.text()).isEqualTo(text);
        assertThat(UpdaterState.of(text)).contains(state);
    }

    static Stream<Arguments> otherTexts() {
        return Stream.of(
                Arguments.of("{\"ended\":\"1970-01-01T00:00:00Z\"}", plain(null, 0)),
                Arguments.of(
                        " {\"later\":{\"a\":[1]},\"vulnerabilities\":3,\"ended\":\"1970-01-01T00:00:00Z\",\"failure\":null}"
                            + " ",
                        plain(null, 3)),
                Arguments.of("{\"ended\":\"1970-01-01T00:00:00.0009Z\",\"failure\":\"\"}", plain("", 0)));
    }

    @ParameterizedTest
    @MethodSource("otherTexts")
    void whatAnotherVersionWroteIsRead(String text, UpdaterState state) {
        assertThat(UpdaterState.of(text)).contains(state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1700000000",
                "[]",
                "null",
                "{}",
                "{\"ended\":null}",
                "{\"ended\":5}",
                "{\"ended\":\"yesterday\"}",
                "{\"ended\":\"1970-01-01T00:00:00Z\"",
                "{\"ended\":\"1970-01-01T00:00:00Z\"}{}",
                "{\"ended\":\"1970-01-01T00:00:00Z\",\"millis\":-1}",
                "{\"ended\":\"1970-01-01T00:00:00Z\",\"millis\":1.5}",
                "{\"ended\":\"1970-01-01T00:00:00Z\",\"appeared\":\"1\"}",
                "{\"ended\":\"1970-01-01T00:00:00Z\",\"changed\":-1}",
                "{\"ended\":\"1970-01-01T00:00:00Z\",\"disappeared\":99999999999999999999}",
                "{\"ended\":\"1970-01-01T00:00:00Z\",\"failure\":[]}",
                "{\"ended\":\"1970-01-01T00:00:00Z\",\"notes\":[1]}",
                "{\"ended\":\"1970-01-01T00:00:00Z\",\"notes\":\"a\"}"
            })
    void nonsenseIsNoState(String text) {
        assertThat(UpdaterState.of(text)).isEmpty();
    }

    @Test
    void itStaysSmall() {
        String endless = "\0".repeat(1_000_000);
        UpdaterState state = new UpdaterState(
                ENDED.plusNanos(1),
                Duration.ofNanos(1_999_999),
                endless,
                1,
                1,
                1,
                1,
                Collections.nCopies(500, endless));
        assertThat(state.ended()).isEqualTo(ENDED);
        assertThat(state.took()).isEqualTo(Duration.ofMillis(1));
        assertThat(state.failure()).hasSize(UpdaterState.SHOWN_OF_A_NOTE + 3).endsWith("...");
        assertThat(state.notes())
                .hasSize(UpdaterState.MAX_NOTES)
                .endsWith("and 491 more")
                .first()
                .isEqualTo(state.failure());
        assertThat(UpdaterState.of(state.text())).contains(state);
    }

    @Test
    void lessThanNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> plain(null, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UpdaterState(ENDED, Duration.ofMillis(-1), null, 0, 0, 0, 0, List.of()));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
        0,            1970-01-01T00:00:00Z
        1700000000,   2023-11-14T22:13:20Z
        -1,           -
        1700000000.5, -
        9999999999999, -
        yesterday,    -
        '',           -
        """)
    void secondsAreAMoment(String value, @Nullable Instant moment) {
        assertThat(UpdaterKeys.moment(value).orElse(null)).isEqualTo(moment);
    }

    @Test
    void theKeysAreClairs() {
        assertThat(UpdaterKeys.LAST).isEqualTo("updater/last");
        assertThat(UpdaterKeys.finished(Updater.DEBIAN)).isEqualTo("updater/debian/finished");
        assertThat(UpdaterKeys.state(Updater.AMZN1)).isEqualTo("updater/amzn1/state");
    }

    private static UpdaterState plain(@Nullable String failure, long vulnerabilities) {
        return new UpdaterState(Instant.EPOCH, Duration.ZERO, failure, vulnerabilities, 0, 0, 0, List.of());
    }
}
