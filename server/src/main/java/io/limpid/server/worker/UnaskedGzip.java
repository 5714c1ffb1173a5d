package io.limpid.server.worker;

import io.limpid.format.BlockInputStream;
import io.limpid.format.compress.Compression;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A body without the gzip that a server put around it though nobody had asked for it.
 *
 * <p>It is looked at when it is read: one that is no gzip is a damaged layer, and not one that was not found. A body without a byte has none in it.
 */
final class UnaskedGzip extends BlockInputStream {
    private final PushbackInputStream body;
    private final Limits limits;
    private @Nullable InputStream plain;

    UnaskedGzip(InputStream body, Limits limits) {
        this.body = new PushbackInputStream(body, 1);
        this.limits = limits;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        InputStream decoded = plain;
        if (decoded == null) {
            int first = body.read();
            if (first < 0) {
                return -1;
            }
            body.unread(first);
            decoded = Compression.GZIP.open(body, limits);
            plain = decoded;
        }
        return decoded.read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
        InputStream decoded = plain;
        // A decoder closes what it reads.
        (decoded == null ? body : decoded).close();
    }
}
