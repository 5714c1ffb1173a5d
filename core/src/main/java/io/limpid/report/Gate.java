package io.limpid.report;

import io.limpid.format.Nearest;
import io.limpid.model.Finding;
import io.limpid.model.Report;
import io.limpid.model.Severity;
import io.limpid.model.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a pipeline asks of a report: is there anything so bad, or worse?
 *
 * @param threshold how bad; {@code UNKNOWN} for anything at all, also what nobody has rated
 * @param fixableOnly whether only what a newer version mends counts
 */
public record Gate(Severity threshold, boolean fixableOnly) {
    private static final String FIXABLE = "fixable";

    /** The three answers there are. */
    public enum Answer {
        /** There is nothing so bad. */
        PASSED,
        /** There is something so bad. */
        FAILED,
        /** Nothing so bad was found, and that means little: something is not known. */
        CANNOT_TELL
    }

    /**
     * An answer and why.
     *
     * @param reasons sentences without a full stop; never empty; with foreign words in them
     * @param remark what to do about it; of what has passed, what was compared
     */
    public record Judgement(Answer answer, List<String> reasons, String remark) {
        public Judgement {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Reads {@code high} or {@code high,fixable}, in small or large letters.
     *
     * @throws IllegalArgumentException when it says something else; the message names what was probably meant
     */
    public static Gate parse(String text) {
        List<String> parts = Arrays.stream(text.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .toList();
        List<String> severities =
                Arrays.stream(Severity.values()).map(Severity::word).toList();
        Severity threshold = Severity.ofWord(parts.getFirst())
                .orElseThrow(
                        () -> new IllegalArgumentException(Nearest.unknown("severity", parts.getFirst(), severities)));
        for (String condition : parts.subList(1, parts.size())) {
            if (!condition.equals(FIXABLE)) {
                throw new IllegalArgumentException(Nearest.unknown("condition", condition, List.of(FIXABLE)));
            }
        }
        return new Gate(threshold, parts.size() > 1);
    }

    /** Answers for a report. */
    public Judgement judge(Report report) {
        List<Finding> counting = ReportOrder.findings(report).stream()
                .filter(finding -> !fixableOnly || finding.fixable())
                .toList();
        List<Finding> failing = counting.stream()
                .filter(finding -> finding.state().definite() && atOrAbove(finding))
                .toList();
        if (!failing.isEmpty()) {
            Finding worst = failing.getFirst();
            return new Judgement(
                    Answer.FAILED,
                    List.of(counted(failing) + " " + bound() + ", the worst is " + worst.id() + " ("
                            + worst.severity().word() + ") in "
                            + worst.affected().value().name()),
                    "limpid explain " + Shell.word(worst.id()) + " TARGET says where it is and what to do");
        }
        return notFailed(report, counting);
    }

    private Judgement notFailed(Report report, List<Finding> counting) {
        Verdict verdict = report.verdict();
        List<String> reasons = new ArrayList<>();
        List<String> hints = new ArrayList<>();
        // Also of a vulnerable image something may not have been compared, and what is not known may be worse than what
        // is.
        reasons.addAll(ReportOrder.sorted(verdict.reasons()));
        if (!verdict.complete() && reasons.isEmpty()) {
            reasons.add("the scan is not complete");
        }
        List<Finding> undecided = counting.stream()
                .filter(finding -> !finding.state().definite() && (atOrAbove(finding) || unrated(finding)))
                .toList();
        if (!undecided.isEmpty()) {
            Finding first = undecided.getFirst();
            reasons.add(counted(undecided) + " undecided, such as " + first.id() + " in "
                    + first.affected().value().name());
            hints.add("limpid explain " + Shell.word(first.id()) + " TARGET says why");
        }
        List<Finding> unrated = counting.stream()
                .filter(finding -> finding.state().definite() && unrated(finding))
                .toList();
        if (!unrated.isEmpty()) {
            Finding first = unrated.getFirst();
            reasons.add(counted(unrated) + " that nobody has rated, such as " + first.id() + " in "
                    + first.affected().value().name());
            hints.add("--fail-on unknown" + (fixableOnly ? "," + FIXABLE : "") + " fails on what nobody has rated");
        }
        if (reasons.isEmpty()) {
            return new Judgement(
                    Answer.PASSED,
                    List.of("none of " + counted(report.findings()) + " is " + bound()),
                    TextFooter.compared(report));
        }
        hints.add("--allow-incomplete makes this a warning");
        return new Judgement(Answer.CANNOT_TELL, reasons, String.join("; ", hints));
    }

    private boolean atOrAbove(Finding finding) {
        return finding.severity().compareTo(threshold) <= 0;
    }

    private static boolean unrated(Finding finding) {
        return finding.severity() == Severity.UNKNOWN;
    }

    private String bound() {
        String fixable = fixableOnly ? " and fixable" : "";
        return threshold == Severity.UNKNOWN
                ? "of any severity" + fixable
                : threshold == Severity.CRITICAL ? "critical" + fixable : threshold.word() + " or worse" + fixable;
    }

    private static String counted(List<Finding> findings) {
        return findings.size() + (findings.size() == 1 ? " finding" : " findings");
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return threshold.word() + (fixableOnly ? "," + FIXABLE : "");
    }
}
