package io.limpid.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.limpid.format.json.Json;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import io.limpid.model.Report;
import io.limpid.report.ReportReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files that hold a report, told from those that are to be scanned by what is in them. */
final class ReportFile {
    private static final String STDIN = "-";
    private static final int BEGINNING = 4096;
    private static final String MARK = "\"schemaVersion\"";

    private ReportFile() {}

    /**
     * Reads a report.
     *
     * @param target a file, or {@code -} for what is on stdin
     * @return empty when it is no file or a file with something else
     * @throws io.limpid.model.LimpidException when it is a report that cannot be read
     */
    static Optional<Report> read(String target, Console console, Limits limits) throws IOException {
        if (target.equals(STDIN)) {
            return Optional.of(ReportReader.read(new BufferedInputStream(console.stdin()), limits));
        }
        Path file = file(target);
        if (file == null) {
            return Optional.empty();
        }
        String beginning = beginning(file);
        if (!beginning.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            // Where it stands at the beginning, as we write it, what is wrong behind it is wrong with a report.
            return beginning.contains(MARK) ? Optional.of(ReportReader.read(in, limits)) : sorted(in, limits);
        }
    }

    /** A document whose members somebody has sorted has its mark anywhere. */
    private static Optional<Report> sorted(InputStream in, Limits limits) throws IOException {
        try {
            return Json.parse(in, limits.sbomBytes(), limits) instanceof JsonObject document
                            && ReportReader.isReport(document)
                    ? Optional.of(ReportReader.of(document))
                    : Optional.empty();
        } catch (JsonException _) {
            return Optional.empty();
        }
    }

    private static String beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BEGINNING), ISO_8859_1);
        }
    }

    private static @Nullable Path file(String name) {
        try {
            Path path = Path.of(name);
            return Files.isRegularFile(path) ? path : null;
        } catch (InvalidPathException _) {
            return null;
        }
    }
}
