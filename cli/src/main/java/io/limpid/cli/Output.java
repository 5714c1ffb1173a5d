package io.limpid.cli;

import io.limpid.format.Nearest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.model.Report;
import io.limpid.report.ReportOptions;
import io.limpid.report.ReportWriter;
import io.limpid.report.ReportWriters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a report goes, and in which format: {@code FORMAT} or {@code FORMAT=FILE}.
 *
 * @param writer the format
 * @param file the file, null for stdout
 */
record Output(ReportWriter writer, @Nullable Path file) {

    /**
     * Reads an {@code -o} option's value.
     *
     * @throws IllegalArgumentException when there is no such format or the file's name is empty
     */
    static Output parse(String text) {
        int equals = text.indexOf('=');
        String format = equals < 0 ? text : text.substring(0, equals);
        ReportWriter writer = ReportWriters.named(format)
                .orElseThrow(() -> new IllegalArgumentException(Nearest.unknown("format", format, ids())));
        if (equals < 0) {
            return new Output(writer, null);
        }
        String name = text.substring(equals + 1);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("-o " + text + " names no file");
        }
        try {
            return new Output(writer, Path.of(name));
        } catch (InvalidPathException _) {
            throw new IllegalArgumentException("-o " + text + " names no file");
        }
    }

    /** The formats there are. */
    static String formats() {
        return String.join(", ", ids());
    }

    private static List<String> ids() {
        return ReportWriters.all().stream().map(ReportWriter::id).toList();
    }

    /** Whether both write the same file, by whatever name; two may share what is no file, as {@code /dev/null}. */
    boolean sharesFileWith(Output other) {
        if (file == null || other.file == null || (Files.exists(file) && !Files.isRegularFile(file))) {
            return false;
        }
        try {
            return WholeFile.place(file).equals(WholeFile.place(other.file));
        } catch (IOException _) {
            // Then writing it fails too, and says why.
            return false;
        }
    }

    /** Writes the report; a file is there whole or not at all. */
    void write(Report report, ReportOptions options, Console console) throws IOException {
        if (file == null) {
            writer.write(report, options, console.stdout());
            return;
        }
        try {
            WholeFile.write(file, out -> writer.write(report, options, out));
        } catch (IOException e) {
            throw new LimpidException(
                    ErrorCode.IO,
                    "the report cannot be written to " + file,
                    ErrorText.causeOf(e),
                    "name a file in a folder that is there and that you may write to");
        }
    }
}
