package io.limpid.report;

import io.limpid.model.AdvisorySource;
import io.limpid.model.Corrected;
import io.limpid.model.Distro;
import io.limpid.model.ExploitPrediction;
import io.limpid.model.Finding;
import io.limpid.model.IdleKernel;
import io.limpid.model.KnownExploitation;
import io.limpid.model.LayerSummary;
import io.limpid.model.Package;
import io.limpid.model.Report;
import io.limpid.model.SeverityRating;
import io.limpid.model.SourcePackage;
import io.limpid.model.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of an {@link Explanation}. */
final class ExplanationText {
    private static final int LABEL = 16;
    private static final String NOT_RUNNING =
            "the package is " + HiddenFindings.KERNEL + ": gates do not count it unless they are told to";

    private final Explanation explanation;
    private final Report report;
    private final TextPage page;
    private final Map<Integer, LayerSummary> layers;
    private final IdleKernel idle;

    ExplanationText(Explanation explanation, ReportOptions options) {
        this.explanation = explanation;
        this.report = explanation.report();
        this.page = new TextPage(options);
        this.layers = ReportOrder.layersByIndex(report);
        this.idle = IdleKernel.of(report);
        if (explanation.found()) {
            Map<String, List<Finding>> byId = explanation.findings().stream()
                    .collect(Collectors.groupingBy(Finding::id, LinkedHashMap::new, Collectors.toList()));
            byId.forEach(this::vulnerability);
            denied();
        } else {
            notFound();
        }
    }

    @Override
    public String toString() {
        return page.toString();
    }

    private String target() {
        return page.safe(report.target().kind() + ":" + report.target().reference());
    }

    private void vulnerability(String id, List<Finding> findings) {
        if (!page.isEmpty()) {
            page.line("");
        }
        page.title(page.safe(id) + " in " + target());
        TreeSet<String> aliases = findings.stream()
                .flatMap(finding -> finding.aliases().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!aliases.isEmpty()) {
            page.prose("Also known as ", 2, page.safe(String.join(", ", aliases)));
        }
        findings.stream()
                .map(Finding::description)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(description -> page.prose("", 0, page.safe(description)));
        findings.forEach(this::finding);
        page.heading("What to do");
        Distro distro = report.inventory().distro();
        if (report.verdict().endOfLife() && distro != null) {
            page.prose(
                    TextPage.INDENT + "- ",
                    4,
                    page.safe(distro.namespace() + " has been without fixes since " + distro.endOfLife()
                            + " (end of life): build on a newer release."));
        }
        for (Advice advice : Advice.of(findings, layers, distro)) {
            page.prose(TextPage.INDENT + "- ", 4, page.safe(advice.words()));
            if (advice.command() != null) {
                // Not broken: it is there to be copied.
                page.line("    " + page.safe(advice.command()));
            }
        }
    }

    private void finding(Finding finding) {
        Package affected = finding.affected().value();
        page.heading(page.safe(affected.name() + " " + affected.version() + " (" + affected.type()
                + (affected.arch() == null ? "" : ", " + affected.arch()) + ")"));
        severity(finding);
        exploitation(finding);
        value("State", Advice.sentence(finding));
        value("Comparison", compared(finding));
        value("Note", finding.note());
        value("Not running", idle.holds(finding) ? NOT_RUNNING : null);
        override(finding.corrected());
        value("Advisory", finding.feed() + (finding.url() == null ? "" : ", " + finding.url()));
        SourcePackage source = affected.source();
        value("Built from", source == null ? null : source.name() + " " + source.version());
        value("Module", affected.module());
        value("Listed in", affected.location().isEmpty() ? null : affected.location());
        value("Belongs to", finding.affected().ownedBy());
        value("Package-url", finding.affected().purl());
        layer(finding);
    }

    private void override(@Nullable Corrected corrected) {
        if (corrected == null) {
            return;
        }
        value("Override", OverrideWords.of(corrected));
        Corrected.Before before = corrected.before();
        value(
                "Without it",
                before == null
                        ? "no publisher states it"
                        : before.severity().name() + ", " + before.state().word()
                                + (before.fixedVersion() == null ? "" : ", fixed version " + before.fixedVersion()));
    }

    /** What is not a finding for an override, which is told of so that nobody wonders. */
    private void denied() {
        if (explanation.denied().isEmpty()) {
            return;
        }
        page.heading("Denied by overrides");
        for (Explanation.Denied one : explanation.denied()) {
            Finding finding = one.finding();
            page.prose(
                    TextPage.INDENT + "- ",
                    4,
                    page.safe(finding.affected().value().name() + " "
                            + finding.affected().value().version() + ": would be "
                            + finding.severity().word() + ", " + FindingBlock.words(finding) + "; "
                            + OverrideWords.of(Corrected.by(one.by(), finding))));
        }
    }

    private void severity(Finding finding) {
        String word = finding.severity().name();
        String said = finding.severitySource() == null ? "" : ", says " + finding.severitySource();
        page.line(label("Severity") + page.paint().severity(word) + page.safe(said));
        List<SeverityRating> ratings = finding.severities();
        for (int i = 0; i < ratings.size(); i++) {
            SeverityRating rating = ratings.get(i);
            String words = rating.source() + ": " + rating.severity().name()
                    + (rating.word() == null ? "" : ", in its words \"" + rating.word() + "\"")
                    + (rating.score() == null ? "" : ", " + rating.score())
                    + (rating.vector() == null ? "" : ", " + rating.vector());
            page.prose(label(i == 0 ? "Severities" : ""), LABEL, page.safe(words));
        }
    }

    private void exploitation(Finding finding) {
        KnownExploitation known = finding.knownExploitation();
        if (known != null) {
            value(
                    "Exploited",
                    "yes, in CISA's catalogue" + (known.added() == null ? "" : " since " + known.added())
                            + (known.due() == null ? "" : "; agencies had to act by " + known.due())
                            + (known.ransomware() ? "; ransomware uses it" : ""));
        }
        ExploitPrediction prediction = finding.exploitPrediction();
        if (prediction != null) {
            value(
                    "EPSS",
                    percent(prediction.score()) + " within 30 days"
                            + (prediction.percentile() == null
                                    ? ""
                                    : ", more than " + percent(prediction.percentile()) + " of all vulnerabilities")
                            + (prediction.date() == null ? "" : ", as of " + prediction.date()));
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    private static @Nullable String compared(Finding finding) {
        String comparison = finding.comparison();
        if (comparison == null) {
            return null;
        }
        String order = switch (finding.affected().value().type()) {
            case "deb" -> ", in the order of dpkg";
            case "rpm" -> ", in the order of rpm";
            case "apk" -> ", in the order of apk";
            default -> "";
        };
        return finding.state().definite() ? comparison + order : comparison;
    }

    private void layer(Finding finding) {
        Integer index = finding.affected().layer();
        if (index == null) {
            return;
        }
        LayerSummary layer = layers.get(index);
        String digest = layer == null
                ? ""
                : layer.digest() != null
                        ? ", digest " + layer.digest()
                        : layer.diffId() != null ? ", diff-id " + layer.diffId() : "";
        value("Layer", index + digest + (layer != null && !layer.verified() ? ", not verified" : ""));
        String instruction = Instruction.of(layer == null ? null : layer.createdBy());
        value("Instruction", instruction.isEmpty() ? null : instruction);
    }

    private void value(String name, @Nullable String value) {
        if (value != null) {
            page.prose(label(name), LABEL, page.safe(value));
        }
    }

    private static String label(String name) {
        return TextPage.INDENT + name + " ".repeat(LABEL - TextPage.INDENT.length() - name.length());
    }

    private void notFound() {
        page.title("No finding " + page.safe(explanation.id()) + " in " + target());
        Verdict verdict = report.verdict();
        page.line("");
        page.line(label("Verdict")
                + page.paint().verdict(verdict.result(), verdict.result().word().toUpperCase(Locale.ROOT))
                + (verdict.complete() ? "" : ", incomplete"));
        for (List<String> said : List.of(verdict.reasons(), verdict.notes())) {
            for (String words : ReportOrder.sorted(said)) {
                page.prose(" ".repeat(LABEL) + "- ", LABEL + 2, page.safe(words));
            }
        }
        value("Packages", packages());
        value("Advisories", advisories());
        List<String> near = explanation.nearest();
        value("Nearest ids", near.isEmpty() ? null : String.join(", ", near));
        denied();
        page.line("");
        page.prose("", 0, meaning());
    }

    private String packages() {
        ReportSummary summary = ReportSummary.of(report);
        return TextFooter.counted(summary.packages(), "package")
                + (verdictAllows() || summary.problems() == 0
                        ? ""
                        : ", and " + TextFooter.counted(summary.problems(), "problem")
                                + " for which some may be missing");
    }

    private String advisories() {
        String which = ReportOrder.advisories(report).stream()
                .map(AdvisorySource::namespace)
                .distinct()
                .collect(Collectors.joining(", "));
        return which.isEmpty()
                ? "none were consulted"
                : TextFooter.counted(TextFooter.records(report), "advisory", "advisories") + " for " + which;
    }

    /** Whether it means something that nothing was found: all was read, and compared. */
    private boolean verdictAllows() {
        return report.verdict().complete()
                && report.verdict().result() != Verdict.Result.UNKNOWN
                && report.verdict().reasons().isEmpty()
                && !report.advisories().isEmpty();
    }

    private String meaning() {
        String id = page.safe(explanation.id());
        if (!explanation.denied().isEmpty()) {
            return "The publishers state " + id + " for what is installed; only overrides say otherwise.";
        }
        return verdictAllows()
                ? "The list of packages is complete, and none of these advisories states " + id
                        + " for an installed version."
                : "This does not mean that the image is without " + id + ": not everything could be told.";
    }
}
