package io.limpid.server.store.embedded;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running {@code postgres}, started by a thread that lasts as long as it: the kernel takes that thread's end for this process's. */
final class Postmaster {
    private static final int TAIL = 64 << 10;
    private static final Duration FAST = Duration.ofSeconds(60);
    private static final Duration IMMEDIATE = Duration.ofSeconds(10);

    private final Process process;

    private Postmaster(Process process) {
        this.process = process;
    }

    static Postmaster launch(ProcessBuilder builder) throws IOException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("limpid-postgres").start(() -> {
            try {
                Process process = builder.start();
                started.complete(process);
                result(process);
            } catch (IOException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            return new Postmaster(started.get());
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var _ = started.thenAccept(Process::destroyForcibly);
            throw new IOException("interrupted while PostgreSQL was started", e);
        }
    }

    /** The exit code, waited for even when this thread is interrupted. */
    static int result(Process process) {
        return process.onExit().join().exitValue();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    void stop() throws IOException {
        stop(process.toHandle());
    }

    /** Ends a postmaster with its sessions: in order, else at once, else by force; after each of these nothing is lost that was committed. */
    static void stop(ProcessHandle process) throws IOException {
        if (signal("INT", process) && ends(process, FAST)) {
            return;
        }
        if (signal("QUIT", process) && ends(process, IMMEDIATE)) {
            return;
        }
        process.destroyForcibly();
        if (!ends(process, IMMEDIATE)) {
            throw new IOException("PostgreSQL with process number " + process.pid() + " does not end");
        }
    }

    private static boolean signal(String name, ProcessHandle process) throws IOException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return result(kill) == 0 || !process.isAlive();
    }

    private static boolean ends(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException _) {
            return !process.isAlive();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where a log ends now. */
    static long end(Path log) throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /** What a program wrote since then, at most its last 64 KiB. */
    static String since(Path log, long start) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(start, file.length() - TAIL);
            file.seek(from);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - from)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** A program's failure in words: of what it wrote, the line that says why, and what to do. */
    static LimpidException failure(String what, String output, Path folder, Path log) {
        if (output.contains("No space left on device") || output.contains("Disk quota exceeded")) {
            return new LimpidException(
                    ErrorCode.IO,
                    what,
                    "the disk is full",
                    "make room on the disk of " + folder + ", or choose another folder in database.options.datafolder");
        }
        Optional<String> why = output.lines()
                .filter(line -> List.of("FATAL:", "PANIC:", "error:", "ERROR:", "failed").stream()
                        .anyMatch(line::contains))
                .reduce((_, last) -> last)
                .map(String::strip);
        if (output.contains("Permission denied")) {
            return new LimpidException(
                    ErrorCode.IO,
                    what,
                    why.orElse("permission denied"),
                    "let PostgreSQL's user read and write what is in " + folder + ", and run programs there (a mount"
                            + " with noexec forbids that)");
        }
        return new LimpidException(
                ErrorCode.IO, what, why.orElse("it ended without a word"), "what it wrote is in " + log);
    }
}
