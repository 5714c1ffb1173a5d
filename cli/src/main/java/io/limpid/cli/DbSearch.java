package io.limpid.cli;

import static io.limpid.cli.DbText.NOTHING;

import io.limpid.format.Printable;
import io.limpid.model.Advisory;
import io.limpid.model.LimpidException;
import io.limpid.report.JsonOutput;
import io.limpid.report.TextTable.Column;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code limpid db search}: what is kept about a vulnerability or package. */
final class DbSearch implements Command {

    @Override
    public String name() {
        return "search";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Lists the advisories of a vulnerability or package.",
                "limpid db search CVE-2024-0727",
                "limpid db search openssl");
        spec.addPositional(Usage.words());
        spec.usageMessage().customSynopsis("limpid db search [OPTIONS] ID|PACKAGE");
        spec.addOption(DbFormat.option());
        spec.addOption(DbFormat.most());
        AdvisoryOptions.kept().forEach(spec::addOption);
        return spec;
    }

    /** Shows what is kept; 1 when that is nothing, or a part cannot be searched. */
    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        List<String> words = Usage.words(arguments);
        if (words.size() != 1 || words.getFirst().isBlank()) {
            throw UsageError.at(arguments, "search for what? one vulnerability or package is needed");
        }
        String text = words.getFirst();
        DbFormat format = DbFormat.of(arguments);
        int most = DbFormat.most(arguments);
        SnapshotStore store =
                AdvisoryOptions.of(arguments, console.environment()).store();
        SnapshotCatalog catalog = new SnapshotCatalog(store);
        SnapshotCatalog.Found found = catalog.search(text, most);
        List<SnapshotCatalog.Known> known = found.known();
        if (format == DbFormat.JSON) {
            json(text, found, known, console);
        } else {
            table(text, found, known, console);
        }
        boolean nothing = found.all() == 0 && known.isEmpty();
        if (nothing) {
            console.stderr().println("nothing is kept about " + Printable.of(text) + " (see 'limpid db status')");
        }
        for (LimpidException problem : found.problems()) {
            ErrorText.of(problem).print(console.stderr());
        }
        return nothing || !found.problems().isEmpty() ? ExitCode.TOOL_ERROR : ExitCode.FINE;
    }

    private static void json(
            String text, SnapshotCatalog.Found found, List<SnapshotCatalog.Known> known, Console console)
            throws IOException {
        JsonOutput.writeObject(console.stdout(), json -> {
            json.text("schemaVersion", DbFormat.SCHEMA_VERSION);
            json.text("query", text);
            json.number("all", found.all());
            json.objects("advisories", found.matches(), match -> {
                json.text("part", match.part());
                DbJson.advisory(json, match.advisory());
                json.text("description", match.advisory().description());
                json.texts("links", match.advisory().links());
            });
            json.objects("details", known, one -> {
                json.text("part", one.part());
                DbJson.details(json, one.details());
                json.text("description", one.details().description());
                json.texts("links", one.details().links());
            });
        });
    }

    private static void table(
            String text, SnapshotCatalog.Found found, List<SnapshotCatalog.Known> known, Console console)
            throws IOException {
        List<Advisory> advisories =
                found.matches().stream().map(SnapshotCatalog.Match::advisory).toList();
        Set<String> ids = new TreeSet<>();
        advisories.forEach(advisory -> ids.add(advisory.id()));
        if (ids.size() == 1 || !known.isEmpty()) {
            String id = ids.size() == 1
                    ? ids.iterator().next()
                    : known.getFirst().details().id();
            console.print(new DbPage(id, advisories, known, Appearance.widthOfStdout(console)).text());
        }
        if (advisories.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Advisory advisory : advisories) {
            rows.add(List.of(
                    Printable.of(advisory.id()),
                    Printable.of(advisory.subject().namespace()),
                    Printable.of(packageOf(advisory)),
                    advisory.state().word(),
                    advisory.fixedVersion() == null ? NOTHING : Printable.of(advisory.fixedVersion()),
                    Printable.of(DbText.ranges(advisory)),
                    DbText.severity(advisory),
                    // On the page of one vulnerability they stand above.
                    ids.size() == 1 ? "" : Printable.of(String.join(" ", advisory.aliases())),
                    advisory.feed()));
        }
        DbText.print(
                console,
                List.of(
                        new Column("ID", Column.ALWAYS),
                        new Column("RELEASE", Column.ALWAYS),
                        new Column("PACKAGE", Column.ALWAYS),
                        new Column("STATE", 6),
                        new Column("FIXED IN", 7),
                        new Column("AFFECTED", 2),
                        new Column("SEVERITY", 5),
                        new Column("ALIASES", 1),
                        new Column("FEED", 4)),
                rows);
        if (found.all() > advisories.size()) {
            console.print("... and " + (found.all() - advisories.size()) + " more about " + Printable.of(text)
                    + " (--most " + found.all() + " shows all)\n");
        }
    }

    private static String packageOf(Advisory advisory) {
        String module = advisory.subject().module();
        String flavour = advisory.subject().flavour();
        return advisory.subject().name()
                + (module == null ? "" : " (module " + module + ")")
                + (flavour.isEmpty() ? "" : " (" + flavour + ")");
    }
}
