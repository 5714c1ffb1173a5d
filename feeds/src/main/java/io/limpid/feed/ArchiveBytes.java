package io.limpid.feed;

import io.limpid.format.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of an archive on their way to whoever takes it apart: tells what could not be read from what makes no sense. */
final class ArchiveBytes extends BlockInputStream {
    private final String archive;
    private final InputStream in;
    private final long bound;
    private long count;
    private @Nullable IOException failure;

    /**
     * @param bound how many there may be
     */
    ArchiveBytes(String archive, InputStream in, long bound) {
        this.archive = archive;
        this.in = in;
        this.bound = bound;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = in.read(buffer, offset, length);
            count += Math.max(0, read);
            if (count > bound) {
                throw new FeedException(archive, null, "it has more than " + bound + " bytes (limit feed-plain-bytes)");
            }
            return read;
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
