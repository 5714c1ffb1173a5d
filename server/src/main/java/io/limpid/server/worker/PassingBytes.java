package io.limpid.server.worker;

import io.limpid.format.BlockInputStream;
import io.limpid.image.Sha256;
import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Bytes that are counted as they pass, in time, and hashed where that is wanted. */
final class PassingBytes extends BlockInputStream {
    private final InputStream in;
    private final long most;
    private final WorkDeadline deadline;
    private final @Nullable Sha256 sha;
    private long passed;

    /**
     * @param most how many may pass
     * @param hashed whether their digest is wanted: else those that are skipped need not be read
     */
    PassingBytes(InputStream in, long most, WorkDeadline deadline, boolean hashed) {
        this.in = in;
        this.most = most;
        this.deadline = deadline;
        this.sha = hashed ? new Sha256() : null;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        deadline.check();
        int read = in.read(target, offset, length);
        if (read > 0) {
            count(read);
            if (sha != null) {
                sha.update(target, offset, read);
            }
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        if (sha != null) {
            return super.skip(bytes);
        }
        deadline.check();
        long skipped = 0;
        // In pieces, so that the deadline is looked at.
        while (skipped < bytes) {
            long piece = in.skip(Math.min(bytes - skipped, 1 << 20));
            if (piece <= 0) {
                break;
            }
            count(piece);
            skipped += piece;
            deadline.check();
        }
        return skipped;
    }

    /** Lets all the others pass too, and gives the digest of everything. */
    @Nullable
    Digest digest() throws IOException {
        if (sha == null) {
            return null;
        }
        skip(Long.MAX_VALUE);
        return sha.digest();
    }

    private void count(long bytes) throws LimpidException {
        passed += bytes;
        if (passed > most) {
            throw new LimpidException(
                    ErrorCode.LIMIT, "the layer has more than " + most + " bytes (limit layer-bytes)", null, null);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
