package io.limpid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.limpid.image.registry.HelperProgram;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Docker's credential helpers as programs: {@code docker-credential-NAME get} with the server on its stdin.
 *
 * <p>Bounded in time and in what it may say; what it writes to stderr is nobody's business, it may be a secret.
 */
final class CredentialPrograms implements HelperProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_ANSWER = 1 << 16;

    private final Map<String, String> environment;
    private final Duration patience;

    CredentialPrograms(Map<String, String> environment) {
        this(environment, PATIENCE);
    }

    /** With another bound of the time. */
    CredentialPrograms(Map<String, String> environment, Duration patience) {
        this.environment = environment;
        this.patience = patience;
    }

    @Override
    public @Nullable String get(String name, String server) throws IOException {
        String program = "docker-credential-" + name;
        Path file = find(program);
        if (file == null) {
            throw failure(program, server, "there is no such program in any folder of PATH");
        }
        ProcessBuilder builder = new ProcessBuilder(file.toString(), "get").redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw failure(program, server, "it cannot be started: " + e.getMessage());
        }
        try {
            return answer(process, program, server);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private @Nullable String answer(Process process, String program, String server) throws IOException {
        FutureTask<byte[]> output = new FutureTask<>(() -> talk(process, server));
        Thread.ofVirtual().name("limpid-credentials").start(output);
        try {
            byte[] bytes = output.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (bytes.length > LONGEST_ANSWER) {
                throw failure(program, server, "its answer has more than " + LONGEST_ANSWER + " bytes");
            }
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw late(program, server);
            }
            String text = new String(bytes, UTF_8);
            if (process.exitValue() == 0) {
                return text;
            }
            // So all of Docker's own helpers say that they have nothing.
            if (text.toLowerCase(Locale.ROOT).contains("credentials not found")) {
                return null;
            }
            throw failure(program, server, "it ended with exit code " + process.exitValue());
        } catch (TimeoutException _) {
            throw late(program, server);
        } catch (ExecutionException _) {
            throw failure(program, server, "it does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("while credentials were asked for");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private static byte[] talk(Process process, String server) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write((server + "\n").getBytes(UTF_8));
        } catch (IOException _) {
            // It may know what to say without being asked to the end.
        }
        try (InputStream out = process.getInputStream()) {
            return out.readNBytes(LONGEST_ANSWER + 1);
        }
    }

    private @Nullable Path find(String program) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            try {
                Path file = Path.of(folder, program);
                if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return file;
                }
            } catch (InvalidPathException _) {
                // No folder.
            }
        }
        return null;
    }

    private LimpidException late(String program, String server) {
        return failure(program, server, "it did not answer within " + patience.toSeconds() + " s");
    }

    private static LimpidException failure(String program, String server, String reason) {
        return new LimpidException(
                ErrorCode.IO,
                "cannot get credentials for " + server + " from " + program,
                reason,
                "Docker's config.json names this credential helper (credsStore, credHelpers); see what '" + program
                        + " get' says, or name another file with REGISTRY_AUTH_FILE");
    }
}
