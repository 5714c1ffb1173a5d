package io.limpid.cli;

import static io.limpid.cli.DbText.NOTHING;

import io.limpid.format.Printable;
import io.limpid.model.Advisory;
import io.limpid.report.JsonOutput;
import io.limpid.report.TextTable.Column;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code limpid db search}: what is kept about a vulnerability or package. */
final class DbSearch implements Command {
    private static final int MOST_LINKS = 20;
    private static final int MOST_CHARACTERS = 2000;
    private static final int NARROWEST = 40;

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

    /** Shows what is kept; 1 when that is nothing. */
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
        SnapshotCatalog.Found found = new SnapshotCatalog(store).search(text, most);
        if (format == DbFormat.JSON) {
            json(text, found, console);
        } else if (found.all() > 0) {
            table(text, found, console);
        }
        if (found.all() == 0) {
            console.stderr().println("nothing is kept about " + Printable.of(text) + " (see 'limpid db status')");
            return ExitCode.TOOL_ERROR;
        }
        return ExitCode.FINE;
    }

    private static void json(String text, SnapshotCatalog.Found found, Console console) throws IOException {
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
        });
    }

    private static void table(String text, SnapshotCatalog.Found found, Console console) throws IOException {
        List<Advisory> advisories =
                found.matches().stream().map(SnapshotCatalog.Match::advisory).toList();
        Set<String> ids = new TreeSet<>();
        advisories.forEach(advisory -> ids.add(advisory.id()));
        if (ids.size() == 1) {
            page(ids.iterator().next(), advisories, console);
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

    /** What is said of one vulnerability, above the list of what it is in. */
    private static void page(String id, List<Advisory> advisories, Console console) throws IOException {
        StringBuilder text = new StringBuilder(Printable.of(id)).append('\n');
        int width = Math.max(NARROWEST, Appearance.widthOfStdout(console));
        Set<String> aliases = new TreeSet<>();
        Set<String> links = new LinkedHashSet<>();
        String description = null;
        for (Advisory advisory : advisories) {
            aliases.addAll(advisory.aliases());
            if (advisory.url() != null) {
                links.add(advisory.url());
            }
            links.addAll(advisory.links());
            description = description == null ? advisory.description() : description;
        }
        if (!aliases.isEmpty()) {
            wrapped("also " + String.join(", ", aliases), width, text);
        }
        if (description != null) {
            text.append('\n');
            wrapped(description, width, text);
        }
        text.append(links.isEmpty() ? "" : "\n");
        links.stream()
                .limit(MOST_LINKS)
                .forEach(link -> text.append("  ").append(Printable.of(link)).append('\n'));
        if (links.size() > MOST_LINKS) {
            text.append("  ... and ").append(links.size() - MOST_LINKS).append(" more (-o json shows all)\n");
        }
        console.print(text.append('\n').toString());
    }

    private static void wrapped(String said, int width, StringBuilder text) {
        StringBuilder line = new StringBuilder();
        for (String word : Printable.cut(said, MOST_CHARACTERS).strip().split("\\s+", -1)) {
            String shown = Printable.of(word);
            if (!line.isEmpty() && line.length() + 1 + shown.length() > width) {
                text.append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(shown);
        }
        text.append(line).append('\n');
    }
}
