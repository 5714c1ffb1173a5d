package io.limpid.report;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.model.Finding;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Report;
import io.limpid.model.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;

/** Whatever a report holds, it is refused with the declared exception, or it can be written, explained and read again. */
final class ReportFuzzTest {
    private static final ReportOptions TERMINAL = new ReportOptions(60, true, false, true, true, Instant.EPOCH, "x");

    @FuzzTest(maxDuration = "1m")
    void read(byte[] document) throws IOException {
        Report report;
        try {
            report = ReportReader.read(new ByteArrayInputStream(document), Limits.DEFAULT);
        } catch (LimpidException expected) {
            if (expected.reason() == null) {
                throw new AssertionError("an error without a cause", expected);
            }
            return;
        }
        byte[] once = json(report);
        if (!Arrays.equals(once, json(ReportReader.read(new ByteArrayInputStream(once), Limits.DEFAULT)))) {
            throw new AssertionError("what was written is read as something else");
        }
        new TableReportWriter().write(report, TERMINAL, OutputStream.nullOutputStream());
        for (Finding finding : report.findings()) {
            if (!Explanation.of(report, finding.id()).found()) {
                throw new AssertionError("a finding that is not found: " + finding.id());
            }
            Explanation.of(report, finding.id()).text(TERMINAL);
        }
        new Gate(threshold(report), true).judge(report);
    }

    private static Severity threshold(Report report) {
        return report.findings().isEmpty()
                ? Severity.HIGH
                : report.findings().getFirst().severity();
    }

    private static byte[] json(Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JsonReportWriter().write(report, ReportOptions.PLAIN, out);
        return out.toByteArray();
    }
}
