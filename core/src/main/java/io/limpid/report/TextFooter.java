package io.limpid.report;

import io.limpid.model.AdvisorySource;
import io.limpid.model.Finding;
import io.limpid.model.Report;
import io.limpid.model.Severity;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The end of a report's text: what there is in numbers, what was consulted, and what to do next. */
final class TextFooter {
    private static final String NVD = "nvd";

    private final Report report;
    private final HiddenFindings hidden;
    private final ReportOptions options;
    private final TextPage page;

    TextFooter(Report report, HiddenFindings hidden, ReportOptions options, TextPage page) {
        this.report = report;
        this.hidden = hidden;
        this.options = options;
        this.page = page;
    }

    void write() {
        ReportSummary summary = ReportSummary.of(report);
        page.line("");
        packages(summary);
        layers();
        page.prose("Findings: ", 2, findings());
        if (hidden.count() > 0) {
            page.prose("Hidden: ", 2, hidden.words());
        }
        page.line("Problems: " + summary.problems());
        unrated();
        for (AdvisorySource source : ReportOrder.advisories(report)) {
            page.prose("Advisories: ", 2, advisories(source));
        }
        next();
    }

    /** {@code 12 345 advisories}, {@code 1 advisory}. */
    static String counted(long count, String one, String many) {
        return grouped(count) + TextPage.NO_BREAK + (count == 1 ? one : many);
    }

    static String counted(long count, String one) {
        return counted(count, one, one + "s");
    }

    /** {@code 7 packages with 40 124 advisories}. */
    static String compared(Report report) {
        String words = counted(ReportSummary.of(report).packages(), "package") + " with "
                + counted(records(report), "advisory", "advisories");
        return words.replace(TextPage.NO_BREAK, ' ');
    }

    /** How many advisories were consulted. */
    static long records(Report report) {
        return report.advisories().stream().mapToLong(AdvisorySource::records).sum();
    }

    private void packages(ReportSummary summary) {
        String types = summary.packagesByType().entrySet().stream()
                .map(entry -> entry.getValue() + " " + page.safe(entry.getKey()))
                .collect(Collectors.joining(", "));
        page.prose(
                "Packages: ",
                2,
                summary.packages()
                        + (types.isEmpty() ? "" : " (" + types + ")")
                        + (summary.removed() == 0 ? "" : "; removed by an upper layer: " + summary.removed()));
    }

    private void layers() {
        int all = report.layers().size();
        if (all == 0) {
            return;
        }
        long unverified =
                report.layers().stream().filter(layer -> !layer.verified()).count();
        page.line("Layers: " + all + (unverified == 0 ? "" : "; not verified: " + unverified));
    }

    private String findings() {
        List<Finding> shown = hidden.shown();
        if (shown.isEmpty()) {
            if (report.advisories().isEmpty()) {
                return "none looked for, without advisories";
            }
            // A plain zero would read as "clean" where nobody looked or not everything was seen.
            return switch (report.verdict().result()) {
                case CLEAN -> "0";
                case VULNERABLE -> "0 besides those that are hidden";
                case UNKNOWN -> "0 in what could be compared, which is no clean result";
            };
        }
        long fixable = shown.stream().filter(Finding::fixable).count();
        long undecided =
                shown.stream().filter(finding -> !finding.state().definite()).count();
        return shown.size() + " (" + HiddenFindings.bySeverity(shown) + "); fixable: " + fixable + "; undecided: "
                + undecided;
    }

    /** How severities come to be known that no publisher of advisories says, where nothing tells that they could be. */
    private void unrated() {
        List<Finding> shown = hidden.shown();
        long unknown = shown.stream()
                .filter(finding -> finding.severity() == Severity.UNKNOWN)
                .count();
        boolean enriched = report.findings().stream()
                .anyMatch(finding -> finding.exploitPrediction() != null
                        || finding.knownExploitation() != null
                        || finding.severities().stream()
                                .anyMatch(rating -> rating.source().equals(NVD)));
        if (unknown > 0 && !enriched) {
            page.prose(
                    "Severities: ",
                    2,
                    "not known of " + unknown + "; 'limpid db update --only nvd' brings those that NVD says");
        }
    }

    private String advisories(AdvisorySource source) {
        String words = page.safe(source.feed()) + ": " + counted(source.records(), "advisory", "advisories") + " for "
                + page.safe(source.namespace());
        if (source.dataDate() != null) {
            words += ", data of " + page.safe(source.dataDate());
        }
        if (source.fetchedAt() != null) {
            words += ", fetched " + fetched(source.fetchedAt());
        }
        return source.note() == null ? words : words + "; " + page.safe(source.note());
    }

    private String fetched(String moment) {
        String age = Age.of(moment, options.now());
        return age != null ? age : page.safe(moment);
    }

    private void next() {
        String target = Shell.word(options.typed());
        List<Finding> findings = hidden.shown();
        if (!findings.isEmpty()) {
            Finding first =
                    findings.stream().filter(Finding::fixable).findFirst().orElse(findings.getFirst());
            next("limpid explain " + Shell.word(first.id()) + " " + target);
        } else if (!options.packages()) {
            next("limpid scan " + target + " --packages");
        }
    }

    private void next(@Nullable String command) {
        page.line("Next: " + page.safe(command));
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', TextPage.NO_BREAK);
    }
}
