package io.limpid.report;

import io.limpid.format.Nearest;
import io.limpid.model.Finding;
import io.limpid.model.IdleKernel;
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
 * @param kernelToo whether what is in packages of the kernel counts though it does not run in a container
 */
public record Gate(Severity threshold, boolean fixableOnly, boolean kernelToo) {
    private static final String FIXABLE = "fixable";
    private static final String KERNEL = "kernel";

    /** A gate for which only what can run counts. */
    public Gate(Severity threshold, boolean fixableOnly) {
        this(threshold, fixableOnly, false);
    }

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
     * Reads {@code high}, {@code high,fixable} or {@code high,kernel}, in small or large letters.
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
        List<String> conditions = parts.subList(1, parts.size());
        for (String condition : conditions) {
            if (!condition.equals(FIXABLE) && !condition.equals(KERNEL)) {
                throw new IllegalArgumentException(Nearest.unknown("condition", condition, List.of(FIXABLE, KERNEL)));
            }
        }
        return new Gate(threshold, conditions.contains(FIXABLE), conditions.contains(KERNEL));
    }

    /** Answers for a report. */
    public Judgement judge(Report report) {
        IdleKernel idle = IdleKernel.of(report);
        List<Finding> all = ReportOrder.findings(report).stream()
                .filter(finding -> !fixableOnly || finding.fixable())
                .toList();
        List<Finding> counting = all.stream()
                .filter(finding -> kernelToo || !idle.holds(finding))
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
        List<Finding> left = all.stream()
                .filter(finding -> !kernelToo && idle.holds(finding) && (atOrAbove(finding) || unrated(finding)))
                .toList();
        return notFailed(report, counting, left);
    }

    private Judgement notFailed(Report report, List<Finding> counting, List<Finding> left) {
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
            hints.add("--fail-on " + new Gate(Severity.UNKNOWN, fixableOnly, kernelToo)
                    + " fails on what nobody has rated");
        }
        if (reasons.isEmpty()) {
            return passed(report, left);
        }
        hints.add("--allow-incomplete makes this a warning");
        return new Judgement(Answer.CANNOT_TELL, reasons, String.join("; ", hints));
    }

    /** What passes says what was left out of account, so that nobody takes it for more. */
    private Judgement passed(Report report, List<Finding> left) {
        List<String> reasons = new ArrayList<>();
        reasons.add("none of " + counted(report.findings().size() - left.size()) + " is " + bound());
        if (!left.isEmpty()) {
            reasons.add(counted(left.size()) + " " + HiddenFindings.KERNEL + ", not counted ("
                    + HiddenFindings.bySeverity(left) + "; --fail-on "
                    + new Gate(threshold, fixableOnly, true) + " counts them)");
        }
        reasons.addAll(ReportOrder.sorted(report.verdict().notes()));
        return new Judgement(Answer.PASSED, reasons, TextFooter.compared(report));
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
        return counted(findings.size());
    }

    private static String counted(int count) {
        return count + (count == 1 ? " finding" : " findings");
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return threshold.word() + (fixableOnly ? "," + FIXABLE : "") + (kernelToo ? "," + KERNEL : "");
    }
}
