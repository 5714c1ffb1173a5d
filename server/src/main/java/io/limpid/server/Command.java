package io.limpid.server;

import io.limpid.model.LimpidException;
import io.limpid.server.Flags.Flag;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** One word of the command line that the server's main carries out. */
interface Command {

    /** The word. */
    String name();

    /** What it does, as the first lines of its help say it. */
    String description();

    /** Its flags, besides {@code -help}. */
    List<Flag> flags();

    /**
     * Does it.
     *
     * @return the exit code
     * @throws LimpidException for what is told to the user in one shape
     */
    int run(Flags flags, PrintStream out, PrintStream err) throws IOException, InterruptedException;
}
