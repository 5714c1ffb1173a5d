package io.limpid.cli;

import io.limpid.feed.Feeds;
import io.limpid.format.Printable;
import io.limpid.model.Advisory;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.report.TextTable;
import io.limpid.report.TextTable.Column;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotHeader;
import io.limpid.snapshot.SnapshotStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is kept on this machine, as tables for people: {@code limpid db status}, {@code list}, {@code search} and {@code verify}. */
final class DbListing {
    private static final String NOTHING = "-";

    private final SnapshotStore store;
    private final SnapshotCatalog catalog;
    private final Console console;

    DbListing(SnapshotStore store, Console console) {
        this.store = store;
        this.catalog = new SnapshotCatalog(store);
        this.console = console;
    }

    /** The parts that are kept, or that something became of. */
    int status() throws IOException {
        List<SnapshotCatalog.Part> parts = catalog.parts(List.of());
        if (parts.isEmpty()) {
            return nothing();
        }
        List<List<String>> rows = new ArrayList<>();
        for (SnapshotCatalog.Part part : parts) {
            SnapshotHeader header = part.header();
            rows.add(List.of(
                    part.feed() + "/" + part.part(),
                    header == null ? NOTHING : String.valueOf(header.records()),
                    moment(part.checked()),
                    header == null ? NOTHING : moment(header.fetchedAt()),
                    header == null || header.dataDate() == null ? NOTHING : Printable.of(header.dataDate()),
                    header == null ? NOTHING : String.valueOf(header.skipped()),
                    moment(part.status().attempt()),
                    mebibytes(part.bytes()),
                    header == null ? NOTHING : String.valueOf(header.generation())));
        }
        print(
                List.of(
                        new Column("PART", Column.ALWAYS),
                        new Column("ADVISORIES", 9),
                        new Column("CHECKED", 8),
                        new Column("FETCHED", 7),
                        new Column("DATA OF", 6),
                        new Column("SKIPPED", 3),
                        new Column("LAST ATTEMPT", 4),
                        new Column("SIZE", 5),
                        new Column("GENERATION", 2)),
                rows);
        for (SnapshotCatalog.Part part : parts) {
            tell(part, part.problem());
            tell(part, part.status().error());
        }
        return ExitCode.FINE;
    }

    private int nothing() throws IOException {
        console.print("nothing is kept in " + store.folder() + "\n");
        return ExitCode.FINE;
    }

    private void tell(SnapshotCatalog.Part part, @Nullable String what) throws IOException {
        if (what != null) {
            console.print(Printable.of(part.feed() + "/" + part.part() + ": " + what) + "\n");
        }
    }

    /** The parts that are known of, with the releases that they speak of as far as they are kept. */
    int list() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (SnapshotCatalog.Part part : catalog.parts(Feeds.all())) {
            SnapshotHeader header = part.header();
            String namespaces = header == null
                    ? NOTHING
                    : header.namespaces().stream()
                            .map(one -> one.name() + " (" + one.records() + ")")
                            .collect(Collectors.joining(", "));
            rows.add(List.of(part.feed() + "/" + part.part(), header == null ? "no" : "yes", Printable.of(namespaces)));
        }
        print(
                List.of(
                        new Column("PART", Column.ALWAYS),
                        new Column("KEPT", Column.ALWAYS),
                        new Column("RELEASES (ADVISORIES)", Column.ALWAYS)),
                rows);
        return ExitCode.FINE;
    }

    /** The advisories of a vulnerability or package; 1 when there are none. */
    int search(String text) throws IOException {
        List<SnapshotCatalog.Match> matches = catalog.search(text, 200).matches();
        if (matches.isEmpty()) {
            console.stderr().println("nothing is kept about " + Printable.of(text) + " (see 'limpid db status')");
            return ExitCode.TOOL_ERROR;
        }
        List<List<String>> rows = new ArrayList<>();
        for (SnapshotCatalog.Match match : matches) {
            Advisory advisory = match.advisory();
            rows.add(List.of(
                    Printable.of(advisory.id()),
                    Printable.of(advisory.subject().namespace()),
                    Printable.of(advisory.subject().name()),
                    advisory.state().word(),
                    advisory.fixedVersion() == null ? NOTHING : Printable.of(advisory.fixedVersion()),
                    severity(advisory),
                    match.feed()));
        }
        print(
                List.of(
                        new Column("ID", Column.ALWAYS),
                        new Column("RELEASE", Column.ALWAYS),
                        new Column("PACKAGE", Column.ALWAYS),
                        new Column("STATE", 4),
                        new Column("FIXED IN", 5),
                        new Column("SEVERITY", 3),
                        new Column("FEED", 2)),
                rows);
        return ExitCode.FINE;
    }

    private static String severity(Advisory advisory) {
        return advisory.severities().stream()
                .map(SeverityRating::severity)
                .findFirst()
                .map(Severity::word)
                .orElse(NOTHING);
    }

    /** Whether every file is whole; 1 when one is not. */
    int verify() throws IOException {
        List<SnapshotCatalog.Verified> files = catalog.verify();
        if (files.isEmpty()) {
            return nothing();
        }
        boolean damaged = false;
        for (SnapshotCatalog.Verified one : files) {
            if (one.problem() == null) {
                console.print("whole    " + one.file() + "\n");
            } else {
                damaged = true;
                console.print("DAMAGED  " + one.file() + "\n");
                ErrorText.of(one.problem()).print(console.stderr());
            }
        }
        return damaged ? ExitCode.TOOL_ERROR : ExitCode.FINE;
    }

    private void print(List<Column> columns, List<List<String>> rows) throws IOException {
        StringBuilder text = new StringBuilder();
        new TextTable(columns, rows)
                .lines(Appearance.widthOfStdout(console))
                .forEach(line -> text.append(line).append('\n'));
        console.print(text.toString());
    }

    private static String moment(@Nullable Instant moment) {
        return moment == null ? NOTHING : moment.toString().replaceAll("(:\\d\\d)(?:\\.\\d+)?Z$", "$1Z");
    }

    private static String mebibytes(long bytes) {
        return bytes == 0 ? NOTHING : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
}
