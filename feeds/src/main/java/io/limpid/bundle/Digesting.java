package io.limpid.bundle;

import io.limpid.model.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes what is written through it. */
final class Digesting extends FilterOutputStream {
    private final MessageDigest digest = sha256();
    private long bytes;

    Digesting(OutputStream out) {
        super(out);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        digest.update(buffer, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** The digest of all that was written; asked for once. */
    Digest digest() {
        return new Digest(HexFormat.of().formatHex(digest.digest()));
    }

    /** What it writes to belongs to another. */
    @Override
    public void close() throws IOException {
        flush();
    }
}
