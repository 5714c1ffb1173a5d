package io.limpid.report;

import io.limpid.format.Printable;
import io.limpid.model.Digest;
import io.limpid.model.Distro;
import io.limpid.model.Finding;
import io.limpid.model.InventoryPackage;
import io.limpid.model.LayerSummary;
import io.limpid.model.Package;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import io.limpid.model.ScanTarget;
import io.limpid.model.Severity;
import io.limpid.model.SourcePackage;
import io.limpid.model.Verdict;
import io.limpid.report.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of one report as a terminal shows it, made section by section. */
final class TextReport {
    private static final String INDENT = "  ";
    private static final int SHORT_DIGEST = 12;
    private static final int LABEL = 10;
    private static final String SHELL = "/bin/sh -c ";
    private static final String NO_OPERATION = "#(nop) ";

    private final Report report;
    private final ReportOptions options;
    private final Paint paint;
    private final StringBuilder text = new StringBuilder();

    TextReport(Report report, ReportOptions options) {
        this.report = report;
        this.options = options;
        this.paint = options.colour() ? Paint.ANSI : Paint.NONE;
        head();
        verdict();
        layers();
        findings();
        packages("packages", ReportOrder.present(report));
        if (options.removed()) {
            packages("packages removed by an upper layer", ReportOrder.removed(report));
        }
        problems();
        footer();
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void head() {
        ScanTarget target = report.target();
        label("Target", safe(target.kind() + ":" + target.reference()));
        label("Image ID", target.imageId() == null ? null : target.imageId().toString());
        label(
                "Manifest",
                target.manifestDigest() == null ? null : target.manifestDigest().toString());
        label(
                "Platform",
                target.platform() == null ? null : safe(target.platform().toString()));
        label("Distro", distro(report.inventory().distro()));
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
            words.append(", end of life ").append(distro.endOfLife());
        }
        return safe(words.toString());
    }

    private void verdict() {
        Verdict verdict = report.verdict();
        String word = verdict.result().word().toUpperCase(Locale.ROOT);
        label("Verdict", paint.verdict(verdict.result(), word) + (verdict.complete() ? "" : ", incomplete"));
        for (String reason : ReportOrder.sorted(verdict.reasons())) {
            line(" ".repeat(LABEL) + "- " + safe(reason));
        }
    }

    private void layers() {
        List<LayerSummary> layers = ReportOrder.layers(report);
        if (layers.isEmpty()) {
            return;
        }
        heading("Layers (" + layers.size() + ")");
        int taken = INDENT.length() + 5 + 2 + SHORT_DIGEST + 2 + 10 + 2 + 10 + 2;
        int room = Math.max(options.width() - taken, SHORT_DIGEST);
        List<List<String>> rows = new ArrayList<>();
        for (LayerSummary layer : layers) {
            rows.add(List.of(
                    String.valueOf(layer.index()),
                    shortened(layer.diffId() != null ? layer.diffId() : layer.digest()),
                    size(layer.sizeBytes()),
                    layer.verified() ? "" : "unverified",
                    instruction(layer.createdBy(), room)));
        }
        List<Column> columns = List.of(
                new Column("LAYER", Column.ALWAYS),
                new Column("DIGEST", Column.ALWAYS),
                new Column("SIZE", 3),
                new Column("CHECKED", 2),
                new Column("INSTRUCTION", 1));
        table(columns, rows);
    }

    private void findings() {
        if (report.findings().isEmpty()) {
            return;
        }
        heading("Findings (" + report.findings().size() + ")");
        List<List<String>> rows = new ArrayList<>();
        for (Finding finding : ReportOrder.findings(report)) {
            Package affected = finding.affected().value();
            rows.add(List.of(
                    word(finding.severity()),
                    safe(affected.name()),
                    safe(finding.id()),
                    safe(affected.version()),
                    safe(finding.fixedVersion()),
                    finding.state().word(),
                    number(finding.affected().layer())));
        }
        List<Column> columns = List.of(
                new Column("SEVERITY", Column.ALWAYS),
                new Column("PACKAGE", Column.ALWAYS),
                new Column("ID", Column.ALWAYS),
                new Column("INSTALLED", 3),
                new Column("FIXED", 4),
                new Column("STATE", 2),
                new Column("LAYER", 1));
        table(columns, rows);
    }

    private void packages(String what, List<InventoryPackage> listed) {
        Map<String, List<InventoryPackage>> byType = listed.stream()
                .collect(Collectors.groupingBy(one -> one.value().type(), TreeMap::new, Collectors.toList()));
        List<Column> columns = List.of(
                new Column("NAME", Column.ALWAYS),
                new Column("VERSION", Column.ALWAYS),
                new Column("ARCH", 1),
                new Column("SOURCE", 2),
                new Column("LAYER", 4),
                new Column("REMOVED IN", 5),
                new Column("MODULE", 3));
        byType.forEach((type, ofType) -> {
            heading(safe(type) + " " + what + " (" + ofType.size() + ")");
            table(columns, ofType.stream().map(this::row).toList());
        });
    }

    private List<String> row(InventoryPackage one) {
        Package value = one.value();
        return List.of(
                safe(value.name()),
                safe(value.version()),
                safe(value.arch()),
                source(value),
                number(one.layer()),
                number(one.removedInLayer()),
                safe(value.module()));
    }

    /** Only what the package's own name and version do not say. */
    private String source(Package value) {
        SourcePackage source = value.source();
        if (source == null) {
            return "";
        }
        boolean sameVersion = source.version().equals(value.version());
        if (source.name().equals(value.name()) && sameVersion) {
            return "";
        }
        return safe(sameVersion ? source.name() : source.name() + " " + source.version());
    }

    private void problems() {
        List<Problem> problems = ReportOrder.problems(report);
        if (problems.isEmpty()) {
            return;
        }
        heading("Problems (" + problems.size() + ")");
        for (Problem problem : problems) {
            String where = (problem.layer() == null ? "" : "layer " + problem.layer() + ": ")
                    + (problem.path() == null ? "" : safe(problem.path()) + ": ");
            line(INDENT + "- " + where + safe(problem.what()));
        }
    }

    private void footer() {
        ReportSummary summary = ReportSummary.of(report);
        String types = summary.packagesByType().entrySet().stream()
                .map(entry -> entry.getValue() + " " + safe(entry.getKey()))
                .collect(Collectors.joining(", "));
        line("");
        line("Packages: " + summary.packages() + (types.isEmpty() ? "" : " (" + types + ")")
                + removed(summary.removed()));
        // A plain zero would read as "clean" where nobody looked.
        boolean looked = !report.advisories().isEmpty() || summary.findings() > 0;
        line("Findings: "
                + (looked ? summary.findings() + bySeverity(summary) : "none looked for, without advisories"));
        line("Problems: " + summary.problems());
    }

    private static String removed(int count) {
        return count == 0 ? "" : "; removed by an upper layer: " + count;
    }

    private static String bySeverity(ReportSummary summary) {
        if (summary.findings() == 0) {
            return "";
        }
        return summary.findingsBySeverity().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", ", " (", "); fixable: " + summary.fixable()));
    }

    private void label(String name, @Nullable String value) {
        if (value != null) {
            line(name + " ".repeat(LABEL - name.length()) + value);
        }
    }

    private void heading(String words) {
        line("");
        line(paint.heading(words));
    }

    private void table(List<Column> columns, List<List<String>> rows) {
        new TextTable(columns, rows).lines(INDENT, options.width(), paint).forEach(this::line);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private String safe(@Nullable String foreign) {
        if (foreign == null) {
            return "";
        }
        return options.unicode() ? Printable.of(foreign) : Printable.ascii(foreign);
    }

    private static String number(@Nullable Integer value) {
        return value == null ? "" : value.toString();
    }

    private static String word(Severity severity) {
        return severity.name();
    }

    private static String shortened(@Nullable Digest digest) {
        return digest == null ? "-" : digest.hex().substring(0, SHORT_DIGEST);
    }

    /** The instruction on one line without the shell that builders put in front, cut to the room there is. */
    private String instruction(@Nullable String createdBy, int room) {
        if (createdBy == null) {
            return "";
        }
        String line = createdBy.strip().replaceAll("\\s+", " ");
        line = line.startsWith(SHELL) ? line.substring(SHELL.length()) : line;
        line = line.startsWith(NO_OPERATION) ? line.substring(NO_OPERATION.length()) : line;
        String whole = safe(line.strip());
        if (whole.codePointCount(0, whole.length()) <= room) {
            return whole;
        }
        String more = options.unicode() ? "\u2026" : "...";
        return whole.substring(0, whole.offsetByCodePoints(0, room - more.length())) + more;
    }

    private static String size(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
