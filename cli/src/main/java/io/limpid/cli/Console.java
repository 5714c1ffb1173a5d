package io.limpid.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command sees of the world around it.
 *
 * @param stdin where input comes from, not buffered
 * @param stdout where the result goes and nothing else, not buffered; a failure to write is thrown
 * @param stderr where everything else goes
 * @param environment the environment variables
 * @param terminal whether a person is watching stdout
 * @param stderrTerminal whether a person is watching stderr
 */
public record Console(
        InputStream stdin,
        OutputStream stdout,
        PrintStream stderr,
        Map<String, String> environment,
        boolean terminal,
        boolean stderrTerminal) {
    /** Where the launcher writes how many columns the terminal has. */
    static final String COLUMNS_MEASURED = "LIMPID_COLUMNS";
    /** Where the launcher writes which descriptors are a terminal: 1, 2, 12 or nothing. A shell knows it, Java cannot ask. */
    private static final String TERMINALS = "LIMPID_TERMINALS";

    public Console {
        environment = Map.copyOf(environment);
    }

    /** The console of this process. */
    public static Console ofProcess() {
        Map<String, String> environment = System.getenv();
        String terminals = environment.get(TERMINALS);
        boolean system = terminals == null && isTerminal();
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                environment,
                system || (terminals != null && terminals.contains("1")),
                system || (terminals != null && terminals.contains("2")));
    }

    /** Writes a text to stdout as it is. */
    public void print(String text) throws IOException {
        stdout.write(text.getBytes(StandardCharsets.UTF_8));
        stdout.flush();
    }

    /** Started without the launcher: the JDK knows of stdin and stdout together only. */
    // JDK 22 to 24 gave a console always; 25 gives none again where nobody is watching.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.Console system = System.console();
        return system != null && system.isTerminal();
    }

    /** This console with another stdout. */
    Console withStdout(OutputStream other) {
        return new Console(stdin, other, stderr, environment, terminal, stderrTerminal);
    }
}
