package io.limpid.scan;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The process's stdin, which may be a file after all: {@code limpid scan - < image.tar}. */
final class StandardInput {
    /** What messages and reports call it. */
    static final String NAME = "stdin";

    private static final Path DEVICE = Path.of("/dev/stdin");

    private StandardInput() {}

    /** The file that the stream reads from its beginning, so that it need not be copied; null when it is none. */
    static @Nullable Path file(InputStream stdin) {
        try {
            boolean isFile = stdin instanceof FileInputStream file
                    && file.getFD() == FileDescriptor.in
                    && Files.isRegularFile(DEVICE)
                    && Files.isReadable(DEVICE)
                    && file.getChannel().position() == 0;
            return isFile ? DEVICE : null;
        } catch (IOException _) {
            return null;
        }
    }
}
