package io.limpid.feed;

import io.limpid.format.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of an archive on their way to whoever takes it apart: tells what could not be read from what makes no sense. */
final class ArchiveBytes extends BlockInputStream {
    private final String archive;
    private final InputStream in;
    private @Nullable IOException failure;

    ArchiveBytes(String archive, InputStream in) {
        this.archive = archive;
        this.in = in;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** What is to be thrown where the archive could not be taken apart: the failure of its bytes, or that they are no such archive. */
    IOException told(IOException thrown) {
        return failure != null
                ? failure
                : thrown instanceof FeedException
                        ? thrown
                        : new FeedException(archive, null, String.valueOf(thrown.getMessage()));
    }
}
