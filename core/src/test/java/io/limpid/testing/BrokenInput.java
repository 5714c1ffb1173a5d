package io.limpid.testing;

import java.io.IOException;
import java.io.InputStream;

/** A stream that cannot be read. */
public final class BrokenInput extends InputStream {
    private final IOException failure;

    public BrokenInput(IOException failure) {
        this.failure = failure;
    }

    @Override
    public int read() throws IOException {
        throw failure;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        throw failure;
    }
}
