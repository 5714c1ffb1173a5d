package io.limpid.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where the launcher sends {@code server}, {@code migrate}, {@code backup}, {@code restore} and {@code vulnerabilities}. */
public final class Main {
    private static final int USAGE = 64;

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        int code = run(List.of(arguments), System.out, System.err);
        System.out.flush();
        System.exit(code);
    }

    /** Does what the words say and gives back the exit code. */
    static int run(List<String> words, PrintStream out, PrintStream err) throws IOException {
        if (words.size() == 2 && words.getLast().equals("--version")) {
            out.println("limpid " + words.getFirst() + " " + version());
            return 0;
        }
        err.println("error: limpid " + String.join(" ", words));
        err.println("cause: the server is not part of this version yet");
        err.println("hint: limpid scan works without a server");
        return USAGE;
    }

    private static String version() throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
