package io.limpid.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** The help of a command: an example first, then what it does, then how it is written. */
final class Usage {
    private Usage() {}

    static String of(CommandSpec spec) {
        return spec.commandLine().getUsageMessage(Ansi.OFF);
    }
}
