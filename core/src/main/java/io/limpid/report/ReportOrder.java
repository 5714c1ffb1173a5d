package io.limpid.report;

import io.limpid.model.AdvisorySource;
import io.limpid.model.Finding;
import io.limpid.model.InventoryPackage;
import io.limpid.model.KeyOrder;
import io.limpid.model.LayerSummary;
import io.limpid.model.Origin;
import io.limpid.model.OriginClue;
import io.limpid.model.Problem;
import io.limpid.model.Report;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fixed order of a report's lists. */
final class ReportOrder {
    private static final Comparator<Finding> FINDINGS = KeyOrder.by(Finding::severity)
            .then(one -> one.affected().value().name())
            .then(one -> one.affected().value().version())
            .then(Finding::id)
            .then(one -> one.affected().layer())
            .then(Finding::affected, InventoryPackage.ORDER)
            .then(Finding::feed)
            .then(Finding::state)
            .then(Finding::fixedVersion)
            .then(Finding::url)
            .then(Finding::severitySource)
            .then(Finding::comparison)
            .then(one -> String.join("\n", sorted(one.aliases())))
            .then(Finding::note)
            .then(Finding::description)
            .then(one -> one.severities().toString())
            .then(one -> String.valueOf(one.corrected()));

    private static final Comparator<Problem> PROBLEMS =
            KeyOrder.by(Problem::layer).then(Problem::path).then(Problem::what);

    private static final Comparator<AdvisorySource> ADVISORIES = KeyOrder.by(AdvisorySource::feed)
            .then(AdvisorySource::namespace)
            .then(AdvisorySource::dataDate)
            .then(AdvisorySource::fetchedAt)
            .then(AdvisorySource::records);

    private ReportOrder() {}

    static List<LayerSummary> layers(Report report) {
        return report.layers().stream()
                .sorted((one, other) -> Integer.compare(one.index(), other.index()))
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
        return sortedFindings(report.findings());
    }

    static List<Finding> sortedFindings(List<Finding> findings) {
        return findings.stream().sorted(FINDINGS).toList();
    }

    static List<Problem> problems(Report report) {
        return report.inventory().problems().stream().sorted(PROBLEMS).toList();
    }

    static List<OriginClue.ImageBuild> builds(Origin origin) {
        return origin.builds().stream().sorted(OriginClue.ImageBuild.ORDER).toList();
    }

    static List<AdvisorySource> advisories(Report report) {
        return report.advisories().stream().sorted(ADVISORIES).toList();
    }

    static List<String> sorted(List<String> texts) {
        // Nearly every finding has none or one: of these are thousands.
        return texts.size() < 2 ? texts : texts.stream().sorted().toList();
    }
}
