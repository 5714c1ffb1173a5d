package io.limpid.cli;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of a command line that cannot be read, and of what was probably meant. */
final class UsageError {
    private UsageError() {}

    /** A command line that makes no sense to the command that it is for. */
    static ParameterException at(ParseResult arguments, String message) {
        return new ParameterException(arguments.commandSpec().commandLine(), message);
    }

    static ErrorText of(ParameterException failure) {
        String help = failure.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        String hint = "see " + help;
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().getFirst();
            List<String> meant =
                    Suggestions.of(argument, failure.getCommandLine().getCommandSpec());
            String what = (argument.startsWith("-") ? "unknown option: " : unmatchedWord(failure)) + argument;
            return new ErrorText(
                    what, null, meant.isEmpty() ? hint : "did you mean " + String.join(" or ", meant) + "? " + hint);
        }
        return new ErrorText(
                Objects.requireNonNullElse(failure.getMessage(), "the command line makes no sense"), null, hint);
    }

    private static String unmatchedWord(ParameterException failure) {
        return failure.getCommandLine().getSubcommands().isEmpty() ? "one argument too many: " : "unknown command: ";
    }
}
