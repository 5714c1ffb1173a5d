package io.limpid.report;

import io.limpid.model.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reports for people at a terminal: what was scanned, the verdict and why, the layers, the packages by type, what could not be read, the totals.
 *
 * <p>Lines keep to the width by leaving out columns; only a name, a version or a reference that is wider on its own goes beyond.
 */
public final class TableReportWriter implements ReportWriter {

    @Override
    public String id() {
        return "table";
    }

    @Override
    public void write(Report report, ReportOptions options, OutputStream out) throws IOException {
        TextReport text = new TextReport(report, options);
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
