package io.limpid.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of one megabyte, which only root can make. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    public SmallDisk(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "limpid-test", folder.toString()),
                "skipped: a file system that is full or read-only can be made by root only");
    }

    public void makeReadOnly() throws IOException, InterruptedException {
        if (!run("mount", "-o", "remount,ro", folder.toString())) {
            throw new IOException("cannot make it read-only");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run("umount", "-l", folder.toString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            // No such command.
            return false;
        }
    }
}
