package io.limpid.cli;

import static io.limpid.cli.DbText.NOTHING;

import io.limpid.format.Printable;
import io.limpid.report.JsonOutput;
import io.limpid.report.TextTable.Column;
import io.limpid.snapshot.FetchedDocument;
import io.limpid.snapshot.Gap;
import io.limpid.snapshot.PartStatus;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotHeader;
import io.limpid.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code limpid db status}: the parts that are kept, or that something became of. */
final class DbStatus implements Command {

    @Override
    public String name() {
        return "status";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Tells what is kept, how old it is, and what became of updates.",
                "limpid db status",
                "limpid db status -o json");
        spec.addOption(DbFormat.option());
        AdvisoryOptions.kept().forEach(spec::addOption);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        DbFormat format = DbFormat.of(arguments);
        SnapshotStore store =
                AdvisoryOptions.of(arguments, console.environment()).store();
        List<SnapshotCatalog.Part> parts = new SnapshotCatalog(store).parts(List.of());
        if (format == DbFormat.JSON) {
            JsonOutput.writeObject(console.stdout(), json -> {
                json.text("schemaVersion", DbFormat.SCHEMA_VERSION);
                json.text("folder", store.folder());
                json.text("origin", store.origin());
                json.objects("parts", parts, part -> part(json, part));
            });
        } else if (parts.isEmpty()) {
            console.print("nothing is kept in " + store.folder() + "\n");
        } else {
            table(parts, console);
        }
        return ExitCode.FINE;
    }

    private static void part(JsonOutput json, SnapshotCatalog.Part part) {
        SnapshotHeader header = part.header();
        PartStatus status = part.status();
        json.text("feed", part.feed());
        json.text("part", part.part());
        json.truth("kept", header != null);
        json.number("records", header == null ? null : header.records());
        json.number("skipped", header == null ? null : header.skipped());
        json.number("generation", header == null ? null : header.generation());
        json.text("fetchedAt", header == null ? null : header.fetchedAt());
        json.text("newestAt", part.checked());
        json.text("dataDate", header == null ? null : header.dataDate());
        json.text("mirror", header == null ? null : header.mirror());
        json.number("bytes", header == null ? null : part.bytes());
        json.number("fetchedBytes", header == null ? null : fetchedBytes(header));
        json.text("lastAttempt", status.attempt());
        json.text("lastSuccess", status.success());
        json.text("lastError", status.error());
        json.number("tookMillis", status.took() == null ? null : status.took().toMillis());
        PartStatus.Change change = header == null ? null : status.changeOf(header);
        if (change == null) {
            json.nothing("change");
        } else {
            json.object("change", () -> {
                json.text("by", change.by().word());
                DbJson.difference(json, change.difference());
            });
        }
        json.text("rolledBackFrom", part.rolledBackFrom());
        json.texts(
                "gaps",
                header == null
                        ? List.of()
                        : header.gaps().stream().map(Gap::what).toList());
        json.text("problem", part.problem());
    }

    private static long fetchedBytes(SnapshotHeader header) {
        long bytes = 0;
        for (FetchedDocument document : header.documents()) {
            FetchedDocument.Contents contents = document.contents();
            bytes += contents == null ? 0 : contents.bytes();
        }
        return bytes;
    }

    private static void table(List<SnapshotCatalog.Part> parts, Console console) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (SnapshotCatalog.Part part : parts) {
            rows.add(row(part));
        }
        DbText.print(
                console,
                List.of(
                        new Column("PART", Column.ALWAYS),
                        new Column("RECORDS", 11),
                        new Column("CHANGE", 8),
                        new Column("NEWEST AT", 10),
                        new Column("FETCHED", 5),
                        new Column("DATA OF", 9),
                        new Column("SKIPPED", 3),
                        new Column("LAST ATTEMPT", 7),
                        new Column("TOOK", 4),
                        new Column("SIZE", 6),
                        new Column("GENERATION", 2)),
                rows);
        for (SnapshotCatalog.Part part : parts) {
            tell(part, part.problem(), console);
            tell(part, part.status().error(), console);
            SnapshotHeader header = part.header();
            for (Gap gap : header == null ? List.<Gap>of() : header.gaps()) {
                tell(part, gap.what(), console);
            }
        }
    }

    private static List<String> row(SnapshotCatalog.Part part) {
        SnapshotHeader header = part.header();
        PartStatus.Change change = header == null ? null : part.status().changeOf(header);
        return List.of(
                part.feed() + "/" + part.part(),
                header == null ? NOTHING : String.valueOf(header.records()),
                DbText.difference(change == null ? null : change.difference()),
                DbText.moment(part.checked()),
                header == null ? NOTHING : DbText.moment(header.fetchedAt()),
                header == null || header.dataDate() == null ? NOTHING : Printable.of(header.dataDate()),
                header == null ? NOTHING : String.valueOf(header.skipped()),
                DbText.moment(part.status().attempt()),
                DbText.length(part.status().took()),
                DbText.mebibytes(part.bytes()),
                header == null ? NOTHING : String.valueOf(header.generation()));
    }

    private static void tell(SnapshotCatalog.Part part, @Nullable String what, Console console) throws IOException {
        if (what != null) {
            console.print(Printable.of(part.feed() + "/" + part.part() + ": " + what) + "\n");
        }
    }
}
