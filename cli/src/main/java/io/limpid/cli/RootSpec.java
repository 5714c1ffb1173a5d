package io.limpid.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The grammar of the whole command line: {@code limpid}, its options, and the commands. */
final class RootSpec {
    private RootSpec() {}

    static CommandLine of(List<Command> commands) {
        CommandSpec root = CommandSpec.create().name("limpid");
        Usage.describe(
                root,
                "Sees through container images: what is inside, and which of it is vulnerable.",
                "limpid scan image.tar");
        root.usageMessage()
                .customSynopsis("limpid COMMAND [ARGUMENTS]")
                .footer("", "limpid help COMMAND tells more of one command.");
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version and exit.")
                .build());
        commands.stream().map(Command::spec).forEach(spec -> root.addSubcommand(spec.name(), spec));
        addHelp(root);
        flagsMayBeRepeated(root);
        // "@name" is a word like any other, never a file to read more arguments from.
        return new CommandLine(root).setExpandAtFiles(false);
    }

    private static void addHelp(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this help and exit.")
                .build());
        spec.subcommands().values().forEach(sub -> addHelp(sub.getCommandSpec()));
    }

    /** A flag said twice says the same, as with other programs; picocli takes that for a mistake of one that is not a list. */
    private static void flagsMayBeRepeated(CommandSpec spec) {
        for (OptionSpec option : List.copyOf(spec.options())) {
            boolean flag =
                    option.arity().max() == 0 && !option.usageHelp() && !option.versionHelp() && !option.isMultiValue();
            if (flag) {
                spec.remove(option);
                spec.addOption(OptionSpec.builder(option.names())
                        .arity("0")
                        .type(boolean[].class)
                        .description(option.description())
                        .hidden(option.hidden())
                        .build());
            }
        }
        spec.subcommands().values().forEach(sub -> flagsMayBeRepeated(sub.getCommandSpec()));
    }
}
