package io.limpid.cli;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotRollback;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.UpdateRules;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code limpid db rollback}: goes back to the generation before the current one. */
final class DbRollback implements Command {

    @Override
    public String name() {
        return "rollback";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec, "Goes back to the data before the last update or import.", "limpid db rollback alpine/v3.22");
        spec.usageMessage()
                .description("What is rolled back comes again when its publisher has something newer, or with"
                        + " 'limpid db update --force'.")
                .customSynopsis("limpid db rollback [OPTIONS] " + DbSelection.LABEL);
        spec.addPositional(Usage.words());
        AdvisoryOptions.kept().forEach(spec::addOption);
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException, InterruptedException {
        List<String> words = Usage.words(arguments);
        if (words.size() != 1) {
            throw UsageError.at(arguments, "roll what back? one feed or part is needed");
        }
        SnapshotStore store =
                AdvisoryOptions.of(arguments, console.environment()).store();
        SnapshotRollback rollback = new SnapshotRollback(store, Clock.systemUTC(), UpdateRules.DEFAULT.patience());
        List<DbSelection.Named> parts = DbSelection.kept(words, new SnapshotCatalog(store), arguments);
        boolean one = parts.stream().anyMatch(part -> rollback.isPossible(part.feed(), part.part()));
        boolean failed = false;
        for (DbSelection.Named part : parts) {
            try {
                SnapshotRollback.RolledBack back = rollback.rollBack(part.feed(), part.part());
                console.print(part + ": rolled back to " + back.now().contents() + " of "
                        + DbText.moment(back.now().fetchedAt()) + " (" + DbText.difference(back.difference()) + ")\n");
            } catch (LimpidException e) {
                if (one && e.code() == ErrorCode.NOT_FOUND) {
                    console.print(part + ": " + e.reason() + "\n");
                } else {
                    failed = true;
                    ErrorText.of(e).print(console.stderr());
                }
            }
        }
        return failed ? ExitCode.TOOL_ERROR : ExitCode.FINE;
    }
}
