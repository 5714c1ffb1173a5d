package io.limpid.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Shows, updates, searches, verifies and passes on the advisories that are kept on this machine. */
final class DbCommand implements Command {

    private static List<Command> commands() {
        return List.of(
                new DbStatus(),
                new DbUpdateCommand(),
                new DbListing.Listed(),
                new DbSearch(),
                new DbDiffCommand(),
                new DbRollback(),
                new DbListing.Verified(),
                new DbKeygen(),
                new DbExport(),
                new DbImport());
    }

    @Override
    public String name() {
        return "db";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(
                spec,
                "Shows, updates and searches the advisories that are kept here.",
                "limpid db status",
                "limpid db update --only alpine",
                "limpid db search CVE-2024-0727");
        spec.usageMessage().customSynopsis("limpid db COMMAND [OPTIONS]");
        commands().forEach(command -> spec.addSubcommand(command.name(), command.spec()));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException, InterruptedException {
        List<Command> commands = commands();
        if (!arguments.hasSubcommand()) {
            throw UsageError.at(
                    arguments,
                    "db what? (" + commands.stream().map(Command::name).collect(Collectors.joining(", ")) + ")");
        }
        ParseResult sub = arguments.subcommand();
        for (Command command : commands) {
            if (command.name().equals(sub.commandSpec().name())) {
                return command.run(sub, console);
            }
        }
        throw new IllegalStateException(
                "no command of this name: " + sub.commandSpec().name());
    }
}
