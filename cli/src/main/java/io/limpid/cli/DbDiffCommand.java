package io.limpid.cli;

import io.limpid.model.LimpidException;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotComparison;
import io.limpid.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The grammar of {@code limpid db diff}; {@link DbDiff} shows it. */
final class DbDiffCommand implements Command {

    @Override
    public String name() {
        return "diff";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Shows what the last update or import changed.",
                "limpid db diff debian",
                "limpid db diff -o json");
        spec.usageMessage()
                .description(
                        "Each part is compared with the generation before it. +: added, -: removed, ~: says something"
                                + " else.")
                .customSynopsis("limpid db diff [OPTIONS] [" + DbSelection.LABEL + "]...");
        spec.addPositional(Usage.words());
        spec.addOption(DbFormat.option());
        spec.addOption(DbFormat.most());
        AdvisoryOptions.kept().forEach(spec::addOption);
        return spec;
    }

    /** 1 when a part cannot be read, or parts were named and none of them has a generation before. */
    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        DbFormat format = DbFormat.of(arguments);
        DbDiff diff = new DbDiff(console, DbFormat.most(arguments));
        SnapshotStore store =
                AdvisoryOptions.of(arguments, console.environment()).store();
        SnapshotComparison comparison = new SnapshotComparison(store);
        List<String> names = Usage.words(arguments);
        List<String> alone = new ArrayList<>();
        boolean any = false;
        boolean failed = false;
        for (DbSelection.Named part : DbSelection.kept(names, new SnapshotCatalog(store), arguments)) {
            try {
                if (diff.add(changes -> comparison.withBefore(part.feed(), part.part(), changes))) {
                    any = true;
                } else {
                    alone.add(part.toString());
                }
            } catch (LimpidException e) {
                failed = true;
                ErrorText.of(e).print(console.stderr());
            }
        }
        diff.print(format);
        if (!names.isEmpty() || !any) {
            alone.forEach(part -> console.stderr().println(part + ": there is no generation before the current one"));
        }
        return !failed && (any || names.isEmpty()) ? ExitCode.FINE : ExitCode.TOOL_ERROR;
    }
}
