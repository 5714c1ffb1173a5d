package io.limpid.cli;

import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error as people see it on stderr: {@code error:} what failed and on what, {@code cause:} why, {@code hint:} what to do.
 *
 * @param what what failed, and on what
 * @param cause why, or null when {@code what} says it
 * @param hint what the user can do, or null
 */
record ErrorText(
        String what, @Nullable String cause, @Nullable String hint) {
    private static final String MORE_MEMORY = "JDK_JAVA_OPTIONS=-Xmx4g gives it 4 GiB";

    /** The text of anything that a command can throw. */
    static ErrorText of(Throwable failure) {
        return switch (failure) {
            case LimpidException e -> new ErrorText(e.what(), e.reason(), e.hint());
            case NoSuchFileException e -> new ErrorText("cannot open " + e.getFile(), "no such file or folder", null);
            case AccessDeniedException e -> new ErrorText("cannot open " + e.getFile(), "permission denied", null);
            case FileSystemException e -> new ErrorText("cannot use " + e.getFile(), reasonOf(e), null);
            case IOException e -> new ErrorText("reading or writing failed", messageOf(e), null);
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

    void print(PrintStream stderr) {
        StringBuilder text =
                new StringBuilder("error: ").append(printable(what)).append('\n');
        if (cause != null) {
            text.append("cause: ").append(printable(cause)).append('\n');
        }
        if (hint != null) {
            text.append("hint: ").append(printable(hint)).append('\n');
        }
        stderr.print(text);
        stderr.flush();
    }

    /** One line without anything that a terminal would obey: names out of a hostile image end up here. */
    static String printable(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean obeyed = Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || c == '\u2028'
                    || c == '\u2029';
            line.appendCodePoint(c == '\n' || c == '\t' ? ' ' : obeyed ? '\ufffd' : c);
        });
        return line.toString();
    }

    private static String reasonOf(FileSystemException failure) {
        return Objects.requireNonNullElse(
                failure.getReason(), failure.getClass().getSimpleName());
    }

    private static String messageOf(Throwable failure) {
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
