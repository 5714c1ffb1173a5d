package io.limpid.report;

import io.limpid.model.Finding;
import io.limpid.model.IdleKernel;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Report;
import io.limpid.model.Severity;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A report in numbers.
 *
 * @param packages what the image contains
 * @param removed packages that upper layers removed
 * @param packagesByType what the image contains, by package-url type
 * @param findings all findings
 * @param findingsBySeverity every severity, also those that nothing has
 * @param fixable findings that a newer version mends
 * @param undecided findings of which nobody can tell whether they are there
 * @param kernel findings in packages of the kernel, which does not run there
 * @param denied findings that are not there for local corrections
 * @param problems what could not be read
 * @param layers layers of the image
 */
record ReportSummary(
        int packages,
        int removed,
        SortedMap<String, Integer> packagesByType,
        int findings,
        Map<Severity, Integer> findingsBySeverity,
        int fixable,
        int undecided,
        int kernel,
        int denied,
        int problems,
        int layers) {

    static ReportSummary of(Report report) {
        SortedMap<String, Integer> byType = new TreeMap<>();
        int removed = 0;
        for (InventoryPackage one : report.inventory().packages()) {
            if (one.removedInLayer() == null) {
                byType.merge(one.value().type(), 1, Integer::sum);
            } else {
                removed++;
            }
        }
        Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            bySeverity.put(severity, 0);
        }
        int fixable = 0;
        int undecided = 0;
        int kernel = 0;
        IdleKernel idle = IdleKernel.of(report);
        for (Finding finding : report.findings()) {
            bySeverity.merge(finding.severity(), 1, Integer::sum);
            fixable += finding.fixable() ? 1 : 0;
            undecided += finding.state().definite() ? 0 : 1;
            kernel += idle.holds(finding) ? 1 : 0;
        }
        return new ReportSummary(
                report.inventory().packages().size() - removed,
                removed,
                byType,
                report.findings().size(),
                bySeverity,
                fixable,
                undecided,
                kernel,
                report.corrections().stream()
                        .mapToInt(one -> one.denied().size())
                        .sum(),
                report.inventory().problems().size(),
                report.layers().size());
    }
}
