package io.limpid.format.compress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a decoder keep to its contract on damaged data.
 *
 * <p>What it throws when they lead it out of its tables becomes an {@link IOException}; and it is not asked again once it failed, since
 * it may then be in no state to answer: what follows an error is that error.
 */
final class GuardedInputStream extends FilterInputStream {

    /** Makes a decoder, which may read its first bytes then. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    private @Nullable IOException failure;

    private GuardedInputStream(InputStream decoder) {
        super(decoder);
    }

    static InputStream of(Opening opening) throws IOException {
        try {
            return new GuardedInputStream(opening.open());
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw damaged(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        try {
            return in.read(target, offset, length);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            failure = damaged(e);
            throw failure;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        byte[] scratch = new byte[1 << 13];
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

    private static IOException damaged(RuntimeException e) {
        return new IOException("damaged compressed data: " + e.getMessage(), e);
    }
}
