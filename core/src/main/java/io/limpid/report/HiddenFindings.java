package io.limpid.report;

import io.limpid.model.Finding;
import io.limpid.model.IdleKernel;
import io.limpid.model.Report;
import io.limpid.model.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which findings of a report the text for people shows, and which it only counts: those in packages of the kernel, which does not run in a container, and those
 * that local corrections deny.
 *
 * @param shown in the report's order
 * @param kernel those of the kernel that are not shown
 * @param denied those that corrections deny and that are not shown
 */
record HiddenFindings(List<Finding> shown, List<Finding> kernel, List<Finding> denied) {
    /** What kernel findings are, in a sentence. */
    static final String KERNEL = "of the kernel, which does not run in a container";

    static HiddenFindings of(Report report, ReportOptions options) {
        List<Finding> all = ReportOrder.findings(report);
        if (options.hidden()) {
            return new HiddenFindings(all, List.of(), List.of());
        }
        IdleKernel idle = IdleKernel.of(report);
        Map<Boolean, List<Finding>> parts = all.stream().collect(Collectors.partitioningBy(idle::holds));
        return new HiddenFindings(
                parts.getOrDefault(false, List.of()),
                parts.getOrDefault(true, List.of()),
                report.corrections().stream()
                        .flatMap(one -> one.denied().stream())
                        .toList());
    }

    int count() {
        return kernel.size() + denied.size();
    }

    /** How many there are and why, and how to see them; there must be some. */
    String words() {
        StringBuilder words = new StringBuilder().append(count()).append(": ");
        if (!kernel.isEmpty()) {
            words.append(kernel.size())
                    .append(' ')
                    .append(KERNEL)
                    .append(" (")
                    .append(bySeverity(kernel))
                    .append(')');
        }
        if (!denied.isEmpty()) {
            words.append(kernel.isEmpty() ? "" : ", ")
                    .append(denied.size())
                    .append(" denied by overrides (")
                    .append(bySeverity(denied))
                    .append(')');
        }
        return words.append("; --show-hidden lists them").toString();
    }

    /** {@code 3 high, 1 low}. */
    static String bySeverity(List<Finding> findings) {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        findings.forEach(finding -> counts.merge(finding.severity(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
    }
}
