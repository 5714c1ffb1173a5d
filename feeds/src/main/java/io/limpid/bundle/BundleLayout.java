package io.limpid.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a bundle is besides its members: a beginning, and an end with the manifest and its signature.
 *
 * <p>Both are frames that a zstd decoder skips (RFC 8878, 3.1.2), and each member is a frame: {@code zstd -dc} gives the snapshot files one after the other.
 */
final class BundleLayout {
    /** Raised with every change that a reader of the form before would not understand. */
    static final int VERSION = 1;

    static final byte[] MAGIC = "limpid-bundle\n".getBytes(StandardCharsets.US_ASCII);

    /** Lengths of manifest and signature, version, magic. */
    static final int TRAILER_BYTES = 3 * Integer.BYTES + MAGIC.length;

    static final int FRAME_BYTES = 2 * Integer.BYTES;
    static final int HEAD_BYTES = FRAME_BYTES + MAGIC.length + Integer.BYTES;

    /** Of an unsigned bundle its SHA-256 is there, against accidents. */
    static final int UNSIGNED_BYTES = 32;

    static final int SIGNED_BYTES = VerifyingKey.BYTES + VerifyingKey.SIGNATURE_BYTES;

    private static final int HEAD_FRAME = 0x184d2a50;
    private static final int TAIL_FRAME = 0x184d2a51;

    private BundleLayout() {}

    static byte[] head(int version) {
        ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
        frame(head, HEAD_FRAME);
        return head.put(MAGIC).putInt(version).array();
    }

    /** The bytes that are signed: a signature of anything else is never one of a manifest. */
    static byte[] message(byte[] manifest) {
        return ByteBuffer.allocate(MAGIC.length + Integer.BYTES + manifest.length)
                .put(MAGIC)
                .putInt(VERSION)
                .put(manifest)
                .array();
    }

    static byte[] tail(byte[] manifest, byte[] signature) {
        ByteBuffer tail = ByteBuffer.allocate(FRAME_BYTES + manifest.length + signature.length + TRAILER_BYTES);
        frame(tail, TAIL_FRAME);
        tail.put(manifest).put(signature);
        return tail.putInt(manifest.length)
                .putInt(signature.length)
                .putInt(VERSION)
                .put(MAGIC)
                .array();
    }

    /** The two numbers of a frame that is skipped are little-endian. */
    private static void frame(ByteBuffer frame, int magic) {
        frame.order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(magic).putInt(frame.capacity() - FRAME_BYTES);
        frame.order(ByteOrder.BIG_ENDIAN);
    }

    /** The version that a file says it has, by its first bytes; -1 when it is no bundle. */
    static int version(byte[] head) {
        int version = head.length < HEAD_BYTES ? -1 : ByteBuffer.wrap(head).getInt(HEAD_BYTES - Integer.BYTES);
        return Arrays.equals(head, head(version)) ? version : -1;
    }

    /** Whether bytes, fewer than a beginning has, are those that a bundle begins with. */
    static boolean beginsSo(byte[] first) {
        return first.length < HEAD_BYTES && Arrays.equals(first, Arrays.copyOf(head(VERSION), first.length));
    }
}
