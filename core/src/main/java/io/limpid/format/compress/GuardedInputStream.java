package io.limpid.format.compress;

import io.limpid.format.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a decoder keep to its contract on damaged data.
 *
 * <p>What it throws when they lead it out of its tables becomes an {@link IOException}; and it is not asked again once it failed, since
 * it may then be in no state to answer: what follows an error is that error.
 */
final class GuardedInputStream extends BlockInputStream {

    /** Makes a decoder, which may read its first bytes then. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    private final InputStream decoder;
    private @Nullable IOException failure;

    private GuardedInputStream(InputStream decoder) {
        this.decoder = decoder;
    }

    static InputStream of(Opening opening) throws IOException {
        try {
            return new GuardedInputStream(opening.open());
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw damaged(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        try {
            return decoder.read(target, offset, length);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            failure = damaged(e);
            throw failure;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        decoder.close();
    }

    private static IOException damaged(RuntimeException e) {
        return new IOException("damaged compressed data: " + e.getMessage(), e);
    }
}
