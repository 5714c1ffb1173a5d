package io.limpid.layer;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends in an error once more bytes have passed than a layer may have. */
final class BoundedInputStream extends FilterInputStream {
    private final long bound;
    private long passed;

    BoundedInputStream(InputStream in, long bound) {
        super(in);
        this.bound = bound;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = in.skip(bytes);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) throws LimpidException {
        passed += bytes;
        if (passed > bound) {
            throw new LimpidException(
                    ErrorCode.LIMIT, "it has more than " + bound + " bytes (limit layer-bytes)", null, null);
        }
    }
}
