package io.limpid.report;

import io.limpid.model.AdvisorySource;
import io.limpid.model.Digest;
import io.limpid.model.Distros;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.KnownExploitation;
import io.limpid.model.LayerSummary;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.SourcePackage;
import io.limpid.model.Verdict;
import io.limpid.model.Verdict.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports as images of distributions have them, with findings of every kind. */
final class SampleFindings {
    static final String FETCHED = "2026-01-03T04:05:06Z";

    static final InventoryPackage LIBSSL = deb("libssl3", "3.0.11-1~deb12u2", "openssl", "3.0.11-1~deb12u2", 0);
    static final InventoryPackage OPENSSL = deb("openssl", "3.0.11-1~deb12u2", "openssl", "3.0.11-1~deb12u2", 2);
    static final InventoryPackage LIBC = deb("libc6", "2.36-9+deb12u4", "glibc", "2.36-9+deb12u4", 0);
    static final InventoryPackage LIBC_BIN = deb("libc-bin", "2.36-9+deb12u4", "glibc", "2.36-9+deb12u4", 0);
    static final InventoryPackage BASH = deb("bash", "5.2.15-2+b2", "bash", "5.2.15-2", 0);
    static final InventoryPackage VENDOR = deb("vendor-agent", "1:nightly", "vendor-agent", "1:nightly", 1);
    static final InventoryPackage NPM = new InventoryPackage(
            new Package("npm", "lodash", "4.17.20", null, null, null, "app/node_modules/lodash/package.json"),
            "pkg:npm/lodash@4.17.20",
            3,
            null,
            null);

    private SampleFindings() {}

    /** A report with one finding of each state and package of each kind. */
    static Report vulnerable() {
        return report(
                List.of(),
                List.of(
                        rated(LIBSSL, "CVE-2024-0001", Severity.CRITICAL),
                        rated(OPENSSL, "CVE-2024-0001", Severity.CRITICAL),
                        finding(LIBSSL, "CVE-2023-99999", Severity.LOW, FindingState.DEFERRED, null, null),
                        finding(LIBC, "CVE-2019-1010022", Severity.NEGLIGIBLE, FindingState.WILL_NOT_FIX, null, null),
                        finding(
                                LIBC_BIN,
                                "CVE-2019-1010022",
                                Severity.NEGLIGIBLE,
                                FindingState.WILL_NOT_FIX,
                                null,
                                null),
                        finding(
                                LIBC,
                                "CVE-2024-0007",
                                Severity.HIGH,
                                FindingState.FIXED,
                                "2.36-9+deb12u7",
                                "2.36-9+deb12u4 < 2.36-9+deb12u7"),
                        finding(
                                LIBC_BIN,
                                "CVE-2024-0007",
                                Severity.HIGH,
                                FindingState.FIXED,
                                "2.36-9+deb12u7",
                                "2.36-9+deb12u4 < 2.36-9+deb12u7"),
                        finding(
                                BASH,
                                "CVE-2022-3715",
                                Severity.MEDIUM,
                                FindingState.END_OF_LIFE,
                                "5.2.16-1",
                                "5.2.15-2 < 5.2.16-1"),
                        finding(BASH, "CVE-2025-0042", Severity.UNKNOWN, FindingState.UNDER_INVESTIGATION, null, null),
                        finding(
                                VENDOR,
                                "CVE-2025-0001",
                                Severity.HIGH,
                                FindingState.UNDECIDED,
                                "1:2.0",
                                "the installed version 1:nightly cannot be compared with 1:2.0: a version starts with"
                                        + " a digit"),
                        finding(
                                NPM,
                                "GHSA-35jh-r3h4-6jhm",
                                Severity.HIGH,
                                FindingState.FIXED,
                                "4.17.21",
                                "4.17.20 < 4.17.21")),
                new Verdict(Result.VULNERABLE, true, List.of()));
    }

    /** The same image with nothing to find. */
    static Report clean() {
        return report(List.of(), List.of(), new Verdict(Result.CLEAN, true, List.of()));
    }

    /** The same image, in which something could not be read, with nothing found. */
    static Report unknown() {
        return report(
                List.of(new Problem(
                        3,
                        "usr/lib/sysimage/rpm/rpmdb.sqlite",
                        "this version cannot read this database: its packages are missing")),
                List.of(),
                new Verdict(
                        Result.UNKNOWN,
                        false,
                        List.of("something could not be read: this version cannot read this database: its packages are"
                                + " missing")));
    }

    /** A report of the image with these findings. */
    static Report report(List<Problem> problems, List<Finding> findings, Verdict verdict) {
        return new Report(
                new ScanTarget("docker-archive", "example/app:1.0", digest('a'), null, null),
                List.of(
                        layer(0, "/bin/sh -c #(nop) ADD file:0123456789abcdef0123456789abcdef in / "),
                        layer(1, null),
                        layer(
                                2,
                                "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends openssl"
                                        + " ca-certificates tzdata && rm -rf /var/lib/apt/lists/* # buildkit"),
                        layer(3, "COPY node_modules /app/node_modules # buildkit")),
                new Inventory(
                        Distros.of("debian", "12", null),
                        List.of(BASH, LIBC, LIBC_BIN, LIBSSL, OPENSSL, VENDOR, NPM),
                        problems),
                findings,
                List.of(
                        new AdvisorySource("debian", "debian:12", 40_123, "2026-01-02T00:00:00Z", FETCHED),
                        new AdvisorySource("npm", "npm", 1, null, FETCHED)),
                verdict);
    }

    static Finding finding(
            InventoryPackage affected,
            String id,
            Severity severity,
            FindingState state,
            @Nullable String fixed,
            @Nullable String comparison) {
        return new Finding(
                id,
                List.of(),
                affected,
                severity,
                "debian",
                List.of(new SeverityRating("debian", severity, null, null)),
                state,
                fixed,
                "debian",
                "https://security-tracker.debian.org/tracker/" + id,
                comparison,
                state == FindingState.WILL_NOT_FIX
                        ? "minor issue, upstream does not treat it as a vulnerability"
                        : null,
                null);
    }

    private static Finding rated(InventoryPackage affected, String id, Severity severity) {
        return new Finding(
                id,
                List.of("DSA-5764-1", "GHSA-aaaa-bbbb-cccc"),
                affected,
                severity,
                "debian",
                List.of(
                        new SeverityRating("debian", severity, "unimportant", null),
                        new SeverityRating(
                                "nvd", Severity.HIGH, null, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5),
                        new SeverityRating("vendor", Severity.UNKNOWN, null, "AV:N/AC:L/Au:N/C:P/I:N/A:N")),
                FindingState.FIXED,
                "3.0.15-1~deb12u1",
                "debian",
                "https://security-tracker.debian.org/tracker/" + id,
                "3.0.11-1~deb12u2 < 3.0.15-1~deb12u1",
                null,
                "A buffer over-read in the negotiation of protocols lets a peer learn up to 255 bytes of memory.",
                new ExploitPrediction(0.00043, 0.09291, "2026-01-01"),
                new KnownExploitation("2025-12-01", "2025-12-22", true, null, null),
                null);
    }

    private static InventoryPackage deb(String name, String version, String source, String sourceVersion, int layer) {
        return new InventoryPackage(
                new Package(
                        "deb",
                        name,
                        version,
                        "amd64",
                        new SourcePackage(source, sourceVersion),
                        null,
                        "var/lib/dpkg/status"),
                "pkg:deb/debian/" + name + "@" + version,
                layer,
                null,
                null);
    }

    private static LayerSummary layer(int index, @Nullable String createdBy) {
        return new LayerSummary(
                index, digest((char) ('c' + index)), digest((char) ('0' + index)), createdBy, 1_000_000L + index, true);
    }

    private static Digest digest(char digit) {
        return new Digest(String.valueOf(digit).repeat(64));
    }
}
