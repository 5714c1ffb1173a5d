package io.limpid.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are there whole or not at all, whenever the process is killed. */
final class WholeFile {
    private WholeFile() {}

    /** Writes what a file is to contain. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes the file beside its place and then moves it there; what a link names is replaced, not the link. */
    static void write(Path target, Content content) throws IOException {
        // A device or a pipe cannot be replaced, only written to.
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            writeTo(target, content);
            return;
        }
        Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        Path beside = real.resolveSibling(
                "." + real.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            writeTo(beside, content);
            Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            removed(beside, e);
            throw e;
        }
    }

    private static void writeTo(Path file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            content.writeTo(out);
        }
    }

    private static void removed(Path beside, IOException cause) {
        try {
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
