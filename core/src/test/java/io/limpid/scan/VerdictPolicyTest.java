package io.limpid.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.match.CorrectedFindings;
import io.limpid.model.AdvisorySource;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.model.Severity;
import io.limpid.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must be known before nothing found means clean. */
class VerdictPolicyTest {
    private static final VerdictPolicy POLICY =
            new VerdictPolicy(Instant.parse("2026-11-25T12:00:00Z"), Duration.ofDays(5), false);
    private static final InventoryPackage BASH = installed(null);
    private static final InventoryPackage DOCUMENTED = new InventoryPackage(
            new Package("deb", "bash", "5", null, null, null, "x.spdx.json", "pkg:deb/bash@5"),
            "pkg:deb/bash@5",
            0,
            null,
            null);

    /**
     * Columns: distribution, when its advisories were fetched, states of the findings, what is wrong besides; the result, and how its first
     * reason starts.
     */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "debian 12, 2026-11-25T11:00:00Z, -, -, CLEAN, -",
                "debian 12, 2026-11-20T12:00:00Z, -, -, CLEAN, -",
                "debian 12, 2026-11-20T11:59:59Z, -, -, UNKNOWN, the advisories of debian were fetched more than 5"
                        + " days ago",
                "debian 12, 2026-11-25T12:59:00Z, -, -, CLEAN, -",
                "debian 12, 2030-01-01T00:00:00Z, -, -, UNKNOWN, the advisories of debian were fetched at 2030",
                "debian 12, yesterday, -, -, UNKNOWN, 'the advisories of debian were fetched at yesterday, which is no"
                        + " time'",
                "debian 12, -, -, -, UNKNOWN, there are no advisories for debian:12",
                "debian 99, 2026-11-25T11:00:00Z, -, -, CLEAN, -",
                "debian 11, 2026-11-25T11:00:00Z, -, -, UNKNOWN, debian:11 has been without fixes since 2026-08-31",
                "-, -, -, -, UNKNOWN, 'the distribution is not known'",
                "debian 12, 2026-11-25T11:00:00Z, FIXED, -, VULNERABLE, -",
                "debian 11, 2026-11-25T11:00:00Z, AFFECTED, -, VULNERABLE, debian:11 has been without fixes",
                "debian 12, 2026-11-25T11:00:00Z, UNDECIDED, -, UNKNOWN, 1 advisory could not be decided",
                "debian 12, 2026-11-25T11:00:00Z, UNDECIDED FIXED, -, VULNERABLE, 1 advisory could not be decided",
                "debian 12, 2026-11-25T11:00:00Z, -, problem, UNKNOWN, something could not be read: it is broken",
                "debian 12, 2026-11-25T11:00:00Z, FIXED, problem, VULNERABLE, something could not be read: it is"
                        + " broken",
                "debian 12, 2026-11-25T11:00:00Z, -, nothing, UNKNOWN, no package database lists anything",
                "debian 12, 2026-11-25T11:00:00Z, -, removed, UNKNOWN, no package database lists anything",
                "debian 12, 2026-11-25T11:00:00Z, -, document, UNKNOWN, no package database lists anything",
                "debian 12, 2026-11-25T11:00:00Z, -, npm, UNKNOWN, 3 packages of type npm compared with no advisories",
                "debian 12, 2026-11-25T11:00:00Z, -, gap, UNKNOWN, half of it was not there",
            })
    void verdicts(
            @Nullable String distro,
            @Nullable String fetched,
            @Nullable String states,
            @Nullable String besides,
            Verdict.Result result,
            @Nullable String reason) {
        String more = besides == null ? "" : besides;
        List<InventoryPackage> packages = packages(more);
        List<Problem> problems = more.equals("problem") ? List.of(new Problem(0, "a", "it is broken")) : List.of();
        SortedMap<String, Integer> notCompared = new TreeMap<>();
        if (more.equals("npm")) {
            notCompared.put("npm", 3);
        }
        Verdict verdict = POLICY.verdict(
                new Inventory(distro(distro), packages, problems),
                found(
                        states == null
                                ? List.of()
                                : List.of(states.split(" ", -1)).stream()
                                        .map(VerdictPolicyTest::finding)
                                        .toList()),
                fetched == null ? List.of() : List.of(new AdvisorySource("debian", "debian:12", 7, null, fetched)),
                more.equals("gap") ? List.of("half of it was not there") : List.of(),
                notCompared);
        assertThat(verdict.result()).isEqualTo(result);
        assertThat(verdict.complete()).isEqualTo(problems.isEmpty());
        assertThat(verdict.reasons())
                .hasSize(reason == null ? 0 : 1)
                .allMatch(told -> told.startsWith(String.valueOf(reason)));
    }

    /** Two clocks may differ a little; of what was fetched later than that, or at the end of all time, nobody knows the age. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-25T13:00:00Z, ",
        "2026-11-25T13:00:01Z, 'were fetched at 2026-11-25T13:00:01Z, which is still to come'",
        "+1000000000-12-31T23:59:59.999999999Z, which is still to come",
        "-1000000000-01-01T00:00:00Z, were fetched more than 5 days ago",
    })
    void momentsOfFetching(String fetched, @Nullable String reason) {
        Verdict verdict = POLICY.verdict(
                new Inventory(distro("debian 12"), List.of(BASH), List.of()),
                found(List.of()),
                List.of(new AdvisorySource("debian", "debian:12", 7, null, fetched)),
                List.of(),
                new TreeMap<>());
        assertThat(verdict.result()).isEqualTo(reason == null ? Verdict.Result.CLEAN : Verdict.Result.UNKNOWN);
        assertThat(String.join("", verdict.reasons())).contains(reason == null ? "" : reason);
    }

    @Test
    void anEndOfLifeThatIsAcceptedIsNoReason() {
        VerdictPolicy accepting = new VerdictPolicy(POLICY.now(), POLICY.maxAge(), true);
        Inventory inventory = new Inventory(distro("debian 11"), List.of(BASH), List.of());
        List<AdvisorySource> sources =
                List.of(new AdvisorySource("debian", "debian:11", 7, null, "2026-11-25T11:00:00Z"));
        assertThat(accepting.verdict(inventory, found(List.of()), sources, List.of(), new TreeMap<>()))
                .isEqualTo(new Verdict(
                        Verdict.Result.CLEAN,
                        true,
                        List.of(),
                        true,
                        List.of("debian:11 has been without fixes since 2026-08-31 (end of life), which was"
                                + " accepted")));
    }

    private static CorrectedFindings found(List<Finding> findings) {
        return new CorrectedFindings(findings, List.of());
    }

    private static @Nullable Distro distro(@Nullable String text) {
        return text == null ? null : Distros.of(text.split(" ", -1)[0], text.split(" ", -1)[1], null);
    }

    private static List<InventoryPackage> packages(String besides) {
        return switch (besides) {
            case "nothing" -> List.of();
            case "removed" -> List.of(installed(3));
            case "document" -> List.of(DOCUMENTED);
            default -> List.of(BASH);
        };
    }

    private static InventoryPackage installed(@Nullable Integer removedIn) {
        return new InventoryPackage(
                new Package("deb", "bash", "5", null, null, null, "db"), "pkg:deb/bash@5", 0, null, removedIn);
    }

    private static Finding finding(String state) {
        return new Finding(
                "CVE-1",
                List.of(),
                BASH,
                Severity.HIGH,
                null,
                List.of(),
                FindingState.valueOf(state),
                null,
                "debian",
                null,
                "5, as every version",
                null,
                null);
    }
}
