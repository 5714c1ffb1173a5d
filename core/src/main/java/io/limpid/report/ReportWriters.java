package io.limpid.report;

import java.util.List;
import java.util.Optional;

/** The formats that reports can be written in. */
public final class ReportWriters {

    private ReportWriters() {}

    /** One of each, sorted by id; a test finds a writer that is missing here. */
    public static List<ReportWriter> all() {
        return List.of(new CycloneDxReportWriter(), new JsonReportWriter(), new TableReportWriter());
    }

    /** The writer with this id. */
    public static Optional<ReportWriter> named(String id) {
        return all().stream().filter(writer -> writer.id().equals(id)).findFirst();
    }
}
