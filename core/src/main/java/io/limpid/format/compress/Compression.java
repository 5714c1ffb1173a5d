package io.limpid.format.compress;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.tukaani.xz.XZInputStream;

/** How bytes are compressed, told by their first bytes and never by a name or media type. */
public enum Compression {
    NONE,
    GZIP,
    ZSTD,
    XZ,
    BZIP2;

    /** How many bytes {@link #of} wants to see; fewer are there only when there are no more. */
    public static final int MAGIC_BYTES = 6;

    private static final byte[] XZ_MAGIC = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int ZSTD_MAGIC = 0xfd2fb528;
    private static final int ZSTD_SKIPPABLE = 0x184d2a50;
    private static final int ZSTD_SKIPPABLE_MASK = 0xfffffff0;

    /** The compression of bytes that begin so. */
    public static Compression of(byte[] first) {
        if (first.length >= 2 && (first[0] & 0xff) == 0x1f && (first[1] & 0xff) == 0x8b) {
            return GZIP;
        }
        if (first.length >= 4) {
            int word = (first[0] & 0xff) | (first[1] & 0xff) << 8 | (first[2] & 0xff) << 16 | first[3] << 24;
            if (word == ZSTD_MAGIC || (word & ZSTD_SKIPPABLE_MASK) == ZSTD_SKIPPABLE) {
                return ZSTD;
            }
            if (first[0] == 'B' && first[1] == 'Z' && first[2] == 'h' && first[3] >= '1' && first[3] <= '9') {
                return BZIP2;
            }
        }
        if (first.length >= MAGIC_BYTES && Arrays.equals(Arrays.copyOf(first, MAGIC_BYTES), XZ_MAGIC)) {
            return XZ;
        }
        return NONE;
    }

    /**
     * The plain bytes of a compressed stream, all its members and frames one after the other.
     *
     * <p>Damaged or cut bytes end in an {@link IOException}, never in an early end. Closing closes {@code in}.
     *
     * @param in from the first compressed byte on
     * @param limits bounds the decoder's memory
     */
    public InputStream open(InputStream in, Limits limits) throws IOException {
        return this == NONE ? in : GuardedInputStream.of(() -> decoder(in, limits));
    }

    private InputStream decoder(InputStream in, Limits limits) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new GunzipInputStream(in);
            case ZSTD -> zstd(in, limits);
            case XZ -> new XZInputStream(in, limits.decoderBytes() >> 10);
            case BZIP2 -> new BunzipInputStream(in);
        };
    }

    private static InputStream zstd(InputStream in, Limits limits) throws IOException {
        ZstdInputStreamNoFinalizer frames = new ZstdInputStreamNoFinalizer(in);
        // The largest window is a power of two.
        frames.setLongMax(31 - Integer.numberOfLeadingZeros(limits.decoderBytes()));
        return frames;
    }
}
