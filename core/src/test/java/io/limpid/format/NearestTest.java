package io.limpid.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
    private static final List<String> SEVERITIES =
            List.of("critical", "high", "medium", "low", "negligible", "unknown");

    @ParameterizedTest
    @CsvSource({
        "hgih, high",
        "hig, high",
        "crit, critical",
        "critcal, critical",
        "mediun, medium",
        "neg, negligible",
        "unkown, unknown",
        "lo, low",
        "severe, ''",
        "x, ''",
        "'', ''",
    })
    void whatWasMeant(String typed, String meant) {
        assertThat(String.join(" ", Nearest.to(typed, SEVERITIES))).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"high, high, 0", "hgih, high, 1", "'', abc, 3", "ca, abc, 3", "kitten, sitting, 3", "table, tabel, 1"})
    void distances(String from, String to, int steps) {
        assertThat(Nearest.distance(from, to)).isEqualTo(steps);
        assertThat(Nearest.distance(to, from)).isEqualTo(steps);
    }

    @Property(tries = 200)
    void aDistanceIsThatBothWays(
            @ForAll @AlphaChars @StringLength(max = 8) String one,
            @ForAll @AlphaChars @StringLength(max = 8) String other) {
        assertThat(Nearest.distance(one, other))
                .isEqualTo(Nearest.distance(other, one))
                .isBetween(Math.abs(one.length() - other.length()), Math.max(one.length(), other.length()));
    }

    @Test
    void aMessageNamesTheNearestOrAll() {
        assertThat(Nearest.unknown("severity", "hgih", SEVERITIES))
                .isEqualTo("unknown severity: hgih (did you mean high?)");
        assertThat(Nearest.unknown("format", "xml", List.of("json", "table")))
                .isEqualTo("unknown format: xml (there is json, table)");
        assertThat(Nearest.unknown("format", "\u001b[2J" + "x".repeat(100_000), List.of("json")))
                .hasSizeLessThan(150)
                .startsWith("unknown format: \\u{1b}[2J");
    }

    @Test
    void asManyAsAreWantedTheNearestFirst() {
        List<String> ids = List.of("CVE-2024-1235", "CVE-2024-1236", "CVE-2024-1243", "CVE-2023-9999");
        assertThat(Nearest.to("CVE-2024-1234", ids, 2, 2)).containsExactly("CVE-2024-1235", "CVE-2024-1236");
        assertThat(Nearest.to("CVE-2024-1234", ids, 2, 9)).hasSize(3);
    }
}
