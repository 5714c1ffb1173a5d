package io.limpid.report;

import io.limpid.model.Report;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A format that reports are written in.
 *
 * <p>Equal reports give equal bytes, in whatever order their lists came; no time and nothing of this machine is added. Text out of the image is
 * never obeyed by what shows or reads the output.
 */
public interface ReportWriter {

    /** The format's name on the command line: {@code json}. */
    String id();

    /**
     * Writes the report, in UTF-8, to the end of its last line. The stream is flushed and not closed.
     *
     * @throws IOException when the stream cannot be written
     */
    void write(Report report, ReportOptions options, OutputStream out) throws IOException;
}
