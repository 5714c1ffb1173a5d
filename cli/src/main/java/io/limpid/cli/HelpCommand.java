package io.limpid.cli;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells how a command is used. */
final class HelpCommand implements Command {
    static final String NAME = "help";
    /** The words that the launcher sends to the server's own main. */
    static final Set<String> OF_THE_SERVER =
            Set.of("server", "migrate", "backup", "restore", "notifications", "vulnerabilities");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name(name());
        Usage.describe(spec, "Tells how a command is used.", "limpid help version");
        spec.usageMessage().customSynopsis("limpid help [COMMAND]");
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(String[].class)
                .paramLabel("COMMAND")
                .description("The command, with its sub-command if it has one.")
                .build());
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        CommandLine line = arguments.commandSpec().root().commandLine();
        String[] names = arguments.matchedPositionalValue(0, new String[0]);
        if (names.length > 0 && OF_THE_SERVER.contains(names[0])) {
            console.print(
                    "limpid " + names[0] + " is the server's, which tells of itself: limpid " + names[0] + " --help\n");
            return ExitCode.FINE;
        }
        for (String name : names) {
            CommandLine next = line.getSubcommands().get(name);
            if (next == null) {
                throw new UnmatchedArgumentException(line, List.of(name));
            }
            line = next;
        }
        console.print(Usage.of(line.getCommandSpec()));
        return ExitCode.FINE;
    }
}
