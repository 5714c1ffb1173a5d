package io.limpid.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.Finding;
import io.limpid.model.FindingState;
import io.limpid.model.Report;
import io.limpid.model.Severity;
import io.limpid.model.Verdict;
import io.limpid.model.Verdict.Result;
import io.limpid.report.Gate.Answer;
import io.limpid.report.Gate.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gate answers: 2 only for what is certain, and 0 only where nothing is left that could fail. */
final class GateTest {

    /** Findings as {@code [kernel:]severity/state[/fixed version]}; the verdict, with {@code ...} where not all was read, with {@code ?} where not all was compared. */
    @ParameterizedTest
    @CsvSource({
        // Nothing found.
        "high, '', clean, PASSED",
        "unknown, '', clean, PASSED",
        "high, '', unknown, CANNOT_TELL",
        "high, '', unknown..., CANNOT_TELL",
        // At, above and below the threshold.
        "high, high/affected, vulnerable, FAILED",
        "high, critical/affected, vulnerable, FAILED",
        "high, medium/affected, vulnerable, PASSED",
        "critical, high/affected, vulnerable, PASSED",
        "negligible, negligible/affected, vulnerable, FAILED",
        "low, negligible/affected, vulnerable, PASSED",
        // Every state but one is certain.
        "high, high/deferred, vulnerable, FAILED",
        "high, high/will-not-fix, vulnerable, FAILED",
        "high, high/end-of-life, vulnerable, FAILED",
        "high, high/under-investigation, vulnerable, FAILED",
        "high, high/undecided, unknown, CANNOT_TELL",
        "high, high/undecided low/affected, vulnerable, CANNOT_TELL",
        "high, unknown/undecided low/affected, vulnerable, CANNOT_TELL",
        "high, medium/undecided low/affected, vulnerable, PASSED",
        "high, high/undecided high/affected, vulnerable, FAILED",
        // What fails does so however much else is not known.
        "high, high/affected, vulnerable..., FAILED",
        "high, low/affected, vulnerable..., CANNOT_TELL",
        "high, high/affected, unknown, FAILED",
        // A vulnerable image of which something is not known may have worse than was found.
        "high, low/affected, vulnerable?, CANNOT_TELL",
        "high, high/affected, vulnerable?, FAILED",
        "'high,fixable', high/affected, vulnerable?, CANNOT_TELL",
        // Nobody has rated it, so nobody can say that it is below.
        "high, unknown/affected, vulnerable, CANNOT_TELL",
        "negligible, unknown/affected, vulnerable, CANNOT_TELL",
        "unknown, unknown/affected, vulnerable, FAILED",
        "unknown, low/affected, vulnerable, FAILED",
        "unknown, unknown/undecided, unknown, CANNOT_TELL",
        // Only what can be mended counts.
        "'high,fixable', high/affected, vulnerable, PASSED",
        "'high,fixable', high/fixed/2, vulnerable, FAILED",
        // A fix that is only announced cannot be installed.
        "'high,fixable', high/affected/2, vulnerable, PASSED",
        "'high,fixable', low/fixed/2, vulnerable, PASSED",
        "'high,fixable', high/undecided low/affected, vulnerable, PASSED",
        "'high,fixable', high/undecided/2 low/affected, vulnerable, CANNOT_TELL",
        "'high,fixable', unknown/affected, vulnerable, PASSED",
        "'high,fixable', unknown/fixed/2, vulnerable, CANNOT_TELL",
        "'unknown,fixable', unknown/fixed/2, vulnerable, FAILED",
        "'high,fixable', high/affected, vulnerable..., CANNOT_TELL",
    })
    void answers(String gate, String findings, String verdict, Answer answer) {
        Judgement judgement = Gate.parse(gate).judge(report(findings, verdict));
        assertThat(judgement.answer()).isEqualTo(answer);
        assertThat(judgement.reasons()).isNotEmpty().allMatch(reason -> !reason.isBlank());
        assertThat(judgement.remark()).isNotBlank();
    }

    /** What is in packages of a kernel that does not run counts only where that is asked for. */
    @ParameterizedTest
    @CsvSource({
        "high, kernel:high/affected, vulnerable, PASSED",
        "high, kernel:unknown/affected, vulnerable, PASSED",
        "unknown, kernel:high/affected, vulnerable, PASSED",
        "high, kernel:high/undecided, unknown, CANNOT_TELL",
        "high, kernel:high/affected high/affected, vulnerable, FAILED",
        "high, kernel:high/affected, vulnerable..., CANNOT_TELL",
        "'high,kernel', kernel:high/affected, vulnerable, FAILED",
        "'high,kernel', kernel:unknown/affected, vulnerable, CANNOT_TELL",
        "'high,kernel', high/affected, vulnerable, FAILED",
        "'high,kernel,fixable', kernel:high/affected, vulnerable, PASSED",
        "'high,fixable,kernel', kernel:high/fixed/2, vulnerable, FAILED",
        "'high,fixable', kernel:high/fixed/2, vulnerable, PASSED",
    })
    void answersForTheKernel(String gate, String findings, String verdict, Answer answer) {
        answers(gate, findings, verdict, answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "high | high/affected critical/affected low/affected | vulnerable | 2 findings high or worse, the"
                        + " worst is CVE-1 (critical) in libssl3",
                "critical | critical/affected | vulnerable | 1 finding critical, the worst is CVE-0 (critical) in"
                        + " libssl3",
                "high,fixable | high/fixed/2 | vulnerable | 1 finding high or worse and fixable, the worst is CVE-0"
                        + " (high) in libssl3",
                "high | low/affected | vulnerable | none of 1 finding is high or worse",
                "unknown | low/affected | vulnerable | 1 finding of any severity, the worst is CVE-0 (low) in libssl3",
                "high | high/undecided | unknown | because; 1 finding undecided, such as CVE-0 in libssl3",
                "high | unknown/affected unknown/deferred | vulnerable | 2 findings that nobody has rated, such as"
                        + " CVE-0 in libssl3",
                "high | low/affected | vulnerable... | something was not read",
                "high | low/affected kernel:high/affected kernel:critical/affected | vulnerable | none of 1 finding is"
                        + " high or worse; 2 findings of the kernel, which does not run in a container, not counted"
                        + " (1 critical, 1 high; --fail-on high,kernel counts them)",
                "high,fixable | kernel:high/fixed/2 | vulnerable | none of 0 findings is high or worse and fixable;"
                        + " 1 finding of the kernel, which does not run in a container, not counted (1 high; --fail-on"
                        + " high,fixable,kernel counts them)",
            })
    void reasons(String gate, String findings, String verdict, String said) {
        assertThat(String.join(
                        "; ", Gate.parse(gate).judge(report(findings, verdict)).reasons()))
                .isEqualTo(said);
    }

    @Test
    void remarks() {
        assertThat(Gate.parse("high").judge(report("", "clean")).remark())
                .isEqualTo("7 packages with 40 124 advisories");
        assertThat(Gate.parse("high")
                        .judge(report("high/affected", "vulnerable"))
                        .remark())
                .startsWith("limpid explain CVE-0 TARGET ");
        assertThat(Gate.parse("high,fixable")
                        .judge(report("unknown/fixed/2", "vulnerable"))
                        .remark())
                .startsWith("--fail-on unknown,fixable fails on what nobody has rated")
                .endsWith("--allow-incomplete makes this a warning");
    }

    /** Whoever asks for less is never told more: a gate that passes or fails does so too for all that are wider or narrower. */
    @Property(tries = 300)
    void wideningAGateNeverMakesItPass(@ForAll long seed) {
        Report report = RandomReport.of(seed);
        for (boolean fixable : new boolean[] {false, true}) {
            boolean failed = false;
            for (Severity severity : Severity.values()) {
                Answer answer = new Gate(severity, fixable).judge(report).answer();
                assertThat(failed && answer != Answer.FAILED).isFalse();
                failed = answer == Answer.FAILED;
                if (fixable && failed) {
                    assertThat(new Gate(severity, false).judge(report).answer()).isEqualTo(Answer.FAILED);
                }
                if (report.verdict().result() == Result.UNKNOWN
                        || !report.verdict().complete()) {
                    assertThat(answer).isNotEqualTo(Answer.PASSED);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "high, high",
        "HIGH, high",
        "'high,fixable', 'high,fixable'",
        "' Low , Fixable ', 'low,fixable'",
        "unknown, unknown"
    })
    void gatesAreRead(String text, String gate) {
        assertThat(Gate.parse(text)).hasToString(gate);
        assertThat(Gate.parse(gate)).isEqualTo(Gate.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "hgih | unknown severity: hgih (did you mean high?)",
                "crit | unknown severity: crit (did you mean critical?)",
                "severe | unknown severity: severe (there is critical, high, medium, low, negligible, unknown)",
                "\"\" | unknown severity:  (there is critical, high, medium, low, negligible, unknown)",
                "high,fixabel | unknown condition: fixabel (did you mean fixable?)",
                "high, | unknown condition:  (there is fixable, kernel)",
                "fixable | unknown severity: fixable (there is critical, high, medium, low, negligible, unknown)",
            })
    void whatIsNoGate(String text, String said) {
        assertThatThrownBy(() -> Gate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(said);
    }

    private static Report report(String findings, String verdict) {
        List<Finding> all = new ArrayList<>();
        for (String text : findings.isEmpty() ? new String[0] : findings.split(" ", -1)) {
            boolean kernel = text.startsWith("kernel:");
            String[] part = (kernel ? text.substring("kernel:".length()) : text).split("/", -1);
            FindingState state = FindingState.ofWord(part[1]).orElseThrow();
            all.add(SampleFindings.finding(
                    kernel ? SampleCorrections.HEADERS : SampleFindings.LIBSSL,
                    "CVE-" + all.size(),
                    Severity.ofWord(part[0]).orElseThrow(),
                    state,
                    part.length > 2 ? part[2] : null,
                    state.definite() ? null : "1 and x cannot be compared"));
        }
        boolean complete = !verdict.endsWith("...");
        Result result = Result.valueOf(verdict.replaceAll("\\W", "").toUpperCase(Locale.ROOT));
        List<String> reasons = !complete
                ? List.of("something was not read")
                : result == Result.UNKNOWN || verdict.endsWith("?") ? List.of("because") : List.of();
        return SampleFindings.report(List.of(), all, new Verdict(result, complete, reasons));
    }
}
