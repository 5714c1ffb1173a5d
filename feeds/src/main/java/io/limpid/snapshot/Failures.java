package io.limpid.snapshot;

import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** Says to people why a part could not be updated. */
final class Failures {
    private Failures() {}

    /** A failure as one that says what failed, why, and what to do. */
    static LimpidException of(FeedPart part, Path folder, Throwable failure) {
        return switch (failure) {
            case LimpidException known when known.hint() != null -> known;
            case LimpidException known ->
                new LimpidException(
                        known.code(),
                        known.what(),
                        known.reason(),
                        "try again later; what is kept stays in use, 'limpid db status' shows it");
            case FeedException wrong ->
                new LimpidException(
                        ErrorCode.BROKEN_ADVISORIES,
                        "cannot use what " + part.feed() + " publishes for " + part,
                        wrong.getMessage(),
                        "try again later; if it stays so, its format may have changed: look for a newer limpid");
            case IOException io -> writing(part.toString(), folder, io);
            default ->
                new LimpidException(
                        ErrorCode.BROKEN_ADVISORIES,
                        "cannot use what " + part.feed() + " publishes for " + part,
                        "its reader gave up: " + failure,
                        "this is a fault of limpid: please report it");
        };
    }

    /** A failure to write, or one that says already what is to be said. */
    static LimpidException writing(String part, Path folder, IOException failure) {
        if (failure instanceof LimpidException known) {
            return known;
        }
        String reason = reason(failure);
        String lower = reason.toLowerCase(Locale.ROOT);
        String hint = "see that the folder can be written";
        if (isFull(lower)) {
            hint = "make room there, or choose another folder with --cache";
        } else if (failure instanceof AccessDeniedException
                || lower.contains("read-only")
                || lower.contains("permission denied")) {
            hint = "data that are there can be used (--offline); to update them choose a folder that can be written"
                    + " with --cache";
        }
        return new LimpidException(
                ErrorCode.IO, "cannot keep the advisories of " + part + " in " + folder, reason, hint);
    }

    /** What failed and why, in one line. */
    static String words(LimpidException problem) {
        return problem.reason() == null ? problem.what() : problem.what() + ": " + problem.reason();
    }

    /** Whether it is this machine's file system that failed, and not what is at the other end of a connection. */
    static boolean isLocal(IOException failure) {
        return failure instanceof FileSystemException || isFull(reason(failure).toLowerCase(Locale.ROOT));
    }

    private static boolean isFull(String reason) {
        return reason.contains("no space left") || reason.contains("quota");
    }

    /** What a failure says, with the kind of failure where that says more. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason() + ": " + system.getFile();
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
