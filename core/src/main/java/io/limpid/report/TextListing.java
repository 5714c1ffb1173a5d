package io.limpid.report;

import io.limpid.model.Digest;
import io.limpid.model.InventoryPackage;
import io.limpid.model.LayerSummary;
import io.limpid.model.Package;
import io.limpid.model.Report;
import io.limpid.model.SourcePackage;
import io.limpid.report.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The part of a report's text that lists layers and packages, where it is asked for. */
final class TextListing {
    private static final int SHORT_DIGEST = 12;

    private final Report report;
    private final ReportOptions options;
    private final TextPage page;

    TextListing(Report report, ReportOptions options, TextPage page) {
        this.report = report;
        this.options = options;
        this.page = page;
    }

    void write() {
        if (options.packages()) {
            layers();
            packages("packages", ReportOrder.present(report));
        }
        if (options.removed()) {
            packages("packages removed by an upper layer", ReportOrder.removed(report));
        }
    }

    private void layers() {
        List<LayerSummary> layers = ReportOrder.layers(report);
        if (layers.isEmpty()) {
            return;
        }
        page.heading("Layers (" + layers.size() + ")");
        int taken = TextPage.INDENT.length() + 5 + 2 + SHORT_DIGEST + 2 + 10 + 2 + 10 + 2;
        int room = Math.max(options.width() - taken, SHORT_DIGEST);
        List<List<String>> rows = new ArrayList<>();
        for (LayerSummary layer : layers) {
            rows.add(List.of(
                    String.valueOf(layer.index()),
                    shortened(layer.diffId() != null ? layer.diffId() : layer.digest()),
                    size(layer.sizeBytes()),
                    layer.verified() ? "" : "unverified",
                    page.cut(page.safe(Instruction.of(layer.createdBy())), room)));
        }
        List<Column> columns = List.of(
                new Column("LAYER", Column.ALWAYS),
                new Column("DIGEST", Column.ALWAYS),
                new Column("SIZE", 3),
                new Column("CHECKED", 2),
                new Column("INSTRUCTION", 1));
        page.table(new TextTable(columns, rows));
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
            page.heading(page.safe(type) + " " + what + " (" + ofType.size() + ")");
            page.table(new TextTable(columns, ofType.stream().map(this::row).toList()));
        });
    }

    private List<String> row(InventoryPackage one) {
        Package value = one.value();
        return List.of(
                page.safe(value.name()),
                page.safe(value.version()),
                page.safe(value.arch()),
                source(value),
                number(one.layer()),
                number(one.removedInLayer()),
                page.safe(value.module()));
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
        return page.safe(sameVersion ? source.name() : source.name() + " " + source.version());
    }

    private static String number(@Nullable Integer value) {
        return value == null ? "" : value.toString();
    }

    private static String shortened(@Nullable Digest digest) {
        return digest == null ? "-" : digest.hex().substring(0, SHORT_DIGEST);
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
