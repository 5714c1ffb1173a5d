package io.limpid.layer;

import io.limpid.image.Sha256;
import io.limpid.model.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Computes the digest of all that passes; what is skipped passes too. */
final class HashingInputStream extends FilterInputStream {
    private final Sha256 sha = new Sha256();
    private final byte[] scratch = new byte[1 << 16];

    HashingInputStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read > 0) {
            sha.update(target, offset, read);
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            int read = read(scratch, 0, (int) Math.min(scratch.length, left));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return bytes - left;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads to the end, and gives the digest of everything. */
    Digest digestOfAll() throws IOException {
        while (skip(Long.MAX_VALUE) == Long.MAX_VALUE) {
            // Nobody has that many bytes.
        }
        return sha.digest();
    }
}
