package io.limpid.image;

import io.limpid.model.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 digests (FIPS 180-4) as they name blobs. */
public final class Sha256 {
    private static final int BLOCK = 64;
    /** More calls than the virtual machine needs to see, as the launcher starts it, before it makes the fast code. */
    private static final int WARMING_CALLS = 24;

    static {
        // Until then each call runs hundreds of times slower; so the first ones are small.
        MessageDigest sha = sha256();
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < WARMING_CALLS; i++) {
            sha.update(block, 0, BLOCK);
        }
    }

    private final MessageDigest state = sha256();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    public void update(byte[] bytes, int offset, int length) {
        state.update(bytes, offset, length);
    }

    /** The digest of all bytes so far; the next one starts anew. */
    public Digest digest() {
        return new Digest(HexFormat.of().formatHex(state.digest()));
    }

    public static Digest of(byte[] bytes) {
        Sha256 sha = new Sha256();
        sha.update(bytes, 0, bytes.length);
        return sha.digest();
    }
}
