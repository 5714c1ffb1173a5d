package io.limpid.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One thing that the command line can do: {@code limpid NAME ...}. */
public interface Command {

    /** The word that it is called by. */
    String name();

    /** Its {@link #name}, options and parameters, made anew by each call; {@code --help} is added by the frame. */
    CommandSpec spec();

    /**
     * Does it. Whatever it throws is told to the user by the frame.
     *
     * @param arguments what was written behind the command's name, sub-commands included
     * @return one of {@link ExitCode}
     */
    int run(ParseResult arguments, Console console) throws IOException, InterruptedException;
}
