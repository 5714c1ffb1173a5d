package io.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.Verdict.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a finding can say, and which verdicts it allows. */
final class FindingStateTest {

    @ParameterizedTest
    @CsvSource({
        "FIXED, fixed",
        "FIXED_IN_PRO, fixed-in-pro",
        "AFFECTED, affected",
        "DEFERRED, deferred",
        "WILL_NOT_FIX, will-not-fix",
        "END_OF_LIFE, end-of-life",
        "UNDER_INVESTIGATION, under-investigation",
        "UNDETERMINED, ",
        "NOT_AFFECTED, ",
    })
    void whatIsReportedOfWhatAPublisherSays(FixState said, @Nullable String word) {
        assertThat(FindingState.of(said).map(FindingState::word).orElse(null)).isEqualTo(word);
    }

    @ParameterizedTest
    @EnumSource
    void aWordIsReadAsWhatItWasWrittenFor(FindingState state) {
        assertThat(FindingState.ofWord(state.word())).contains(state);
        assertThat(FindingState.ofWord(state.name())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aSeverityIsReadAsWhatItWasWrittenFor(Severity severity) {
        assertThat(Severity.ofWord(severity.word())).contains(severity);
        assertThat(Severity.ofWord(severity.name())).isEmpty();
    }

    /** A finding's state (none for no finding), problems, the verdict, and whether the three go together. */
    @ParameterizedTest
    @CsvSource({
        ", 0, CLEAN, true",
        ", 1, CLEAN, false",
        "UNDECIDED, 0, CLEAN, false",
        "AFFECTED, 0, CLEAN, false",
        ", 0, VULNERABLE, false",
        "UNDECIDED, 0, VULNERABLE, false",
        "AFFECTED, 0, VULNERABLE, true",
        "UNDER_INVESTIGATION, 1, VULNERABLE, true",
        ", 1, UNKNOWN, true",
        "AFFECTED, 0, UNKNOWN, true",
    })
    void aReportDoesNotContradictItself(@Nullable FindingState state, int problems, Result result, boolean allowed) {
        Inventory inventory = new Inventory(
                null, List.of(), problems == 0 ? List.of() : List.of(Problem.ofFile("var/lib/dpkg/status", "cut")));
        List<Finding> findings = state == null ? List.of() : List.of(finding(state, "1.x ? 2"));
        Verdict verdict = new Verdict(result, result != Result.UNKNOWN, List.of("because"));
        ScanTarget target = new ScanTarget("sbom", "bom.json", null, null, null);
        if (allowed) {
            new Report(target, List.of(), inventory, findings, List.of(), verdict);
        } else {
            assertThatThrownBy(() -> new Report(target, List.of(), inventory, findings, List.of(), verdict))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anUndecidedFindingSaysWhy() {
        assertThatThrownBy(() -> finding(FindingState.UNDECIDED, null)).hasMessageContaining("nothing says why");
    }

    private static Finding finding(FindingState state, @Nullable String comparison) {
        return new Finding(
                "CVE-2024-1",
                List.of(),
                new InventoryPackage(
                        new Package("deb", "a", "1.x", null, null, null, ""), "pkg:deb/a@1.x", null, null, null),
                Severity.LOW,
                "debian",
                List.of(),
                state,
                null,
                "debian",
                null,
                comparison,
                null,
                null);
    }
}
