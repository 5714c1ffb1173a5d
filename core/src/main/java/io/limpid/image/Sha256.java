package io.limpid.image;

import io.limpid.model.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 digests (FIPS 180-4) as they name blobs. */
public final class Sha256 {
    private static final int BLOCK = 64;
    /** So many bytes are hashed by the interpreter before it would have taken as long as to make the fast code. */
    private static final int SMALL = 256 * BLOCK;

    private final MessageDigest state = sha256();
    private int small;

    private static volatile boolean fastCodeIsMade;

    /** Makes the fast code, once in a process, which takes some milliseconds. */
    private static final class FastCode {
        /** More calls than the virtual machine needs to see, as the launcher starts it. */
        private static final int WARMING_CALLS = 24;

        static {
            // Until then each call runs hundreds of times slower; so the first ones are small.
            MessageDigest sha = sha256();
            byte[] block = new byte[BLOCK];
            for (int i = 0; i < WARMING_CALLS; i++) {
                sha.update(block, 0, BLOCK);
            }
            fastCodeIsMade = true;
        }

        private FastCode() {}

        static void update(MessageDigest state, byte[] bytes, int offset, int length) {
            state.update(bytes, offset, length);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    public void update(byte[] bytes, int offset, int length) {
        if (fastCodeIsMade || length > SMALL - small) {
            FastCode.update(state, bytes, offset, length);
            return;
        }
        small += length;
        // In less than blocks, since whole blocks ask for the fast code.
        for (int done = 0; done < length; done += BLOCK / 2) {
            state.update(bytes, offset + done, Math.min(BLOCK / 2, length - done));
        }
    }

    /** The digest of all bytes so far; the next one starts anew. */
    public Digest digest() {
        small = 0;
        return new Digest(HexFormat.of().formatHex(state.digest()));
    }

    public static Digest of(byte[] bytes) {
        Sha256 sha = new Sha256();
        sha.update(bytes, 0, bytes.length);
        return sha.digest();
    }
}
