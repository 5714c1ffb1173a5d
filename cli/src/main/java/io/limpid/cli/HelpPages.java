package io.limpid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes the help of each command into a file, when the distribution is put together: the launcher shows it without starting java.
 *
 * <p>The help of {@code limpid db update} is in {@code limpid-db-update.txt}.
 */
final class HelpPages {
    private HelpPages() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        write(Main.grammar().getCommandSpec(), folder);
    }

    private static void write(CommandSpec spec, Path folder) throws IOException {
        String name = spec.qualifiedName("-");
        Files.writeString(folder.resolve(name + ".txt"), Usage.of(spec), UTF_8);
        for (CommandLine sub : spec.subcommands().values()) {
            write(sub.getCommandSpec(), folder);
        }
    }
}
