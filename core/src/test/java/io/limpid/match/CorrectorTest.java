package io.limpid.match;

import static io.limpid.testing.CorrectionWords.correction;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.AppliedCorrection;
import io.limpid.model.Corrected;
import io.limpid.model.Correction;
import io.limpid.model.Distros;
import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.FixState;
import io.limpid.model.Inventory;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Package;
import io.limpid.model.Severity;
import io.limpid.model.SourcePackage;
import io.limpid.version.VersionSchemes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What local corrections make of findings: of what publishers state, and of what they do not. */
class CorrectorTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
    private static final InventoryPackage LIBSSL = installed("libssl3", "3.0.11-1+b1", "openssl", "3.0.11-1", null);
    private static final InventoryPackage OPENSSL = installed("openssl", "3.0.11-1", "openssl", "3.0.11-1", null);
    private static final InventoryPackage ODD = installed("odd", "nightly:1", "odd", "nightly:1", null);
    private static final InventoryPackage GONE = installed("gone", "1", "gone", "1", 2);
    private static final Inventory DEBIAN =
            new Inventory(Distros.of("debian", "12", null), List.of(GONE, LIBSSL, ODD, OPENSSL), List.of());

    /**
     * One correction of what publishers state: CVE-1 (alias DSA-1) in libssl3 and openssl, fixed in 3.0.13-1, high. Columns: the correction in the words of
     * {@link io.limpid.testing.CorrectionWords}; what is left; what became of it.
     */
    @ParameterizedTest
    @CsvFileSource(resources = "corrections.txt", delimiter = '|')
    void corrections(String correction, @Nullable String left, String became) {
        CorrectedFindings corrected = correct(List.of(correction(correction, 1)));
        assertThat(shown(corrected)).isEqualTo(left == null ? "" : left);
        AppliedCorrection one = corrected.corrections().getFirst();
        assertThat(one.effect().word() + " " + one.changed() + " " + one.added() + " "
                        + one.denied().size())
                .isEqualTo(became);
    }

    /**
     * One correction of what is stated of one package. Columns: the distribution; the package as {@code TYPE NAME VERSION SOURCE VERSION}, in which there is
     * CVE-1; the correction, what is left and what became of it as above.
     */
    @ParameterizedTest
    @CsvFileSource(resources = "corrections-of-one.txt", delimiter = '|')
    void correctionsOfOne(String distro, String installed, String correction, @Nullable String left, String became) {
        String[] word = installed.split(" ", -1);
        InventoryPackage one = new InventoryPackage(
                new Package(word[0], word[1], word[2], null, new SourcePackage(word[3], word[4]), null, "db"),
                "pkg:x",
                0,
                null,
                null);
        String[] release = distro.split(" ", -1);
        CorrectedFindings corrected = new Corrector(List.of(correction(correction, 1)), VersionSchemes.all(), TODAY)
                .correct(
                        new Inventory(Distros.of(release[0], release[1], null), List.of(one), List.of()),
                        List.of(finding(one)));
        assertThat(shown(corrected)).isEqualTo(left == null ? "" : left);
        assertThat(corrected.findings()).allMatch(found -> found.id().startsWith("CVE-"));
        AppliedCorrection told = corrected.corrections().getFirst();
        assertThat(told.effect().word() + " " + told.changed() + " " + told.added() + " "
                        + told.denied().size())
                .isEqualTo(became);
    }

    /** One that only says how bad it is says nothing of whether it is there; of one vulnerability any name tells. */
    @Test
    void whatStandsBefore() {
        InventoryPackage bash = installed("bash", "1", "bash", "1", null);
        Corrector corrector = new Corrector(
                List.of(
                        correction("CVE-9 bash - severity=low", 1),
                        correction("CVE-9 bash affected severity=high", 2),
                        correction("CVE-9 bash fixed fixed=3", 3),
                        correction("DSA-1 bash not-affected", 4),
                        correction("CVE-1 bash affected", 5)),
                VersionSchemes.all(),
                TODAY);
        CorrectedFindings corrected = corrector.correct(
                new Inventory(Distros.of("debian", "12", null), List.of(bash, OPENSSL), List.of()),
                List.of(finding(OPENSSL)));
        assertThat(shown(corrected)).isEqualTo("bash affected high, openssl fixed high");
        assertThat(corrected.corrections())
                .extracting(one -> one.effect().word())
                .containsExactly("no-match", "applied", "no-change", "no-match", "no-change");
    }

    @Test
    void whatIsComparedIsTheVersionThatIsNamed() {
        assertThat(found(correct(List.of(correction("CVE-1 openssl fixed fixed=3.0.12-1", 1))), "CVE-1")
                        .comparison())
                .isEqualTo("3.0.11-1 < 3.0.12-1");
        assertThat(found(correct(List.of(correction("CVE-1 openssl deferred", 1))), "CVE-1")
                        .comparison())
                .isEqualTo("3.0.11-1 < 3.0.13-1");
    }

    @Test
    void theFirstCounts() {
        CorrectedFindings corrected = correct(List.of(
                correction("CVE-1 openssl not-affected in=debian:11", 1),
                correction("CVE-1 libssl3 will-not-fix", 2),
                correction("CVE-1 openssl not-affected", 3),
                correction("DSA-1 openssl deferred", 4)));
        assertThat(shown(corrected)).isEqualTo("libssl3 will-not-fix high");
        assertThat(corrected.corrections())
                .extracting(one -> one.effect().word())
                .containsExactly("other-release", "applied", "applied", "no-change");
    }

    @Test
    void whatOneDeniesTheNextDoesNotAdd() {
        CorrectedFindings corrected = correct(List.of(
                correction("CVE-1 openssl not-affected", 1),
                correction("CVE-1 libssl3 affected", 2),
                correction("CVE-9 openssl not-affected", 3),
                correction("CVE-9 libssl3 affected", 4)));
        assertThat(shown(corrected)).isEmpty();
    }

    @Test
    void whatItWasBeforeIsKept() {
        CorrectedFindings corrected = correct(List.of(
                correction("CVE-1 libssl3 will-not-fix severity=low", 1), correction("CVE-9 libssl3 affected", 2)));
        Finding changed = found(corrected, "CVE-1");
        assertThat(changed.corrected())
                .isEqualTo(new Corrected(
                        "o.yaml:1",
                        FixState.WILL_NOT_FIX,
                        "because",
                        null,
                        null,
                        new Corrected.Before(Severity.HIGH, FindingState.FIXED, "3.0.13-1")));
        assertThat(changed.severitySource()).isEqualTo("overrides");
        assertThat(changed.severities()).hasSize(1);
        Finding added = found(corrected, "CVE-9");
        assertThat(Objects.requireNonNull(added.corrected()).before()).isNull();
        assertThat(added.feed()).isEqualTo("overrides");
        assertThat(added.comparison()).isEqualTo("3.0.11-1+b1, as every version");
        assertThat(added.note()).isEqualTo("because");
    }

    /** Without a distribution nothing is found, and what is known here is known all the same. */
    @Test
    void withoutADistribution() {
        CorrectedFindings corrected = new Corrector(
                        List.of(
                                correction("CVE-9 libssl3 affected", 1),
                                correction("CVE-9 odd affected in=debian:12", 2)),
                        VersionSchemes.all(),
                        TODAY)
                .correct(new Inventory(null, DEBIAN.packages(), List.of()), List.of());
        assertThat(shown(corrected)).isEqualTo("libssl3 affected unknown");
    }

    /** Nothing is lost: each finding is left, changed or told as denied, and what is new is told as added. */
    @Property(tries = 300)
    void nothingIsLost(@ForAll @Size(max = 8) List<@IntRange(max = 11) Integer> some) {
        String[] texts = {
            "CVE-1 openssl not-affected",
            "CVE-1 libssl3 not-affected",
            "CVE-1 lib* will-not-fix",
            "CVE-1 openssl affected",
            "DSA-1 openssl fixed fixed=3.0.11-1",
            "DSA-1 libssl3 fixed fixed=3.0.12",
            "CVE-9 openssl affected",
            "CVE-9 libssl3 not-affected",
            "CVE-9 libssl3 fixed fixed=4",
            "CVE-1 openssl - severity=low",
            "CVE-1 openssl not-affected until=2020-01-01",
            "CVE-1 libssl3 not-affected from=a:b",
        };
        List<Correction> corrections = new ArrayList<>();
        for (int index : some) {
            corrections.add(correction(texts[index], corrections.size()));
        }
        CorrectedFindings corrected = correct(corrections);
        int denied = corrected.corrections().stream()
                .mapToInt(one -> one.denied().size())
                .sum();
        int added = corrected.corrections().stream()
                .mapToInt(AppliedCorrection::added)
                .sum();
        int changed = corrected.corrections().stream()
                .mapToInt(AppliedCorrection::changed)
                .sum();
        assertThat(corrected.corrections()).hasSameSizeAs(corrections);
        assertThat(corrected.findings().size() + denied - added).isEqualTo(2);
        assertThat(corrected.findings().stream()
                        .filter(one -> one.corrected() != null)
                        .count())
                .isEqualTo(changed + added);
        assertThat(corrected.findings().stream()
                        .map(one -> one.affected().value().name() + " " + one.id())
                        .distinct()
                        .count())
                .isEqualTo(corrected.findings().size());
    }

    private static CorrectedFindings correct(List<Correction> corrections) {
        return new Corrector(corrections, VersionSchemes.all(), TODAY)
                .correct(DEBIAN, List.of(finding(LIBSSL), finding(OPENSSL)));
    }

    private static Finding found(CorrectedFindings corrected, String id) {
        return corrected.findings().stream()
                .filter(one ->
                        one.id().equals(id) && one.affected().value().name().equals("libssl3"))
                .findFirst()
                .orElseThrow();
    }

    private static String shown(CorrectedFindings corrected) {
        return String.join(
                ", ",
                corrected.findings().stream()
                        .map(one -> one.affected().value().name() + " "
                                + one.state().word() + " "
                                + (one.fixedVersion() == null
                                                || one.fixedVersion().equals("3.0.13-1")
                                        ? ""
                                        : one.fixedVersion() + " ")
                                + one.severity().word())
                        .sorted(Comparator.comparing((String text) -> text.split(" ", -1)[0])
                                .thenComparing(text -> !text.contains("fixed"))
                                .thenComparing(text -> text))
                        .toList());
    }

    private static Finding finding(InventoryPackage one) {
        return new Finding(
                "CVE-1",
                List.of("DSA-1"),
                one,
                Severity.HIGH,
                "debian",
                List.of(),
                FindingState.FIXED,
                "3.0.13-1",
                "debian",
                null,
                "3.0.11-1 < 3.0.13-1",
                null,
                null);
    }

    private static InventoryPackage installed(
            String name, String version, String source, String sourceVersion, @Nullable Integer removed) {
        return new InventoryPackage(
                new Package("deb", name, version, "amd64", new SourcePackage(source, sourceVersion), null, "db"),
                "pkg:deb/" + name,
                0,
                null,
                removed);
    }
}
