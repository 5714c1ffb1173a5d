package io.limpid.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A console in memory, and what a command line left on it. */
record TestConsole(Console console, ByteArrayOutputStream stdout, ByteArrayOutputStream stderr) {
    /** What a test says nothing else of: it asks nobody in the world, and leaves nothing in a home. */
    private static final Map<String, String> OUTSIDE = Map.of(
            "LIMPID_OFFLINE",
            "1",
            "XDG_CACHE_HOME",
            Path.of("target", "test-cache").toAbsolutePath().toString());

    static TestConsole with(String stdin) {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        return with(stdin, stdout, stdout, Map.of());
    }

    /** A console whose stdin are these bytes. */
    static TestConsole with(byte[] stdin) {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        return with(stdin, stdout, stdout, Map.of());
    }

    /** A console with these environment variables. */
    static TestConsole with(String stdin, Map<String, String> environment) {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        return with(stdin, stdout, stdout, environment);
    }

    /** A console whose stdout is not only kept. */
    static TestConsole with(String stdin, OutputStream stdout) {
        return with(stdin, stdout, new ByteArrayOutputStream(), Map.of());
    }

    private static TestConsole with(
            String stdin, OutputStream stdout, ByteArrayOutputStream kept, Map<String, String> environment) {
        return with(stdin.getBytes(StandardCharsets.UTF_8), stdout, kept, environment);
    }

    private static TestConsole with(
            byte[] stdin, OutputStream stdout, ByteArrayOutputStream kept, Map<String, String> environment) {
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        Map<String, String> inside = new HashMap<>(OUTSIDE);
        if (environment.containsKey("LIMPID_FEEDS_MIRROR")) {
            inside.remove("LIMPID_OFFLINE");
        }
        inside.putAll(environment);
        Console console = new Console(
                new ByteArrayInputStream(stdin),
                stdout,
                new PrintStream(stderr, true, StandardCharsets.UTF_8),
                inside,
                false,
                false);
        return new TestConsole(console, kept, stderr);
    }

    /** The same console, on a terminal or in part. */
    TestConsole watched(boolean stdoutWatched, boolean stderrWatched) {
        Console watched = new Console(
                console.stdin(),
                console.stdout(),
                console.stderr(),
                console.environment(),
                stdoutWatched,
                stderrWatched);
        return new TestConsole(watched, stdout, stderr);
    }

    int run(String... args) {
        return Main.run(args, console);
    }

    int run(List<Command> commands, String... args) {
        return Main.run(args, console, commands);
    }

    String out() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return stderr.toString(StandardCharsets.UTF_8);
    }
}
