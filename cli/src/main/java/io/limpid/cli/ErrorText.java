package io.limpid.cli;

import io.limpid.format.Printable;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error as people see it on stderr: {@code error:} what failed and on what, {@code cause:} why, {@code hint:} what to do; names out of a
 * hostile image end up here, and nothing of them is obeyed.
 *
 * @param what what failed, and on what
 * @param cause why, or null when {@code what} says it
 * @param hint what the user can do, or null
 */
record ErrorText(
        String what, @Nullable String cause, @Nullable String hint) {
    private static final Pattern LIMIT = Pattern.compile("\\(limit ([a-z-]+)\\)");
    private static final String MORE_MEMORY = "JDK_JAVA_OPTIONS=-Xmx4g gives it 4 GiB";

    /** The text of anything that a command can throw. */
    static ErrorText of(Throwable failure) {
        return switch (failure) {
            case LimpidException e ->
                new ErrorText(e.what(), e.reason(), e.hint() == null ? more(e.reason()) : e.hint());
            case NoSuchFileException e -> new ErrorText("cannot open " + e.getFile(), causeOf(e), null);
            case AccessDeniedException e -> new ErrorText("cannot open " + e.getFile(), causeOf(e), null);
            case FileSystemException e -> new ErrorText("cannot use " + e.getFile(), causeOf(e), null);
            case IOException e -> new ErrorText("reading or writing failed", causeOf(e), null);
            case OutOfMemoryError e -> new ErrorText("out of memory", messageOf(e), MORE_MEMORY);
            case StackOverflowError _ ->
                new ErrorText("internal: the stack is used up", "something is nested too deeply", "-vv shows where");
            default ->
                new ErrorText(
                        "internal: " + failure.getClass().getSimpleName(),
                        failure.getMessage(),
                        "this is a fault of limpid, please report it; -vv shows where");
        };
    }

    /** What to do about a limit that the reason names. */
    private static @Nullable String more(@Nullable String reason) {
        Matcher limit = LIMIT.matcher(reason == null ? "" : reason);
        return limit.find() ? "where that is right, allow more: --limit " + limit.group(1) + "=NUMBER" : null;
    }

    void print(PrintStream stderr) {
        StringBuilder text =
                new StringBuilder("error: ").append(Printable.of(what)).append('\n');
        if (cause != null) {
            text.append("cause: ").append(Printable.of(cause)).append('\n');
        }
        if (hint != null) {
            text.append("hint: ").append(Printable.of(hint)).append('\n');
        }
        stderr.print(text);
        stderr.flush();
    }

    /** Why reading or writing failed, in plain words and without the name of a file. */
    static String causeOf(IOException failure) {
        return switch (failure) {
            case LimpidException e -> Objects.requireNonNullElse(e.reason(), e.what());
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemLoopException _ -> "its links go round in a circle";
            case FileAlreadyExistsException _ -> "there is something of that name already";
            case NotDirectoryException _ -> "a part of its path is no folder";
            case FileSystemException e when e.getReason() != null -> lowerFirst(e.getReason());
            default -> lowerFirst(messageOf(failure));
        };
    }

    /** Writes the whole of a failure, with its stack, so that nothing in it is obeyed. */
    static void printStack(Throwable failure, PrintStream stderr) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        text.toString().lines().forEach(line -> {
            int indent = 0;
            while (indent < line.length() && line.charAt(indent) == '\t') {
                indent++;
            }
            stderr.print("\t".repeat(indent) + Printable.of(line.substring(indent)) + "\n");
        });
        stderr.flush();
    }

    private static String lowerFirst(String text) {
        // "No space left on device", but not "EOF".
        boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
        return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }

    private static String messageOf(Throwable failure) {
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
