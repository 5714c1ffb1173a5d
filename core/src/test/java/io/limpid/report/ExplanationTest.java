package io.limpid.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Distro;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Package;
import io.limpid.model.Report;
import io.limpid.model.Severity;
import io.limpid.model.Verdict;
import io.limpid.model.Verdict.Result;
import io.limpid.testing.Golden;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ExplanationTest {
    private static final ReportOptions WIDE = new ReportOptions(100, false, true, false, false, null, null);
    private static final ReportOptions NARROW = new ReportOptions(60, true, false, false, false, null, null);

    private static String explained(Report report, String id) {
        return Explanation.of(report, id).text(WIDE);
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-2024-0001, two-packages",
        "CVE-2019-1010022, will-not-fix",
        "CVE-2025-0001, undecided",
        "GHSA-35jh-r3h4-6jhm, language",
        "CVE-2024-0010, not-found",
    })
    void golden(String id, String name) {
        Golden.check("io/limpid/report/explain-" + name + ".txt", explained(SampleFindings.vulnerable(), id));
    }

    /** A finding that overrides change or deny says so, and so does one of a kernel that does not run. */
    @ParameterizedTest
    @CsvSource({
        "CVE-2024-0001, override",
        "CVE-2026-9999, override-adds",
        "CVE-2022-3715, override-denies",
        "CVE-2024-1002, kernel",
    })
    void goldenOfCorrections(String id, String name) {
        Golden.check("io/limpid/report/explain-" + name + ".txt", explained(SampleCorrections.corrected(), id));
    }

    @Test
    void goldenOfOthers() {
        Golden.check(
                "io/limpid/report/explain-narrow.txt",
                Explanation.of(SampleFindings.vulnerable(), "CVE-2024-0001").text(NARROW));
        Golden.check("io/limpid/report/explain-unknown.txt", explained(SampleFindings.unknown(), "CVE-2024-0001"));
        Golden.check(
                "io/limpid/report/explain-hostile.txt",
                Explanation.of(SampleReports.hostile(), SampleReports.HOSTILE).text(NARROW));
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-2024-0001, 2",
        "cve-2024-0001, 2",
        "' CVE-2024-0001 ', 2",
        "DSA-5764-1, 2",
        "ghsa-AAAA-bbbb-cccc, 2",
        "CVE-2022-3715, 1",
        "CVE-2024-000, 0",
        "'', 0",
    })
    void idsAndAliasesAreFound(String id, int findings) {
        Explanation explanation = Explanation.of(SampleFindings.vulnerable(), id);
        assertThat(explanation.findings()).hasSize(findings);
        assertThat(explanation.found()).isEqualTo(findings > 0);
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-2024-0010, CVE-2024-0001",
        "CVE-2024-0000, CVE-2024-0001 CVE-2024-0007",
        "CVE-2042-0007, CVE-2024-0007",
        "CVE2024-0007, CVE-2024-0007",
        "cve-2019-101022, CVE-2019-1010022",
        "DSA-5764, DSA-5764-1",
        "CVE-1999-0001, ''",
        "log4shell, ''",
    })
    void theNearestAreSuggested(String id, String nearest) {
        assertThat(String.join(
                        " ", Explanation.of(SampleFindings.vulnerable(), id).nearest()))
                .isEqualTo(nearest);
    }

    /** Only where all was read and compared does it mean something that nothing was found. */
    @ParameterizedTest
    @CsvSource({
        "CLEAN, true, '', true",
        "VULNERABLE, true, '', true",
        "VULNERABLE, true, 9 packages of type npm compared with no advisories, false",
        "VULNERABLE, false, '', false",
        "UNKNOWN, true, because, false",
        "UNKNOWN, false, because, false"
    })
    void whatItMeansThatThereIsNone(Result result, boolean complete, String reason, boolean meansSomething) {
        List<Finding> findings = result == Result.VULNERABLE
                ? List.of(SampleFindings.finding(
                        SampleFindings.BASH, "CVE-1", Severity.LOW, FindingState.AFFECTED, null, null))
                : List.of();
        Report report = SampleFindings.report(
                List.of(), findings, new Verdict(result, complete, reason.isEmpty() ? List.of() : List.of(reason)));
        String text = explained(report, "CVE-2021-44228");
        assertThat(text).startsWith("No finding CVE-2021-44228 in docker-archive:example/app:1.0\n");
        assertThat(text.contains("none of these advisories states CVE-2021-44228"))
                .isEqualTo(meansSomething);
        assertThat(text.contains("This does not mean that the image is without CVE-2021-44228"))
                .isEqualTo(!meansSomething);
    }

    @Test
    void withoutAdvisoriesNothingFoundMeansNothing() {
        assertThat(explained(SampleReports.empty(), "CVE-2021-44228"))
                .contains("none were consulted", "This does not mean that the image is without CVE-2021-44228");
    }

    /** Type, distribution, its version, packages, the command. */
    @ParameterizedTest
    @CsvSource({
        "deb, debian, 12, openssl libssl3, apt-get update && apt-get install --only-upgrade openssl libssl3",
        "deb, , , libstdc++6, apt-get update && apt-get install --only-upgrade libstdc++6",
        "apk, alpine, 3.20.1, libcrypto3, apk update && apk upgrade libcrypto3",
        "rpm, rhel, 9.4, openssl-libs, dnf upgrade openssl-libs",
        "rpm, rhel, 7.9, openssl-libs, yum update openssl-libs",
        "rpm, centos, 6, openssl, yum update openssl",
        "rpm, rocky, 8.9, openssl, dnf upgrade openssl",
        "rpm, fedora, 41, openssl, dnf upgrade openssl",
        "rpm, amzn, 2, openssl, yum update openssl",
        "rpm, amzn, 2018.03, openssl, yum update openssl",
        "rpm, amzn, 2023, openssl, dnf upgrade openssl",
        "rpm, sles, 15.5, openssl, zypper update openssl",
        "rpm, photon, 5.0, openssl, tdnf upgrade openssl",
        "rpm, , , openssl, dnf upgrade openssl",
        "npm, debian, 12, lodash, ",
        "deb, debian, 12, 'a;reboot', ",
        "deb, debian, 12, '-oDebug=1', ",
        "deb, debian, 12, '$(reboot)', ",
        "deb, debian, 12, 'openssl $(reboot)', ",
        "deb, debian, 12, '', ",
    })
    void commands(String type, @Nullable String id, @Nullable String version, String names, @Nullable String command) {
        Distro distro = id == null ? null : new Distro(id, version, null, id, null);
        assertThat(Upgrades.command(type, distro, List.of(names.split(" ", -1))))
                .isEqualTo(command);
    }

    /** There is always something to do, and a command only where there is something to install. */
    @ParameterizedTest
    @EnumSource
    void everyStateHasItsAdvice(FindingState state) {
        for (String fixed : new @Nullable String[] {null, "9.9-1"}) {
            Finding finding = SampleFindings.finding(
                    SampleFindings.OPENSSL, "CVE-1", Severity.HIGH, state, fixed, "1 and x cannot be compared");
            Report report =
                    SampleFindings.report(List.of(), List.of(finding), new Verdict(Result.UNKNOWN, true, List.of("x")));
            String advice = words(report);
            assertThat(advice).isNotBlank();
            assertThat(advice.contains("apt-get install --only-upgrade openssl"))
                    .isEqualTo(finding.fixable());
            assertThat(advice.contains("layer 2 (RUN apt-get update")).isEqualTo(finding.fixable());
            boolean pro = state == FindingState.FIXED_IN_PRO;
            boolean announced = fixed != null && !finding.fixable() && !pro;
            assertThat(advice.contains("Version 9.9-1 of openssl is announced and cannot be installed yet"))
                    .isEqualTo(announced);
            assertThat(advice.contains("Version 9.9-1 of openssl is only in Ubuntu Pro"))
                    .isEqualTo(fixed != null && pro);
            assertThat(Advice.sentence(finding)).startsWith(state.word() + ": ");
            assertThat(Advice.sentence(finding).contains("9.9-1")).isEqualTo(fixed != null);
            assertThat(Advice.sentence(finding).contains("announced")).isEqualTo(announced);
        }
    }

    @Test
    void placesWhereNoCommandHelps() {
        assertThat(advice("var/lib/dpkg/status.d/openssl", 0, null))
                .contains("Install version 9 or newer of openssl: the image has no package manager")
                .contains("build on a newer one")
                .doesNotContain("apt-get");
        assertThat(advice("usr/lib/python3/x", 1, "python3-x"))
                .contains("openssl belongs to the operating system's package python3-x: upgrade that")
                .doesNotContain("apt-get");
        assertThat(advice("", null, null)).contains("No layers are known");
        assertThat(advice("var/lib/dpkg/status", 77, null)).contains("It came with layer 77: ");
    }

    private static String advice(String location, @Nullable Integer layer, @Nullable String owner) {
        InventoryPackage affected = new InventoryPackage(
                new Package("deb", "openssl", "1", null, null, null, location),
                "pkg:deb/openssl@1",
                layer,
                owner,
                null);
        Finding finding = SampleFindings.finding(affected, "CVE-1", Severity.HIGH, FindingState.FIXED, "9", null);
        Report report =
                SampleFindings.report(List.of(), List.of(finding), new Verdict(Result.VULNERABLE, true, List.of()));
        return words(report);
    }

    private static String words(Report report) {
        return Advice.of(
                        report.findings(),
                        ReportOrder.layersByIndex(report),
                        report.inventory().distro())
                .stream()
                .map(advice -> advice.words() + " " + advice.command())
                .collect(Collectors.joining(" "));
    }

    @Property(tries = 200)
    void everyFindingOfEveryReportCanBeExplained(@ForAll long seed) {
        Report report = RandomReport.of(seed);
        for (Finding finding : report.findings()) {
            Explanation explanation = Explanation.of(report, finding.id());
            assertThat(explanation.findings()).contains(finding);
            assertThat(explanation
                            .text(NARROW)
                            .replaceAll("\u001b\\[[0-9;]*m", "")
                            .chars())
                    .allMatch(c -> c == '\n' || (c >= 0x20 && c < 0x7f));
            assertThat(Explanation.of(SampleReports.shuffled(report, seed), finding.id())
                            .text(WIDE))
                    .isEqualTo(explanation.text(WIDE));
        }
    }
}
