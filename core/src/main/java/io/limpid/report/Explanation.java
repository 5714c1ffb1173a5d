package io.limpid.report;

import io.limpid.format.Nearest;
import io.limpid.model.Correction;
import io.limpid.model.Finding;
import io.limpid.model.Report;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a report knows of one vulnerability, for people: where it was found, why it is believed to be there and what to do, or what it means that
 * it was not found.
 *
 * @param report the report
 * @param id what was asked for
 * @param findings the findings that have this id or alias, in the report's order; letters may be large or small
 * @param denied those that would have it, were it not for local corrections
 */
public record Explanation(Report report, String id, List<Finding> findings, List<Denied> denied) {
    private static final int TYPING_ERRORS = 2;
    private static final int SUGGESTED = 3;

    /** A finding that is not there, and what denies it. */
    public record Denied(Finding finding, Correction by) {}

    public Explanation {
        findings = List.copyOf(findings);
        denied = List.copyOf(denied);
    }

    /** Looks for an id or alias in a report. */
    public static Explanation of(Report report, String id) {
        String asked = id.strip();
        return new Explanation(
                report,
                asked,
                ReportOrder.findings(report).stream()
                        .filter(finding -> isNamed(finding, asked))
                        .toList(),
                report.corrections().stream()
                        .flatMap(one -> ReportOrder.sortedFindings(one.denied()).stream()
                                .filter(finding -> isNamed(finding, asked))
                                .map(finding -> new Denied(finding, one.correction())))
                        .toList());
    }

    private static boolean isNamed(Finding finding, String asked) {
        return names(finding).anyMatch(name -> name.strip().equalsIgnoreCase(asked));
    }

    /** Whether there is a finding. */
    public boolean found() {
        return !findings.isEmpty();
    }

    /** The ids among the findings that a mistyped one may have meant; those that are equally near. */
    List<String> nearest() {
        List<String> names = report.findings().stream()
                .flatMap(Explanation::names)
                .map(name -> name.strip().toUpperCase(Locale.ROOT))
                .distinct()
                .toList();
        List<String> near = List.of();
        for (int errors = 1; near.isEmpty() && errors <= TYPING_ERRORS; errors++) {
            near = Nearest.to(id.toUpperCase(Locale.ROOT), names, errors, SUGGESTED);
        }
        return near.stream().map(this::asWritten).distinct().toList();
    }

    private String asWritten(String name) {
        return report.findings().stream()
                .flatMap(Explanation::names)
                .filter(one -> one.strip().equalsIgnoreCase(name))
                .sorted()
                .findFirst()
                .orElse(name);
    }

    private static Stream<String> names(Finding finding) {
        return Stream.concat(Stream.of(finding.id()), finding.aliases().stream());
    }

    /** The explanation as a terminal shows it, to the end of its last line. */
    public String text(ReportOptions options) {
        return new ExplanationText(this, options).toString();
    }
}
