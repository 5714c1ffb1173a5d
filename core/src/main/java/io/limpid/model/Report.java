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
 * @param corrections what became of local corrections, in their own order; empty where there are none
 */
public record Report(
        ScanTarget target,
        List<LayerSummary> layers,
        Inventory inventory,
        List<Finding> findings,
        List<AdvisorySource> advisories,
        Verdict verdict,
        List<AppliedCorrection> corrections) {

    /** The result of a scan without local corrections. */
    public Report(
            ScanTarget target,
            List<LayerSummary> layers,
            Inventory inventory,
            List<Finding> findings,
            List<AdvisorySource> advisories,
            Verdict verdict) {
        this(target, layers, inventory, findings, advisories, verdict, List.of());
    }

    public Report {
        layers = List.copyOf(layers);
        findings = List.copyOf(findings);
        advisories = List.copyOf(advisories);
        corrections = List.copyOf(corrections);
        switch (verdict.result()) {
            case CLEAN -> {
                if (!findings.isEmpty() || !inventory.problems().isEmpty()) {
                    throw new IllegalArgumentException("a clean report has neither findings nor problems");
                }
            }
            case VULNERABLE -> {
                if (findings.stream().noneMatch(finding -> finding.state().definite())) {
                    throw new IllegalArgumentException("no finding makes this vulnerable");
                }
            }
            case UNKNOWN -> {}
        }
    }

    /** The same without what changes from run to run while the image and the advisories stay: when the advisories were fetched. */
    public Report reproducible() {
        List<AdvisorySource> timeless = advisories.stream()
                .map(one -> new AdvisorySource(one.feed(), one.namespace(), one.records(), one.dataDate(), null, null))
                .toList();
        return new Report(target, layers, inventory, findings, timeless, verdict, corrections);
    }
}
