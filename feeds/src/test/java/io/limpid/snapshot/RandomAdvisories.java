package io.limpid.snapshot;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.FeedRecord;
import io.limpid.model.FixState;
import io.limpid.model.KnownExploitation;
import io.limpid.model.RepositoryProducts;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import io.limpid.model.VulnerabilityDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records in which everything occurs that one can have, and the same words again and again as in real ones. */
final class RandomAdvisories {
    private static final List<String> ODD = List.of(
            "",
            " ",
            "\0",
            "é",
            "日本語",
            "😀",
            "\ud800",
            "\udc00 half",
            "line\nline",
            "\u202e",
            "a".repeat(300),
            "https://example.org/" + "p".repeat(240),
            "https://example.org/" + "p".repeat(240) + "/more",
            "ab".repeat(9000));

    private final Random random;

    RandomAdvisories(long seed) {
        random = new Random(seed);
    }

    List<Advisory> list(int count) {
        List<Advisory> advisories = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            advisories.add(advisory());
        }
        return advisories;
    }

    Advisory advisory() {
        FixState state = pick(List.of(FixState.values()));
        return new Advisory(
                odd(10, () -> "CVE-" + (2015 + random.nextInt(10)) + "-" + random.nextInt(10_000), "CVE-0"),
                some(2, () -> odd(10, () -> "DSA-" + random.nextInt(6000) + "-1", null)),
                "feed",
                subject(),
                state,
                state == FixState.NOT_AFFECTED ? List.of() : ranges(),
                maybe(this::version),
                some(2, this::rating),
                maybe(() -> odd(5, () -> "A flaw of kind " + random.nextInt(50) + " in a component.", null)),
                maybe(() -> odd(5, () -> "Minor issue", null)),
                maybe(() -> odd(5, () -> "https://example.org/tracker/CVE-" + random.nextInt(9999), null)),
                some(3, () -> odd(5, () -> "https://example.org/links/" + random.nextInt(20), null)),
                maybe(() -> "2024-01-" + (10 + random.nextInt(20))),
                maybe(() -> "2024-02-01T00:00:" + (10 + random.nextInt(40)) + "Z"));
    }

    /** Advisories, details of vulnerabilities and products of repositories, mixed. */
    List<FeedRecord> mixed(int count) {
        List<FeedRecord> mixed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            mixed.add(
                    switch (random.nextInt(4)) {
                        case 0 -> details();
                        case 1 -> products();
                        default -> advisory();
                    });
        }
        return mixed;
    }

    VulnerabilityDetails details() {
        return new VulnerabilityDetails(
                odd(10, () -> pick(List.of("CVE-", "cve-")) + "2024-" + random.nextInt(300), "CVE-0"),
                "feed",
                some(3, this::rating),
                maybe(() -> new ExploitPrediction(share(), maybe(this::share), maybe(() -> "2024-01-02"))),
                maybe(() -> new KnownExploitation(
                        maybe(() -> "2024-01-02"),
                        maybe(() -> "2024-02-03"),
                        random.nextBoolean(),
                        maybe(() -> odd(5, () -> "A name", null)),
                        maybe(() -> odd(5, () -> "Apply updates.", null)))),
                some(2, () -> odd(5, () -> "CWE-" + random.nextInt(900), null)),
                maybe(() -> odd(5, () -> "A flaw of kind " + random.nextInt(50) + " in a component.", null)),
                maybe(() -> odd(5, () -> "https://example.org/detail/" + random.nextInt(9999), null)),
                some(3, () -> odd(5, () -> "https://example.org/links/" + random.nextInt(20), null)),
                maybe(() -> "2024-01-" + (10 + random.nextInt(20))),
                maybe(() -> "2024-02-01T00:00:" + (10 + random.nextInt(40)) + "Z"));
    }

    RepositoryProducts products() {
        return new RepositoryProducts(
                odd(10, () -> "rhel-" + random.nextInt(9) + "-for-x86_64-baseos-rpms", "none"),
                some(3, () -> odd(10, () -> "cpe:/o:redhat:enterprise_linux:" + random.nextInt(9), null)));
    }

    /** With as many decimals as there may be. */
    private double share() {
        return random.nextInt(1_000_000_001) / 1e9;
    }

    private AdvisorySubject subject() {
        return new AdvisorySubject(
                pick(List.of("debian:11", "debian:12", "debian:13", "d")),
                odd(10, () -> "package-" + random.nextInt(30), "nameless"),
                pick(List.of(AdvisorySubject.Kind.values())),
                pick(List.of(AdvisorySubject.Kind.SOURCE, AdvisorySubject.Kind.BINARY)),
                some(2, () -> pick(List.of("amd64", "arm64"))),
                maybe(() -> "nodejs:" + random.nextInt(20)),
                some(1, () -> "cpe:/o:redhat:enterprise_linux:" + random.nextInt(9)),
                random.nextInt(4) == 0 ? "esm" : "",
                maybe(() -> "source-" + random.nextInt(9)));
    }

    private List<VersionRange> ranges() {
        List<VersionRange> ranges = new ArrayList<>(some(2, () -> {
            boolean last = random.nextBoolean();
            String end = maybe(this::version);
            return new VersionRange(maybe(this::version), last ? null : end, last ? end : null);
        }));
        ranges.add(VersionRange.before(version()));
        return ranges;
    }

    private SeverityRating rating() {
        return new SeverityRating(
                pick(List.of("debian", "nvd")),
                pick(List.of(Severity.values())),
                maybe(() -> "not yet assigned"),
                maybe(() -> "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:" + pick(List.of("H", "L", "N"))),
                maybe(() -> random.nextInt(101) / 10.0));
    }

    private String version() {
        return odd(20, () -> random.nextInt(5) + "." + random.nextInt(20) + "-" + random.nextInt(4) + "+deb12u1", null);
    }

    private String odd(int oneIn, Supplier<String> usual, @Nullable String insteadOfNothing) {
        String text = random.nextInt(oneIn) == 0 ? pick(ODD) : usual.get();
        return text.isEmpty() && insteadOfNothing != null ? insteadOfNothing : text;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> List<T> some(int most, Supplier<T> value) {
        List<T> values = new ArrayList<>();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            values.add(value.get());
        }
        return values;
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }
}
