package io.limpid.report;

import io.limpid.model.Distro;
import io.limpid.model.Finding;
import io.limpid.model.LayerSummary;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import io.limpid.model.Severity;
import io.limpid.model.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The text of one report as a terminal shows it, made section by section. */
final class TextReport {
    private static final int LABEL = 10;
    private static final String EXPLOITED = "; known to be exploited";
    private static final String BULLET = " ".repeat(LABEL) + "- ";
    private static final int SEVERITY = 10;
    private static final int WIDEST_ID = 24;
    /** Fewer columns than these are not worth beginning an instruction in. */
    private static final int WORTH_BEGINNING = 16;

    private final Report report;
    private final TextPage page;
    private final Map<Integer, LayerSummary> layers;
    private final HiddenFindings findings;

    TextReport(Report report, ReportOptions options) {
        this.report = report;
        this.page = new TextPage(options);
        this.layers = ReportOrder.layersByIndex(report);
        this.findings = HiddenFindings.of(report, options);
        head();
        verdict();
        problems();
        findings();
        new TextOverrides(report, options, page).write();
        new TextListing(report, options, page).write();
        new TextFooter(report, findings, options, page).write();
    }

    @Override
    public String toString() {
        return page.toString();
    }

    private void head() {
        ScanTarget target = report.target();
        label("Target", page.safe(target.kind() + ":" + target.reference()));
        label("Image ID", target.imageId() == null ? null : target.imageId().toString());
        label(
                "Manifest",
                target.manifestDigest() == null ? null : target.manifestDigest().toString());
        label(
                "Platform",
                target.platform() == null ? null : page.safe(target.platform().toString()));
        page.prose("Distro    ", LABEL, distro(report.inventory().distro()));
    }

    private String distro(@Nullable Distro distro) {
        if (distro == null) {
            return "not recognised";
        }
        StringBuilder words = new StringBuilder(distro.id());
        if (distro.versionId() != null) {
            words.append(' ').append(distro.versionId());
        }
        if (distro.codename() != null) {
            words.append(" (").append(distro.codename()).append(')');
        }
        if (distro.endOfLife() != null) {
            words.append(report.verdict().endOfLife() ? ", without fixes since its end of life " : ", end of life ")
                    .append(distro.endOfLife());
        }
        return page.safe(words.toString());
    }

    private void verdict() {
        Verdict verdict = report.verdict();
        String word = verdict.result().word().toUpperCase(Locale.ROOT);
        boolean clean = verdict.result() == Verdict.Result.CLEAN;
        boolean overridden =
                report.corrections().stream().anyMatch(one -> !one.denied().isEmpty());
        label(
                "Verdict",
                page.paint().verdict(verdict.result(), word)
                        + (verdict.complete() ? "" : ", incomplete")
                        + (clean && overridden ? ", by overrides" : ""));
        ReportOrder.sorted(verdict.reasons()).forEach(this::bullet);
        ReportOrder.sorted(verdict.notes()).forEach(this::bullet);
        if (verdict.result() == Verdict.Result.VULNERABLE && findings.shown().isEmpty()) {
            bullet("all that was found is " + HiddenFindings.KERNEL);
        }
        if (clean) {
            ReportSummary summary = ReportSummary.of(report);
            page.prose(
                    BULLET,
                    BULLET.length(),
                    TextFooter.counted(summary.packages(), "package") + " compared with "
                            + TextFooter.counted(TextFooter.records(report), "advisory", "advisories")
                            + (overridden
                                    ? ": none of them is known to be vulnerable but for what overrides deny"
                                    : ": none of them is known to be vulnerable"));
        }
    }

    private void bullet(String words) {
        page.prose(BULLET, BULLET.length(), page.safe(words));
    }

    private void problems() {
        List<Problem> problems = ReportOrder.problems(report);
        if (problems.isEmpty()) {
            return;
        }
        page.heading("Problems (" + problems.size() + ")");
        for (Problem problem : problems) {
            String where = (problem.layer() == null ? "" : "layer " + problem.layer() + ": ")
                    + (problem.path() == null ? "" : page.safe(problem.path()) + ": ");
            page.prose(TextPage.INDENT + "- ", 4, where + page.safe(problem.what()));
        }
    }

    private void findings() {
        List<Finding> shown = findings.shown();
        if (shown.isEmpty()) {
            return;
        }
        List<FindingBlock> blocks = FindingBlock.of(shown);
        long ids = shown.stream().map(Finding::id).distinct().count();
        long packages = shown.stream().map(Finding::affected).distinct().count();
        page.heading("Findings (" + shown.size() + ": " + TextFooter.counted(ids, "vulnerability", "vulnerabilities")
                + " in " + TextFooter.counted(packages, "package") + ")");
        for (int i = 0; i < blocks.size(); i++) {
            if (i > 0) {
                page.line("");
            }
            block(blocks.get(i));
        }
    }

    private void block(FindingBlock block) {
        String title = block.source().name() + " " + block.source().version() + " (" + block.type() + ")";
        page.title(page.safe(title));
        block.places().forEach((layer, names) -> place(block, layer, names));
        int widest = block.rows().stream()
                .mapToInt(row -> TextPage.columns(page.safe(row.id())))
                .max()
                .orElse(0);
        block.rows().forEach(row -> row(row, Math.min(widest, WIDEST_ID)));
    }

    private void place(FindingBlock block, int layer, SortedSet<String> names) {
        boolean itself =
                names.size() == 1 && names.first().equals(block.source().name());
        if (layer == FindingBlock.NO_LAYER) {
            if (!itself) {
                page.prose(TextPage.INDENT, 4, page.safe(String.join(", ", names)));
            }
            return;
        }
        LayerSummary summary = layers.get(layer);
        String instruction = page.safe(Instruction.of(summary == null ? null : summary.createdBy()));
        String where = "layer " + layer + (instruction.isEmpty() ? "" : ":");
        List<String> lines =
                page.wrapped(TextPage.INDENT, 4, itself ? where : page.safe(String.join(", ", names)) + " in " + where);
        int room = page.width() - TextPage.columns(lines.getLast()) - 1;
        lines.subList(0, lines.size() - 1).forEach(page::line);
        if (instruction.isEmpty()) {
            page.line(lines.getLast());
        } else if (TextPage.columns(instruction) <= room || room >= WORTH_BEGINNING) {
            page.line(lines.getLast() + " " + page.cut(instruction, room));
        } else {
            page.line(lines.getLast());
            page.line("    " + page.cut(instruction, page.width() - 4));
        }
    }

    private void row(FindingBlock.Row row, int idWidth) {
        String word = word(row.severity());
        String id = page.safe(row.id());
        String state = page.safe(row.state()) + (row.exploited() ? EXPLOITED : "");
        String head = TextPage.INDENT + page.paint().severity(word) + " ".repeat(SEVERITY + 2 - word.length()) + id;
        int used = TextPage.INDENT.length() + SEVERITY + 2 + Math.max(TextPage.columns(id), idWidth) + 2;
        if (used + TextPage.columns(state) <= page.width()) {
            page.line(head + " ".repeat(Math.max(0, idWidth - TextPage.columns(id)) + 2) + state);
        } else {
            page.line(head);
            page.prose("      ", 6, state);
        }
        SortedSet<String> only = row.only();
        if (only != null) {
            page.prose("      only in ", 6, page.safe(String.join(", ", only)));
        }
    }

    private void label(String name, @Nullable String value) {
        page.label(name, LABEL, value);
    }

    private static String word(Severity severity) {
        return severity.name();
    }
}
