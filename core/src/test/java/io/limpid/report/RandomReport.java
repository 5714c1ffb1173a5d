package io.limpid.report;

import io.limpid.model.AdvisorySource;
import io.limpid.model.AppliedCorrection;
import io.limpid.model.Corrected;
import io.limpid.model.Correction;
import io.limpid.model.Digest;
import io.limpid.model.Distro;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.FixState;
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
import io.limpid.model.Verdict.Result;
import io.limpid.model.VersionRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reports of every shape there is, made of words that are hard to write and to read back. */
final class RandomReport {
    private static final List<String> WORDS = List.of(
            "a",
            "",
            " ",
            "libc6",
            "linux-libc-dev",
            "1.2-3",
            "\u0000",
            "\"\\/",
            "\u001b[31m",
            "::error::",
            "##[x]",
            "\u202e",
            "\ud83d\ude00",
            "漢字",
            "a\nb\tc\r",
            "null",
            "'; x");

    private final Random random;

    private RandomReport(Random random) {
        this.random = random;
    }

    /** The report of this number; no text in it has half a surrogate pair. */
    static Report of(long seed) {
        return new RandomReport(new Random(seed)).report();
    }

    private Report report() {
        List<LayerSummary> layers = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            layers.add(new LayerSummary(
                    i,
                    perhaps(this::digest),
                    perhaps(this::digest),
                    perhaps(this::text),
                    random.nextLong(1L << 40),
                    random.nextBoolean()));
        }
        List<InventoryPackage> packages =
                several(this::listed).stream().distinct().toList();
        List<Problem> problems = several(() -> new Problem(perhaps(this::small), perhaps(this::text), text()));
        List<Finding> findings = packages.isEmpty() ? List.of() : several(() -> finding(packages));
        return new Report(
                new ScanTarget(
                        text(),
                        text(),
                        perhaps(this::digest),
                        perhaps(this::digest),
                        perhaps(() -> new Platform("linux", part(), perhaps(this::part)))),
                layers,
                new Inventory(
                        perhaps(() -> new Distro(
                                text(), perhaps(this::text), perhaps(this::text), text(), perhaps(this::text))),
                        packages,
                        origin(),
                        problems),
                findings,
                several(() -> new AdvisorySource(
                        text(), text(), random.nextLong(1L << 40), perhaps(this::text), perhaps(this::text))),
                verdict(findings, problems),
                several(() -> correction(packages)));
    }

    private AppliedCorrection correction(List<InventoryPackage> packages) {
        FixState status = random.nextInt(4) == 0 ? null : one(Correction.STATES);
        Correction correction = new Correction(
                word() + "x",
                word() + "x",
                new VersionRange(perhaps(this::text), random.nextBoolean() ? text() : null, null),
                perhaps(this::text),
                status,
                status == FixState.FIXED ? text() : null,
                status == null || (status != FixState.NOT_AFFECTED && random.nextBoolean()) ? severity() : null,
                text() + "x",
                perhaps(this::text),
                perhaps(this::day),
                text());
        List<Finding> denied = packages.isEmpty() ? List.of() : several(() -> finding(packages));
        int changed = small();
        return new AppliedCorrection(
                correction,
                changed + denied.size() > 0
                        ? AppliedCorrection.Effect.APPLIED
                        : one(List.of(
                                AppliedCorrection.Effect.EXPIRED,
                                AppliedCorrection.Effect.NO_MATCH,
                                AppliedCorrection.Effect.NO_CHANGE,
                                AppliedCorrection.Effect.UNDECIDED,
                                AppliedCorrection.Effect.OTHER_RELEASE)),
                changed,
                0,
                denied);
    }

    private @Nullable Corrected corrected() {
        return random.nextInt(3) > 0
                ? null
                : new Corrected(
                        text(),
                        perhaps(() -> one(Correction.STATES)),
                        text(),
                        perhaps(this::text),
                        perhaps(this::day),
                        perhaps(() -> new Corrected.Before(
                                severity(), one(List.of(FindingState.values())), perhaps(this::text))));
    }

    private LocalDate day() {
        return LocalDate.ofEpochDay(random.nextInt(30_000));
    }

    private Verdict verdict(List<Finding> findings, List<Problem> problems) {
        if (findings.isEmpty() && problems.isEmpty() && random.nextBoolean()) {
            return new Verdict(Result.CLEAN, true, List.of());
        }
        boolean vulnerable =
                findings.stream().anyMatch(finding -> finding.state().definite());
        return new Verdict(
                vulnerable ? Result.VULNERABLE : Result.UNKNOWN,
                random.nextBoolean(),
                vulnerable && random.nextBoolean() ? List.of() : List.of("because", text()),
                random.nextBoolean(),
                several(this::text));
    }

    private InventoryPackage listed() {
        return new InventoryPackage(
                new Package(
                        word(),
                        word(),
                        word(),
                        perhaps(this::text),
                        perhaps(() -> new SourcePackage(text(), text())),
                        perhaps(this::text),
                        text()),
                word(),
                perhaps(this::small),
                perhaps(this::text),
                perhaps(this::small),
                perhaps(this::text));
    }

    private Origin origin() {
        return new Origin(
                several(this::text),
                several(this::text),
                several(this::text),
                several(() ->
                        new OriginClue.ImageBuild(perhaps(this::text), text(), text(), text(), perhaps(this::text))));
    }

    private Finding finding(List<InventoryPackage> packages) {
        return new Finding(
                text(),
                several(this::text),
                one(packages),
                severity(),
                perhaps(this::text),
                several(() -> new SeverityRating(
                        text(), severity(), perhaps(this::text), perhaps(this::text), perhaps(() -> tenths(100) / 10))),
                one(List.of(FindingState.values())),
                perhaps(this::text),
                text(),
                perhaps(this::text),
                text(),
                perhaps(this::text),
                null,
                perhaps(() ->
                        new ExploitPrediction(tenths(10) / 10, perhaps(() -> tenths(10) / 10), perhaps(this::text))),
                perhaps(() -> new KnownExploitation(
                        perhaps(this::text), perhaps(this::text), one(List.of(true, false)), null, null)),
                corrected());
    }

    private double tenths(int most) {
        return one(IntStream.rangeClosed(0, most).boxed().toList());
    }

    private Severity severity() {
        return one(List.of(Severity.values()));
    }

    private Digest digest() {
        return new Digest(
                String.valueOf("0123456789abcdef".charAt(random.nextInt(16))).repeat(64));
    }

    private int small() {
        return random.nextInt(4);
    }

    private String word() {
        String text = text();
        return text.isEmpty() ? "x" : text;
    }

    /** A text without the character that separates the parts of a platform. */
    private String part() {
        return text().replace('/', '-');
    }

    private String text() {
        return one(WORDS) + one(WORDS);
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> @Nullable T perhaps(Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    private <T> List<T> several(Supplier<T> value) {
        List<T> all = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            all.add(value.get());
        }
        return all;
    }
}
