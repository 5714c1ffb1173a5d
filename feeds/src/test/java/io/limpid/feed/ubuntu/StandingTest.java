package io.limpid.feed.ubuntu;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.VersionRange;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    @CsvSource(
            delimiter = '|',
            value = {
                // One row alone.
                "jammy_x: released (1.2-3) | fixed before 1.2-3, fixed in 1.2-3",
                "jammy_x : released ( 1.2-3 ) | fixed before 1.2-3, fixed in 1.2-3",
                "jammy_x: released ((1.2-3) | fixed before 1.2-3, fixed in 1.2-3",
                "jammy_x: released (1.2-3 | fixed before 1.2-3, fixed in 1.2-3",
                "jammy_x: released(1.2-3) | fixed before 1.2-3, fixed in 1.2-3",
                "jammy_x: released (1.2-3+esm1) | fixed-in-pro before 1.2-3+esm1, fixed in 1.2-3+esm1",
                "jammy_x: released (bad version!) | fixed before bad version!, fixed in bad version!",
                "jammy_x: released | under-investigation all (released, and in which version is not said)",
                "jammy_x: needed | affected all",
                "jammy_x: active (2020-01-01) | affected all (2020-01-01)",
                "jammy_x: in-progress | affected all",
                "jammy_x: needs-triage | under-investigation all",
                "jammy_x: deferred (2020-01-01) | deferred all (2020-01-01)",
                "jammy_x: pending (1.2-3) | affected before 1.2-3, fixed in 1.2-3 (pending (1.2-3))",
                "jammy_x: pending | affected all (pending)",
                "jammy_x: pending (5.4 or so) | affected all (pending (5.4 or so))",
                "jammy_x: not-affected (1.2-3) | not-affected (1.2-3)",
                "jammy_x: not-affected (code not present (see bug)) | not-affected (code not present (see bug))",
                "jammy_x: ignored (end of life) | will-not-fix all (end of life)",
                "jammy_x: ignored | will-not-fix all",
                "jammy_x: DNE | ",
                "jammy_x: DNE (gone) | ",
                // Pro goes on where the archive ends.
                "bionic_x: ignored (end of standard support, was needed); esm-infra/bionic_x: released (1.2-3+esm1) |"
                        + " fixed-in-pro before 1.2-3+esm1, fixed in 1.2-3+esm1 (ignored (end of standard support, was"
                        + " needed))",
                "bionic_x: needed; esm-apps/bionic_x: released (1.2-3~esm1)"
                        + " | fixed-in-pro before 1.2-3~esm1, fixed in 1.2-3~esm1",
                "trusty_x: ignored (end of standard support); trusty/esm_x: released (1.2-3)"
                        + " | fixed-in-pro before 1.2-3, fixed in 1.2-3 (ignored (end of standard support))",
                "trusty_x: ignored; trusty/esm_x: ignored (end of ESM support); esm-infra-legacy/trusty_x: released"
                        + " (1+esm2) | fixed-in-pro before 1+esm2, fixed in 1+esm2 (ignored)",
                "trusty_x: ignored; trusty/esm_x: released (1+esm1); esm-infra-legacy/trusty_x: needed"
                        + " | fixed-in-pro before 1+esm1, fixed in 1+esm1 (ignored)",
                "bionic_x: released (1.2-3); esm-infra/bionic_x: released (1.2-4+esm1) | fixed before 1.2-3, fixed in"
                        + " 1.2-3",
                "bionic_x: DNE; esm-apps/bionic_x: released (1.2-3) | fixed-in-pro before 1.2-3, fixed in 1.2-3",
                "esm-apps/bionic_x: needed | affected all",
                "bionic_x: ignored (end of standard support); esm-infra/bionic_x: DNE | will-not-fix all (end of"
                        + " standard support)",
                "bionic_x: ignored (end of standard support); esm-infra/bionic_x: not-affected (code not present)"
                        + " | not-affected (code not present)",
                "bionic_x: needs-triage; esm-infra/bionic_x: not-affected | not-affected",
                "bionic_x: needed; esm-infra/bionic_x: not-affected | affected all",
                "bionic_x: not-affected (2.9.0); esm-apps/bionic_x: released (2.8.2-1~esm1)"
                        + " | fixed-in-pro before 2.8.2-1~esm1, fixed in 2.8.2-1~esm1 (not-affected (2.9.0))",
                "bionic_x: not-affected; esm-apps/bionic_x: needed | not-affected",
                "bionic_x: ignored (end of standard support); esm-infra/bionic_x: needed"
                        + " | affected all (end of standard support; in Ubuntu Pro: needed)",
                "bionic_x: ignored; esm-infra/bionic_x: needs-triage | under-investigation all (in Ubuntu Pro:"
                        + " needs-triage)",
                "bionic_x: ignored; esm-infra/bionic_x: pending (1+esm1)"
                        + " | affected before 1+esm1, fixed in 1+esm1 (in Ubuntu Pro: pending (1+esm1))",
                "bionic_x: deferred; esm-infra/bionic_x: needed | deferred all",
                "bionic_x: ignored (end of life); esm-infra/bionic_x: ignored (too hard) | will-not-fix all (end of"
                        + " life)",
                // Pro has two archives.
                "bionic_x: ignored; esm-apps/bionic_x: needed; esm-infra/bionic_x: ignored"
                        + " | affected all (in Ubuntu Pro: needed)",
                "bionic_x: ignored; esm-apps/bionic_x: released (1+esm1); esm-infra/bionic_x: released (1+esm2)"
                        + " | fixed-in-pro before 1+esm2, fixed in 1+esm2 (ignored)",
                "bionic_x: ignored; esm-apps/bionic_x: not-affected (1); esm-infra/bionic_x: released (1)"
                        + " | fixed-in-pro before 1, fixed in 1 (ignored)",
                "bionic_x: released (1); bionic_x: needed | affected all",
                // Other lines of builds are never mixed with these.
                "focal_x: released (1-2); fips/focal_x: needed; fips-updates/focal_x: released (1-1+fips2) | fixed"
                        + " before 1-2, fixed in 1-2 & [fips] fixed-in-pro before 1-1+fips2, fixed in 1-1+fips2",
                "focal_linux-fips: DNE; fips/focal_linux-fips: released (5.4.0-1) | fixed-in-pro before 5.4.0-1, fixed"
                        + " in 5.4.0-1 & [fips] fixed-in-pro before 5.4.0-1, fixed in 5.4.0-1",
                "jammy_linux: released (5.15.0-1); realtime/jammy_linux: needed; bluefield/jammy_linux: needed"
                        + " | fixed before 5.15.0-1, fixed in 5.15.0-1",
                "jammy_linux-realtime: DNE; realtime/jammy_linux-realtime: released (5.15.0-2)"
                        + " | fixed-in-pro before 5.15.0-2, fixed in 5.15.0-2",
                "bluefield/jammy_linux-bluefield: released (5.15.0-2) | fixed before 5.15.0-2, fixed in 5.15.0-2",
                "ros-esm/bionic/melodic_x: needed | affected all",
                "ros-esm/bionic_x: needed | affected all",
                // In no image of a release.
                "upstream_x: needed; devel_x: needed; snap_x: needed; vivid/ubuntu-core_x: needed; unheardof_x: needed"
                        + " | ",
            })
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
        "Ubuntu, , ",
        "Ubuntu:22.04:LTS:x, , ",
        "Debian:12, , ",
    })
    void ecosystems(String ecosystem, @Nullable String release, BuildLine.@Nullable Kind kind) {
        BuildLine line = BuildLine.ofEcosystem(ecosystem);
        assertThat(line).isEqualTo(release == null || kind == null ? null : new BuildLine(release, kind));
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
