package io.limpid.format.compress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Turns what a decoder throws when damaged data lead it out of its tables into an {@link IOException}. */
final class GuardedInputStream extends FilterInputStream {

    /** Makes a decoder, which may read its first bytes then. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

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
        try {
            return in.read(target, offset, length);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw damaged(e);
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        try {
            return in.skip(bytes);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw damaged(e);
        }
    }

    private static IOException damaged(RuntimeException e) {
        return new IOException("damaged compressed data: " + e.getMessage(), e);
    }
}
