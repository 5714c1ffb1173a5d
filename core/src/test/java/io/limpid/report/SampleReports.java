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
import io.limpid.model.Origin;
import io.limpid.model.OriginClue;
import io.limpid.model.Package;
import io.limpid.model.Platform;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.SourcePackage;
import io.limpid.model.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Reports that the writers are tested with. */
final class SampleReports {
    /** Everything that a stranger could put into a name to be obeyed or to hide. */
    static final String HOSTILE =
            "\u001b[31mred\u0007|::error::x\r|##[command]y \u009b1m \u202eevil\u2066 \u2028 \ud800 \u007f ##vso[z] \\ \"q\" \ud83d\ude00\u0000"
                    .replace('|', '\n');

    private static final String STATUS = "var/lib/dpkg/status";

    private SampleReports() {}

    static Report empty() {
        return new Report(
                new ScanTarget("sbom", "bom.json", null, null, null),
                List.of(),
                new Inventory(null, List.of(), List.of()),
                List.of(),
                List.of(),
                new Verdict(Verdict.Result.UNKNOWN, true, List.of("nothing tells which distribution this is")));
    }

    static Report full() {
        InventoryPackage curl = deb("curl", "7.88.1-10+deb12u5", "curl", "7.88.1-10+deb12u5", 0, null);
        InventoryPackage library = deb("libcurl4", "7.88.1-10+deb12u5", "curl", "7.88.1-10+deb12u5", 1, null);
        InventoryPackage bash = deb("bash", "5.2.15-2+b2", "bash", "5.2.15-2", 0, null);
        InventoryPackage npm = new InventoryPackage(
                new Package("npm", "@scope/name", "1.0.0", null, null, null, "app/node_modules/name/package.json"),
                "pkg:npm/%40scope/name@1.0.0",
                1,
                null,
                null);
        InventoryPackage gone = deb("wget", "1.21-1", "wget", "1.21-1", 0, 1);
        return new Report(
                new ScanTarget(
                        "docker-archive",
                        "example/app:1.0",
                        digest('a'),
                        digest('b'),
                        new Platform("linux", "arm64", "v8")),
                List.of(
                        new LayerSummary(
                                0,
                                digest('c'),
                                digest('d'),
                                "/bin/sh -c #(nop) ADD file:0123 in / ",
                                117_440_512,
                                true),
                        new LayerSummary(1, digest('e'), null, null, 900, false)),
                new Inventory(
                        Distros.of("debian", "12", null),
                        List.of(bash, curl, library, gone, npm),
                        new Origin(
                                List.of("cpe:/o:redhat:enterprise_linux:9::baseos"),
                                List.of("rhel-9-for-x86_64-appstream-rpms", "rhel-9-for-x86_64-baseos-rpms"),
                                List.of("nodejs:18"),
                                List.of(
                                        new OriginClue.ImageBuild(null, "app", "1.0", "3", null),
                                        new OriginClue.ImageBuild("ubi9-container", "ubi9", "9.4", "1214", "x86_64"))),
                        List.of(
                                new Problem(null, null, "the image's history has fewer entries than it has layers"),
                                new Problem(
                                        1,
                                        "var/lib/dpkg/status.d/odd",
                                        "a paragraph without a version was passed over"))),
                List.of(
                        finding("CVE-2024-0001", curl, Severity.CRITICAL, "7.88.1-10+deb12u6"),
                        finding("CVE-2024-0002", bash, Severity.MEDIUM, null),
                        finding("CVE-2024-0003", library, Severity.UNKNOWN, null)),
                List.of(
                        new AdvisorySource(
                                "debian", "debian:12", 40_000, "2026-01-02T00:00:00Z", "2026-01-03T04:05:06Z"),
                        new AdvisorySource("npm", "npm", 3, null, "2026-01-03T04:05:06Z")),
                new Verdict(Verdict.Result.VULNERABLE, false, List.of("a package database could not be read whole")));
    }

    /** A report in which every text that an image or a document can choose is hostile. */
    static Report hostile() {
        InventoryPackage one = new InventoryPackage(
                new Package(
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        new SourcePackage(HOSTILE, HOSTILE + "1"),
                        HOSTILE,
                        HOSTILE),
                HOSTILE,
                0,
                HOSTILE,
                null,
                HOSTILE);
        InventoryPackage removed = new InventoryPackage(one.value(), HOSTILE, 0, null, 0);
        return new Report(
                new ScanTarget("docker-archive", HOSTILE, digest('a'), null, new Platform(HOSTILE, HOSTILE, HOSTILE)),
                List.of(new LayerSummary(0, digest('c'), digest('d'), HOSTILE, 1, true)),
                new Inventory(
                        Distros.of(HOSTILE, HOSTILE, HOSTILE),
                        List.of(one, removed),
                        new Origin(
                                List.of(HOSTILE),
                                List.of(HOSTILE),
                                List.of(HOSTILE),
                                List.of(new OriginClue.ImageBuild(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE))),
                        List.of(new Problem(0, HOSTILE, HOSTILE))),
                List.of(new Finding(
                        HOSTILE,
                        List.of(HOSTILE),
                        one,
                        Severity.HIGH,
                        HOSTILE,
                        List.of(new SeverityRating(HOSTILE, Severity.LOW, HOSTILE, HOSTILE)),
                        FindingState.AFFECTED,
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        HOSTILE,
                        new ExploitPrediction(1, null, HOSTILE),
                        new KnownExploitation(HOSTILE, HOSTILE, false, HOSTILE, HOSTILE),
                        null)),
                List.of(new AdvisorySource(HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE)),
                new Verdict(Verdict.Result.UNKNOWN, false, List.of(HOSTILE)));
    }

    /** The same report with every list the other way round. */
    static Report reversed(Report report) {
        Inventory inventory = report.inventory();
        return new Report(
                report.target(),
                report.layers().reversed(),
                new Inventory(
                        inventory.distro(),
                        new ArrayList<>(inventory.packages()).reversed(),
                        reversed(inventory.origin()),
                        inventory.problems().reversed()),
                report.findings().reversed(),
                report.advisories().reversed(),
                new Verdict(
                        report.verdict().result(),
                        report.verdict().complete(),
                        report.verdict().reasons().reversed(),
                        report.verdict().endOfLife(),
                        report.verdict().notes().reversed()),
                report.corrections());
    }

    private static Origin reversed(Origin origin) {
        return new Origin(
                origin.products().reversed(),
                origin.contentSets().reversed(),
                origin.moduleStreams().reversed(),
                origin.builds().reversed());
    }

    /** The same report with every list in an order of chance. */
    static Report shuffled(Report report, long seed) {
        Random random = new Random(seed);
        Inventory inventory = report.inventory();
        Verdict verdict = report.verdict();
        return new Report(
                report.target(),
                shuffled(report.layers(), random),
                new Inventory(
                        inventory.distro(),
                        shuffled(inventory.packages(), random),
                        inventory.origin(),
                        shuffled(inventory.problems(), random)),
                shuffled(report.findings(), random),
                shuffled(report.advisories(), random),
                new Verdict(
                        verdict.result(),
                        verdict.complete(),
                        shuffled(verdict.reasons(), random),
                        verdict.endOfLife(),
                        shuffled(verdict.notes(), random)),
                report.corrections());
    }

    private static <T> List<T> shuffled(List<T> values, Random random) {
        List<T> copy = new ArrayList<>(values);
        Collections.shuffle(copy, random);
        return copy;
    }

    private static Finding finding(String id, InventoryPackage affected, Severity severity, @Nullable String fixed) {
        return new Finding(
                id,
                List.of("DSA-9999-1", "ALIAS-1"),
                affected,
                severity,
                "debian",
                List.of(new SeverityRating("debian", severity, null, null)),
                fixed == null ? FindingState.AFFECTED : FindingState.FIXED,
                fixed,
                "debian",
                "https://security-tracker.debian.org/tracker/" + id,
                fixed == null ? null : affected.value().version() + " < " + fixed,
                null,
                null);
    }

    private static InventoryPackage deb(
            String name, String version, String source, String sourceVersion, int layer, @Nullable Integer removedIn) {
        return new InventoryPackage(
                new Package("deb", name, version, "amd64", new SourcePackage(source, sourceVersion), null, STATUS),
                "pkg:deb/debian/" + name + "@" + version,
                layer,
                null,
                removedIn);
    }

    private static Digest digest(char digit) {
        return new Digest(String.valueOf(digit).repeat(64));
    }
}
