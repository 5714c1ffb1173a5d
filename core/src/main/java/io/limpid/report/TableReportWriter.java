package io.limpid.report;

import io.limpid.model.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reports for people at a terminal: what was scanned, the verdict and why, what could not be read, the findings by source package with the worst
 * first, layers and packages on request, the totals, and what to do next.
 *
 * <p>Lists are complete. Lines keep to the width by breaking between words and by leaving out columns of listings; only a single name, version,
 * id or digest that is wider goes beyond.
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
