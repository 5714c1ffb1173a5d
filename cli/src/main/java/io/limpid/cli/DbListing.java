package io.limpid.cli;

import io.limpid.feed.Feeds;
import io.limpid.format.Printable;
import io.limpid.report.TextTable.Column;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotHeader;
import io.limpid.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What is kept on this machine, as tables for people: {@code limpid db list} and {@code verify}. */
final class DbListing {
    /** {@code limpid db list}. */
    static final class Listed implements Command {
        @Override
        public String name() {
            return "list";
        }

        @Override
        public CommandSpec spec() {
            return plain(name(), "Lists the feeds, their parts, and the releases that they speak of.");
        }

        @Override
        public int run(ParseResult arguments, Console console) throws IOException {
            return of(arguments, console).list();
        }
    }

    /** {@code limpid db verify}. */
    static final class Verified implements Command {
        @Override
        public String name() {
            return "verify";
        }

        @Override
        public CommandSpec spec() {
            return plain(name(), "Reads every file whole and compares it with its checksums.");
        }

        @Override
        public int run(ParseResult arguments, Console console) throws IOException {
            return of(arguments, console).verify();
        }
    }

    private static CommandSpec plain(String name, String sentence) {
        CommandSpec spec = CommandSpec.create().name(name);
        Usage.describe(spec, sentence, "limpid db " + name);
        AdvisoryOptions.kept().forEach(spec::addOption);
        return spec;
    }

    private static DbListing of(ParseResult arguments, Console console) {
        return new DbListing(
                AdvisoryOptions.of(arguments, console.environment()).store(), console);
    }

    private final SnapshotStore store;
    private final SnapshotCatalog catalog;
    private final Console console;

    DbListing(SnapshotStore store, Console console) {
        this.store = store;
        this.catalog = new SnapshotCatalog(store);
        this.console = console;
    }

    private int nothing() throws IOException {
        console.print("nothing is kept in " + store.folder() + "\n");
        return ExitCode.FINE;
    }

    /** The parts that are known of, with the releases that they speak of as far as they are kept. */
    int list() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (SnapshotCatalog.Part part : catalog.parts(Feeds.all())) {
            SnapshotHeader header = part.header();
            String namespaces = header == null
                    ? DbText.NOTHING
                    : header.namespaces().stream()
                            .map(one -> one.name() + " (" + one.records() + ")")
                            .collect(Collectors.joining(", "));
            rows.add(List.of(part.feed() + "/" + part.part(), header == null ? "no" : "yes", Printable.of(namespaces)));
        }
        DbText.print(
                console,
                List.of(
                        new Column("PART", Column.ALWAYS),
                        new Column("KEPT", Column.ALWAYS),
                        new Column("RELEASES (ADVISORIES)", Column.ALWAYS)),
                rows);
        return ExitCode.FINE;
    }

    /** Whether every file is whole; 1 when one is not, or a current one is of another version and so of no use. */
    int verify() throws IOException {
        List<SnapshotCatalog.Verified> files = catalog.verify();
        if (files.isEmpty()) {
            return nothing();
        }
        boolean failed = false;
        for (SnapshotCatalog.Verified one : files) {
            if (one.problem() == null) {
                console.print("whole    " + one.file() + "\n");
                continue;
            }
            console.print((one.isOfAnotherVersion() ? "OTHER VERSION  " : "DAMAGED  ") + one.file() + "\n");
            // After a new version of limpid the files before are of the old one, and nothing is wrong with them.
            if (one.isCurrent() || !one.isOfAnotherVersion()) {
                failed = true;
                ErrorText.of(one.problem()).print(console.stderr());
            }
        }
        return failed ? ExitCode.TOOL_ERROR : ExitCode.FINE;
    }
}
