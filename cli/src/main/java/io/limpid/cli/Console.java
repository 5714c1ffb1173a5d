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
 * @param terminal whether a person is watching: stdin and stdout are a terminal
 */
public record Console(
        InputStream stdin, OutputStream stdout, PrintStream stderr, Map<String, String> environment, boolean terminal) {

    public Console {
        environment = Map.copyOf(environment);
    }

    /** The console of this process. */
    public static Console ofProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                isTerminal());
    }

    /** Writes a text to stdout as it is. */
    public void print(String text) throws IOException {
        stdout.write(text.getBytes(StandardCharsets.UTF_8));
        stdout.flush();
    }

    // JDK 22 to 24 gave a console always; 25 gives none again where nobody is watching.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.Console system = System.console();
        return system != null && system.isTerminal();
    }

    /** This console with another stdout. */
    Console withStdout(OutputStream other) {
        return new Console(stdin, other, stderr, environment, terminal);
    }
}
