package io.limpid.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The end of a bundle, of which nothing is believed yet but its form. */
final class BundleTail {
    private final long offset;
    private final byte[] manifest;
    private final byte[] signature;

    private BundleTail(long offset, byte[] manifest, byte[] signature) {
        this.offset = offset;
        this.manifest = manifest;
        this.signature = signature;
    }

    /** Where it begins. */
    long offset() {
        return offset;
    }

    /** The JSON that is signed. */
    byte[] manifest() {
        return manifest.clone();
    }

    static BundleTail read(FileChannel channel) throws IOException {
        long size = channel.size();
        byte[] head = bytes(channel, 0, (int) Math.min(size, BundleLayout.HEAD_BYTES));
        int version = BundleLayout.version(head);
        if (size == 0) {
            throw new BundleFlaw("it is empty");
        }
        if (BundleLayout.beginsSo(head)) {
            throw new BundleFlaw("it was cut: it has only " + size + " bytes");
        }
        if (version < 0) {
            throw new BundleFlaw("it does not begin as a bundle does");
        }
        if (version > BundleLayout.VERSION) {
            throw new OtherFormat(version);
        }
        long room = size - BundleLayout.HEAD_BYTES - BundleLayout.FRAME_BYTES - BundleLayout.TRAILER_BYTES;
        if (room < 0) {
            throw new BundleFlaw("it was cut: it has only " + size + " bytes");
        }
        ByteBuffer trailer =
                ByteBuffer.wrap(bytes(channel, size - BundleLayout.TRAILER_BYTES, BundleLayout.TRAILER_BYTES));
        long manifest = trailer.getInt();
        long signature = trailer.getInt();
        int again = trailer.getInt();
        if (!Arrays.equals(
                trailer.array(),
                trailer.position(),
                trailer.capacity(),
                BundleLayout.MAGIC,
                0,
                BundleLayout.MAGIC.length)) {
            throw new BundleFlaw("it was cut, or something was added: it does not end as a bundle does");
        }
        boolean known = signature == BundleLayout.SIGNED_BYTES || signature == BundleLayout.UNSIGNED_BYTES;
        if (again != version
                || !known
                || manifest < 0
                || manifest > BundleManifest.MOST_BYTES
                || manifest + signature > room) {
            throw new BundleFlaw("its last bytes make no sense");
        }
        int length = (int) (BundleLayout.FRAME_BYTES + manifest + signature + BundleLayout.TRAILER_BYTES);
        byte[] tail = bytes(channel, size - length, length);
        byte[] text = Arrays.copyOfRange(tail, BundleLayout.FRAME_BYTES, BundleLayout.FRAME_BYTES + (int) manifest);
        byte[] signed = Arrays.copyOfRange(
                tail, BundleLayout.FRAME_BYTES + (int) manifest, length - BundleLayout.TRAILER_BYTES);
        if (version != BundleLayout.VERSION || !Arrays.equals(tail, BundleLayout.tail(text, signed))) {
            throw new BundleFlaw("the frame around its manifest makes no sense");
        }
        return new BundleTail(size - length, text, signed);
    }

    private static byte[] bytes(FileChannel channel, long offset, int length) throws IOException {
        try (InputStream in = new ChannelSlice(channel, offset, length)) {
            return in.readNBytes(length);
        }
    }

    /** Who is said to have signed it, null when nobody is. */
    @Nullable
    VerifyingKey signer() {
        return signature.length == BundleLayout.SIGNED_BYTES
                ? VerifyingKey.of(Arrays.copyOf(signature, VerifyingKey.BYTES))
                : null;
    }

    /** Compares the manifest with its signature, or with its checksum where there is none. */
    void verify() throws BundleFlaw {
        VerifyingKey signer = signer();
        byte[] message = BundleLayout.message(manifest);
        boolean right = signer == null
                ? Arrays.equals(signature, Digesting.sha256().digest(message))
                : signer.hasSigned(message, Arrays.copyOfRange(signature, VerifyingKey.BYTES, signature.length));
        if (!right) {
            throw new BundleFlaw(
                    signer == null
                            ? "its manifest does not have the checksum "
                                    + HexFormat.of().formatHex(signature)
                            : "the signature is not one of its manifest: it was altered after it was signed");
        }
    }

    /** The bundle is of a format that came after this program. */
    static final class OtherFormat extends IOException {
        private static final long serialVersionUID = 1L;

        OtherFormat(int version) {
            super("it is of format " + version + ", and this program reads format " + BundleLayout.VERSION);
        }
    }
}
