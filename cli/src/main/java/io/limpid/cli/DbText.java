package io.limpid.cli;

import io.limpid.model.Advisory;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import io.limpid.report.TextTable;
import io.limpid.report.TextTable.Column;
import io.limpid.snapshot.Difference;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How values of what is kept are written for people. */
final class DbText {
    static final String NOTHING = "-";

    private static final long SECOND = 1000;

    private DbText() {}

    static void print(Console console, List<Column> columns, List<List<String>> rows) throws IOException {
        StringBuilder text = new StringBuilder();
        new TextTable(columns, rows)
                .lines(Appearance.widthOfStdout(console))
                .forEach(line -> text.append(line).append('\n'));
        console.print(text.toString());
    }

    static String moment(@Nullable Instant moment) {
        return moment == null ? NOTHING : moment.toString().replaceAll("(:\\d\\d)(?:\\.\\d+)?Z$", "$1Z");
    }

    static String mebibytes(long bytes) {
        return bytes == 0 ? NOTHING : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    static String length(@Nullable Duration length) {
        return length == null ? NOTHING : String.format(Locale.ROOT, "%.1f s", length.toMillis() / (double) SECOND);
    }

    /** {@code +2 -0 ~1}. */
    static String difference(@Nullable Difference difference) {
        return difference == null
                ? NOTHING
                : "+" + difference.added() + " -" + difference.removed() + " ~" + difference.changed();
    }

    static String severity(Advisory advisory) {
        return advisory.severities().stream()
                .map(SeverityRating::severity)
                .findFirst()
                .map(Severity::word)
                .orElse(NOTHING);
    }

    /** {@code < 1.2, >= 2.0 <= 2.3}; {@code all} for every version. */
    static String ranges(Advisory advisory) {
        return advisory.affected().isEmpty()
                ? NOTHING
                : advisory.affected().stream().map(DbText::range).collect(Collectors.joining(", "));
    }

    private static String range(VersionRange range) {
        String from = range.introduced() == null ? "" : ">= " + range.introduced();
        String to = range.fixed() != null
                ? "< " + range.fixed()
                : range.lastAffected() == null ? "" : "<= " + range.lastAffected();
        String gap = from.isEmpty() || to.isEmpty() ? "" : " ";
        return from.isEmpty() && to.isEmpty() ? "all" : from + gap + to;
    }
}
