package io.limpid.report;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import io.limpid.model.AdvisorySource;
import io.limpid.model.Finding;
import io.limpid.model.InventoryPackage;
import io.limpid.model.LayerSummary;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fixed order of a report's lists. */
final class ReportOrder {
    private static final Comparator<Finding> FINDINGS = comparing(Finding::severity)
            .thenComparing(one -> one.affected().value().name())
            .thenComparing(one -> one.affected().value().version())
            .thenComparing(Finding::id)
            .thenComparing(orNull(one -> one.affected().layer()))
            .thenComparing(Finding::affected, InventoryPackage.ORDER)
            .thenComparing(Finding::feed)
            .thenComparing(Finding::state)
            .thenComparing(orNull(Finding::fixedVersion))
            .thenComparing(orNull(Finding::url))
            .thenComparing(orNull(Finding::severitySource))
            .thenComparing(orNull(Finding::comparison))
            .thenComparing(one -> String.join("\n", sorted(one.aliases())))
            .thenComparing(orNull(Finding::note))
            .thenComparing(orNull(Finding::description))
            .thenComparing(one -> one.severities().toString());

    private static final Comparator<Problem> PROBLEMS = Comparator.<Problem, @Nullable Integer>comparing(
                    Problem::layer, nullsFirst(naturalOrder()))
            .thenComparing(orNull(Problem::path))
            .thenComparing(Problem::what);

    private static final Comparator<AdvisorySource> ADVISORIES = comparing(AdvisorySource::feed)
            .thenComparing(AdvisorySource::namespace)
            .thenComparing(orNull(AdvisorySource::dataDate))
            .thenComparing(orNull(AdvisorySource::fetchedAt))
            .thenComparingLong(AdvisorySource::records);

    private ReportOrder() {}

    static List<LayerSummary> layers(Report report) {
        return report.layers().stream()
                .sorted(comparingInt(LayerSummary::index))
                .toList();
    }

    /** The layers by their place. */
    static Map<Integer, LayerSummary> layersByIndex(Report report) {
        Map<Integer, LayerSummary> layers = new HashMap<>();
        layers(report).forEach(layer -> layers.putIfAbsent(layer.index(), layer));
        return layers;
    }

    /** What the image contains. */
    static List<InventoryPackage> present(Report report) {
        return packages(report).stream()
                .filter(one -> one.removedInLayer() == null)
                .toList();
    }

    /** What lower layers contained and upper ones removed. */
    static List<InventoryPackage> removed(Report report) {
        return packages(report).stream()
                .filter(one -> one.removedInLayer() != null)
                .toList();
    }

    static List<InventoryPackage> packages(Report report) {
        return report.inventory().packages().stream()
                .sorted(InventoryPackage.ORDER)
                .toList();
    }

    static List<Finding> findings(Report report) {
        return report.findings().stream().sorted(FINDINGS).toList();
    }

    static List<Problem> problems(Report report) {
        return report.inventory().problems().stream().sorted(PROBLEMS).toList();
    }

    static List<AdvisorySource> advisories(Report report) {
        return report.advisories().stream().sorted(ADVISORIES).toList();
    }

    static List<String> sorted(List<String> texts) {
        return texts.stream().sorted().toList();
    }

    private static <T, U extends Comparable<U>> Comparator<T> orNull(Function<T, @Nullable U> part) {
        return Comparator.<T, @Nullable U>comparing(part, nullsFirst(naturalOrder()));
    }
}
