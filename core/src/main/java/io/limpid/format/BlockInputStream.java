package io.limpid.format;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is read in blocks: single bytes and skipped ones pass through its one way of reading, so that none passes unseen.
 *
 * <p>It cannot go back, and promises no byte before it is read.
 */
public abstract class BlockInputStream extends InputStream {
    private static final int SKIPPED_AT_ONCE = 1 << 13;

    private byte @Nullable [] scratch;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;

    /** Reads so many bytes away, fewer only at the end. */
    @Override
    public long skip(long bytes) throws IOException {
        if (scratch == null) {
            scratch = new byte[SKIPPED_AT_ONCE];
        }
        long left = bytes;
        while (left > 0) {
            int count = read(scratch, 0, (int) Math.min(scratch.length, left));
            if (count < 0) {
                break;
            }
            left -= count;
        }
        return bytes - left;
    }
}
