package io.limpid.report;

import io.limpid.model.AdvisorySource;
import io.limpid.model.AppliedCorrection;
import io.limpid.model.AppliedCorrection.Effect;
import io.limpid.model.Corrected;
import io.limpid.model.Correction;
import io.limpid.model.Distros;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.FixState;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Package;
import io.limpid.model.Report;
import io.limpid.model.Severity;
import io.limpid.model.SourcePackage;
import io.limpid.model.Verdict;
import io.limpid.model.Verdict.Result;
import io.limpid.model.VersionRange;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports with findings that are not like others: of a kernel that does not run, changed, added or denied by local corrections. */
final class SampleCorrections {
    static final InventoryPackage HEADERS = kernel("linux-libc-dev");
    private static final InventoryPackage IMAGE = kernel("linux-image-6.1.0-18-amd64");
    private static final InventoryPackage PERF = kernel("linux-perf");

    private static final Finding DENIED = SampleFindings.finding(
            SampleFindings.BASH, "CVE-2022-3715", Severity.HIGH, FindingState.FIXED, "5.2.16-1", "5.2.15-2 < 5.2.16-1");

    private SampleCorrections() {}

    /** One with findings and corrections of every kind, of a release that gets no more fixes. */
    static Report corrected() {
        Finding before = SampleFindings.finding(
                SampleFindings.LIBSSL,
                "CVE-2024-0001",
                Severity.CRITICAL,
                FindingState.FIXED,
                "3.0.15-1~deb12u1",
                "3.0.11-1~deb12u2 < 3.0.15-1~deb12u1");
        Correction lower = correction(4, "CVE-2024-0001", "openssl", null, Severity.LOW, null);
        Correction stay = correction(9, "CVE-2024-0007", "glibc", FixState.WILL_NOT_FIX, null, null);
        Correction own = correction(14, "CVE-2026-9999", "vendor-agent", FixState.AFFECTED, Severity.HIGH, null);
        Finding wontFix = SampleFindings.finding(
                SampleFindings.LIBC,
                "CVE-2024-0007",
                Severity.MEDIUM,
                FindingState.DEFERRED,
                null,
                "2.36-9+deb12u4, as every version");
        return report(
                List.of(
                        by(lower, before, Severity.LOW, FindingState.FIXED, "3.0.15-1~deb12u1"),
                        by(stay, wontFix, Severity.MEDIUM, FindingState.WILL_NOT_FIX, null),
                        added(own),
                        of(HEADERS, "CVE-2024-1001", Severity.HIGH),
                        of(HEADERS, "CVE-2024-1002", Severity.MEDIUM),
                        of(IMAGE, "CVE-2024-1001", Severity.HIGH),
                        of(PERF, "CVE-2024-1001", Severity.HIGH)),
                new Verdict(
                        Result.VULNERABLE,
                        true,
                        List.of(),
                        true,
                        List.of("overrides deny 1 finding", "1 override expired: overrides.yaml:24")),
                corrections(lower, stay, own));
    }

    /** One with each effect. */
    private static List<AppliedCorrection> corrections(Correction lower, Correction stay, Correction own) {
        return List.of(
                new AppliedCorrection(lower, Effect.APPLIED, 1, 0, List.of()),
                new AppliedCorrection(stay, Effect.APPLIED, 1, 0, List.of()),
                new AppliedCorrection(own, Effect.APPLIED, 0, 1, List.of()),
                denying(),
                new AppliedCorrection(
                        correction(24, "CVE-2025-0042", "bash", FixState.NOT_AFFECTED, null, null),
                        Effect.EXPIRED,
                        0,
                        0,
                        List.of()),
                new AppliedCorrection(
                        correction(29, "CVE-2020-1", "lib*", FixState.NOT_AFFECTED, null, null),
                        Effect.NO_MATCH,
                        0,
                        0,
                        List.of()),
                new AppliedCorrection(
                        correction(34, "CVE-2025-0001", "vendor-agent", FixState.FIXED, null, "2.0"),
                        Effect.UNDECIDED,
                        0,
                        0,
                        List.of()),
                new AppliedCorrection(
                        correction(39, "CVE-2019-1", "gone", FixState.DEFERRED, null, null),
                        Effect.OTHER_RELEASE,
                        0,
                        0,
                        List.of()));
    }

    /** One that would not be clean without a correction. */
    static Report cleanByOverrides() {
        return report(
                List.of(),
                new Verdict(
                        Result.CLEAN, true, List.of(), false, List.of("clean only by overrides, which deny 1 finding")),
                List.of(denying()));
    }

    /** One in which nothing was found but what cannot run. */
    static Report onlyKernel() {
        return report(
                List.of(
                        of(HEADERS, "CVE-2024-1001", Severity.HIGH),
                        of(HEADERS, "CVE-2024-1002", Severity.MEDIUM),
                        of(IMAGE, "CVE-2024-1001", Severity.HIGH)),
                new Verdict(Result.VULNERABLE, true, List.of()),
                List.of());
    }

    private static AppliedCorrection denying() {
        return new AppliedCorrection(
                correction(19, "CVE-2022-3715", "bash", FixState.NOT_AFFECTED, null, null),
                Effect.APPLIED,
                0,
                0,
                List.of(DENIED));
    }

    static Report report(List<Finding> findings, Verdict verdict, List<AppliedCorrection> corrections) {
        Report like = SampleFindings.clean();
        return new Report(
                like.target(),
                like.layers(),
                new Inventory(
                        Distros.of("debian", verdict.endOfLife() ? "10" : "12", null),
                        List.of(
                                SampleFindings.BASH,
                                SampleFindings.LIBC,
                                SampleFindings.LIBSSL,
                                HEADERS,
                                IMAGE,
                                PERF,
                                SampleFindings.VENDOR),
                        List.of()),
                findings,
                List.of(new AdvisorySource("debian", "debian:12", 40_123, null, SampleFindings.FETCHED)),
                verdict,
                corrections);
    }

    private static Finding of(InventoryPackage installed, String id, Severity severity) {
        return SampleFindings.finding(installed, id, severity, FindingState.FIXED, "6.1.90-1", "6.1.76-1 < 6.1.90-1");
    }

    private static Finding by(
            Correction correction, Finding before, Severity severity, FindingState state, @Nullable String fixed) {
        return new Finding(
                before.id(),
                before.aliases(),
                before.affected(),
                severity,
                "overrides",
                before.severities(),
                state,
                fixed,
                before.feed(),
                before.url(),
                before.comparison(),
                before.note(),
                null,
                null,
                null,
                Corrected.by(correction, before));
    }

    private static Finding added(Correction correction) {
        return new Finding(
                correction.id(),
                List.of(),
                SampleFindings.VENDOR,
                Severity.HIGH,
                "overrides",
                List.of(),
                FindingState.AFFECTED,
                null,
                "overrides",
                null,
                "1:nightly, as every version",
                correction.reason(),
                null,
                null,
                null,
                Corrected.by(correction, null));
    }

    private static Correction correction(
            int line,
            String id,
            String name,
            @Nullable FixState status,
            @Nullable Severity severity,
            @Nullable String fixed) {
        return new Correction(
                id,
                name,
                line == 4 ? new VersionRange("3.0", "3.1", null) : VersionRange.ALL,
                line == 39 ? "alpine:3.20" : null,
                status,
                fixed,
                severity,
                "looked at in TICKET-" + line + ", see there",
                line == 19 ? null : "security@example.org",
                line == 4 ? null : LocalDate.of(2027, 6, 30),
                "overrides.yaml:" + line);
    }

    private static InventoryPackage kernel(String name) {
        return new InventoryPackage(
                new Package(
                        "deb",
                        name,
                        "6.1.76-1",
                        "amd64",
                        new SourcePackage("linux", "6.1.76-1"),
                        null,
                        "var/lib/dpkg/status"),
                "pkg:deb/debian/" + name + "@6.1.76-1",
                2,
                null,
                null);
    }
}
