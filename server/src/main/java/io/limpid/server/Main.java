package io.limpid.server;

import io.limpid.feed.Feeds;
import io.limpid.format.Printable;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.server.Flags.Flag;
import io.limpid.server.log.ServerLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where the launcher sends {@code server}, {@code migrate}, {@code backup}, {@code restore}, {@code notifications} and {@code vulnerabilities}. */
public final class Main {
    private static final int TOOL_ERROR = 1;
    private static final int USAGE = 64;
    private static final int INTERRUPTED = 130;
    private static final Flag HELP = new Flag("help", "", "prints this and ends");

    private Main() {}

    /** The list of the commands. */
    private static List<Command> commands() {
        return List.of(
                new ServerCommand(Feeds.all()),
                new MigrateCommand(),
                new BackupCommand(),
                new RestoreCommand(),
                new NotificationsCommand(),
                new VulnerabilitiesCommand());
    }

    public static void main(String[] arguments) throws IOException {
        ServerLog.choose();
        List<String> words = List.of(arguments);
        if (words.isEmpty() || !words.getFirst().equals(ServerCommand.NAME)) {
            // What the others print is for whoever asked; of the server nobody reads anything but its log.
            ServerLog.toStderr();
        }
        int code = run(words, System.out, System.err);
        System.out.flush();
        // Not exit, which waits for ever when a signal has begun the end already; what is open was closed.
        Runtime.getRuntime().halt(code);
    }

    /** Does what the words say and gives back the exit code. */
    static int run(List<String> words, PrintStream out, PrintStream err) throws IOException {
        if (words.size() == 2 && words.getLast().equals("--version")) {
            out.println("limpid " + words.getFirst() + " " + version());
            return 0;
        }
        for (Command command : commands()) {
            if (!words.isEmpty() && words.getFirst().equals(command.name())) {
                return run(command, words.subList(1, words.size()), out, err);
            }
        }
        err.println("error: limpid " + Printable.of(String.join(" ", words)));
        err.println("cause: this command is not part of this version yet");
        err.println("hint: limpid server and limpid scan are");
        return USAGE;
    }

    private static int run(Command command, List<String> words, PrintStream out, PrintStream err) {
        try {
            List<Flag> known = new ArrayList<>(command.flags());
            known.add(HELP);
            Flags flags = Flags.parse(command.name(), words, known);
            if (flags.isOn(HELP.name())) {
                help(command, known, out);
                return 0;
            }
            return command.run(flags, out, err);
        } catch (LimpidException e) {
            err.println("error: " + e.what());
            if (e.reason() != null) {
                err.println("cause: " + e.reason());
            }
            if (e.hint() != null) {
                err.println("hint: " + e.hint());
            }
            return e.code() == ErrorCode.USAGE ? USAGE : TOOL_ERROR;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        } catch (IOException | RuntimeException e) {
            err.println("error: limpid " + command.name());
            err.println("cause: " + Printable.of(String.valueOf(e.getMessage())));
            return TOOL_ERROR;
        }
    }

    private static void help(Command command, List<Flag> flags, PrintStream out) {
        out.println("limpid " + command.name() + ": " + command.description());
        out.println();
        int width = flags.stream().mapToInt(flag -> left(flag).length()).max().orElse(0);
        for (Flag flag : flags) {
            out.println("  " + left(flag) + " ".repeat(width - left(flag).length()) + "   " + flag.meaning());
        }
    }

    private static String left(Flag flag) {
        return "-" + flag.name() + (flag.value().isEmpty() ? "" : " " + flag.value());
    }

    static String version() throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("version.txt")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
