package io.limpid.model;

import java.util.List;

/**
 * The result of a scan.
 *
 * @param target what was scanned
 * @param layers its layers, base first; empty where the input has none
 * @param inventory what it contains
 * @param findings what advisories state for that, sorted by severity, package, version, id and layer
 * @param advisories the advisory data that were used, sorted by feed and namespace
 * @param verdict the answer
 */
public record Report(
        ScanTarget target,
        List<LayerSummary> layers,
        Inventory inventory,
        List<Finding> findings,
        List<AdvisorySource> advisories,
        Verdict verdict) {

    public Report {
        layers = List.copyOf(layers);
        findings = List.copyOf(findings);
        advisories = List.copyOf(advisories);
    }
}
