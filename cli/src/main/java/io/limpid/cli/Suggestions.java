package io.limpid.cli;

import io.limpid.format.Nearest;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The names of options or commands that a mistyped one was probably meant to be. */
final class Suggestions {
    private Suggestions() {}

    /** The nearest names first; empty when none is near. */
    static List<String> of(String typed, CommandSpec spec) {
        Stream<String> names =
                typed.startsWith("-") ? spec.optionsMap().keySet().stream() : spec.subcommands().keySet().stream();
        String word = typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
        return Nearest.to(word, names.filter(name -> name.length() > 2).toList());
    }
}
