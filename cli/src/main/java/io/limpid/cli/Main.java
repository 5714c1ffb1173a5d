package io.limpid.cli;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line: the list of the commands, and the frame in which one of them runs. */
public final class Main {
    private Main() {}

    /** The list of the commands: the one line that a new command adds. */
    private static List<Command> commands() {
        return List.of(
                new ScanCommand(),
                new ExplainCommand(),
                PushCommand.push(),
                PushCommand.original(),
                new DbCommand(),
                new CacheCommand(),
                new DemoCommand(),
                new VersionCommand(),
                new HelpCommand());
    }

    /** The grammar of all commands. */
    static CommandLine grammar() {
        return RootSpec.of(commands());
    }

    public static void main(String[] args) {
        NativeLibraries.useThoseShipped();
        Console console = Console.ofProcess();
        int code = run(args, console);
        StartCache.ofProcess().keep(isQuiet(args) ? null : console.stderr());
        if (System.getenv("LIMPID_JAVA_OPTS") != null) {
            // Who measures java wants what it writes at its end.
            System.exit(code);
        }
        // Not exit, which first sets up logging for those who want to know who called it; nothing waits for the end of
        // this process.
        Runtime.getRuntime().halt(code);
    }

    /**
     * Runs one command line and tells of every failure on stderr.
     *
     * @return one of {@link ExitCode}
     */
    static int run(String[] args, Console console) {
        return run(args, console, commands());
    }

    static int run(String[] args, Console console, List<Command> commands) {
        try {
            return dispatch(args, console.withStdout(new ResultStream(console.stdout())), commands);
        } catch (ParameterException e) {
            UsageError.of(e).print(console.stderr());
            return ExitCode.USAGE;
        } catch (ResultStream.ReaderGone _) {
            return ExitCode.TOOL_ERROR;
        } catch (InterruptedException | InterruptedIOException | ClosedByInterruptException _) {
            return ExitCode.INTERRUPTED;
        } catch (IOException | RuntimeException | Error e) {
            return fail(e, args, console);
        }
    }

    private static int dispatch(String[] args, Console console, List<Command> commands)
            throws IOException, InterruptedException {
        CommandLine line = RootSpec.of(concerned(args, commands));
        ParseResult root = line.parseArgs(args);
        ParseResult last = root;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last.isUsageHelpRequested()) {
            console.print(Usage.of(last.commandSpec()));
            return ExitCode.FINE;
        }
        if (root.isVersionHelpRequested()) {
            console.print(ProductVersion.line());
            return ExitCode.FINE;
        }
        if (!root.hasSubcommand()) {
            throw new ParameterException(line, "no command is given");
        }
        ParseResult arguments = root.subcommand();
        for (Command command : commands) {
            if (command.name().equals(arguments.commandSpec().name())) {
                return command.run(arguments, console);
            }
        }
        throw new IllegalStateException(
                "no command of this name: " + arguments.commandSpec().name());
    }

    /** The commands whose grammar is needed: that of all others takes longer to make than most commands need to start. */
    private static List<Command> concerned(String[] args, List<Command> commands) {
        if (args.length > 0 && !args[0].equals(HelpCommand.NAME)) {
            for (Command command : commands) {
                if (command.name().equals(args[0])) {
                    return List.of(command);
                }
            }
        }
        return commands;
    }

    private static boolean isQuiet(String[] args) {
        List<String> words = List.of(args);
        return words.contains("-q") || words.contains("--quiet");
    }

    private static int fail(Throwable failure, String[] args, Console console) {
        ErrorText.of(failure).print(console.stderr());
        if (isVeryVerbose(args)) {
            ErrorText.printStack(failure, console.stderr());
        }
        return failure instanceof LimpidException e && e.code() == ErrorCode.USAGE
                ? ExitCode.USAGE
                : ExitCode.TOOL_ERROR;
    }

    /** Read from the words themselves, because a failure may come before or outside of what a command has parsed. */
    private static boolean isVeryVerbose(String[] args) {
        List<String> words = List.of(args);
        return words.contains("-vv") || Collections.frequency(words, "-v") > 1;
    }
}
