package io.limpid.feed.ubuntu;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.VersionRange;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rows of the tracker mean together: those of a release's archive, of Ubuntu Pro, of other builds. */
final class StandingTest {

    private static String standing(String rows) {
        TrackerText text = TrackerText.of("Candidate: CVE-2024-1\n" + rows.replace("; ", "\n") + "\n");
        assertThat(text.odd()).isEmpty();
        return text.rows().values().stream()
                .flatMap(releases -> releases.values().stream())
                .flatMap(lines -> Standing.of(lines).stream())
                .map(StandingTest::shown)
                .collect(Collectors.joining(" & "));
    }

    private static String shown(Standing standing) {
        String affected = standing.affected().stream()
                .map(range -> range.equals(VersionRange.ALL) ? "all" : "before " + range.fixed())
                .collect(Collectors.joining(", "));
        return (standing.flavour().isEmpty() ? "" : "[" + standing.flavour() + "] ")
                + standing.state().word()
                + (affected.isEmpty() ? "" : " " + affected)
                + (standing.fixedVersion() == null ? "" : ", fixed in " + standing.fixedVersion())
                + (standing.note() == null ? "" : " (" + standing.note() + ")");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "standing.txt", delimiter = '|')
    void rows(String rows, @Nullable String expected) {
        assertThat(standing(rows)).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Ubuntu:22.04:LTS, 22.04, BASE",
        "Ubuntu:25.10, 25.10, BASE",
        "Ubuntu:Pro:18.04:LTS, 18.04, ESM",
        "Ubuntu:Pro:FIPS:18.04:LTS, 18.04, FIPS",
        "Ubuntu:Pro:FIPS-preview:22.04:LTS, 22.04, FIPS",
        "Ubuntu:Pro:FIPS-updates:20.04:LTS, 20.04, FIPS_UPDATES",
        "Ubuntu:Pro:Realtime:22.04:LTS, 22.04, OTHER_PRO",
        "Ubuntu:Pro:Realtime:Kernel:22.04:LTS, 22.04, OTHER_PRO",
        "Ubuntu:Nvidia-BlueField:22.04:LTS, 22.04, OTHER",
        "Ubuntu:Pro:22.04:LTS:Realtime:Kernel, 22.04, OTHER_PRO",
        "Ubuntu:Pro:24.04:LTS:Realtime:Kernel, 24.04, OTHER_PRO",
        "Ubuntu:22.04:LTS:for:NVIDIA:BlueField, 22.04, OTHER",
        "Ubuntu:Pro:22.04:LTS:FIPS-updates, 22.04, FIPS_UPDATES",
        "Ubuntu:22.04:LTS:x, 22.04, OTHER",
        "Ubuntu, , ",
        "Ubuntu:22.04:LTS:, , ",
        "Ubuntu:22.04:LTS:x y, , ",
        "Debian:12, , ",
    })
    void ecosystems(String ecosystem, @Nullable String release, BuildLine.@Nullable Kind kind) {
        BuildLine line = BuildLine.ofEcosystem(ecosystem);
        assertThat(line).isEqualTo(release == null || kind == null ? null : new BuildLine(release, kind));
    }

    /** Such a line is passed over; what is of no release makes no sense. */
    @ParameterizedTest
    @CsvSource({
        "Ubuntu:22.04:LTS:x y, true",
        "Ubuntu:Pro 2:22.04:LTS, true",
        "Ubuntu:99.99:x y, false",
        "Ubuntu, false",
        "Debian:22.04, false",
    })
    void linesOfARelease(String ecosystem, boolean known) {
        assertThat(BuildLine.isOfRelease(ecosystem)).isEqualTo(known);
    }

    @Test
    void priorities() {
        TrackerText text = TrackerText.of("""
            Candidate: CVE-2024-1
            Priority: medium (heap-protector)
             because of this
             and bionic_x: needed
            Priority_x: low
            Priority_x_jammy: negligible
            Priority_y: high
            CVSS:
             nvd: CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H [9.8 CRITICAL]
             nonsense
            """);
        assertThat(text.odd()).isEmpty();
        assertThat(text.rows()).isEmpty();
        assertThat(text.severities("x", "focal").getFirst().word()).isEqualTo("low");
        assertThat(text.severities("x", "jammy").getFirst().word()).isEqualTo("negligible");
        assertThat(text.severities("y", "jammy").getFirst().word()).isEqualTo("high");
        assertThat(text.severities("z", "jammy").getFirst().word()).isEqualTo("medium");
        assertThat(text.severities("z", "jammy").get(1).vector())
                .isEqualTo("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
    }
}
