package io.limpid.cli;

import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/** The help of a command: an example first, then what it does, then how it is written. */
final class Usage {
    private static final int WIDTH = 80;
    private static final String EXAMPLE = "example";
    private static final List<String> SECTIONS = List.of(
            EXAMPLE,
            UsageMessageSpec.SECTION_KEY_HEADER,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            UsageMessageSpec.SECTION_KEY_FOOTER);

    private Usage() {}

    /** Gives a command what its help starts with: examples, and one sentence that also stands in the list of commands. */
    static void describe(CommandSpec spec, String sentence, String... examples) {
        String shown = String.join("\n", examples) + "\n\n";
        spec.usageMessage()
                .width(WIDTH)
                .header(sentence)
                .synopsisHeading("%nusage: ")
                .commandListHeading("%ncommands:%n")
                .sectionKeys(SECTIONS)
                .sectionMap()
                .put(EXAMPLE, _ -> shown);
    }

    /** The parameter that takes all words that are no options: what is wrong with their number the command says itself, in its own words. */
    static PositionalParamSpec words() {
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(String[].class)
                .hidden(true)
                .build();
    }

    /** The words of a command that has {@link #words()}. */
    static List<String> words(ParseResult arguments) {
        return List.of(arguments.matchedPositionalValue(0, new String[0]));
    }

    static String of(CommandSpec spec) {
        return spec.commandLine().getUsageMessage(Ansi.OFF);
    }
}
