package io.limpid.format.compress;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.format.tar.DripStream;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Any bytes inflate or end in an {@link IOException}; see docs/fuzzing.md. */
class CompressionFuzzTest {
    private static final int MAX_PLAIN = 1 << 20;

    @FuzzTest(maxDuration = "60s")
    void gzip(byte[] bytes) {
        inflate(Compression.GZIP, bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void zstd(byte[] bytes) {
        inflate(Compression.ZSTD, bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void xz(byte[] bytes) {
        inflate(Compression.XZ, bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void bzip2(byte[] bytes) {
        inflate(Compression.BZIP2, bytes);
    }

    /** What both decoders have no fault to find with is the same to both; each refuses some that the other one takes. */
    @FuzzTest(maxDuration = "60s")
    void bzip2LikeOthers(byte[] bytes) {
        byte[] ours;
        byte[] theirs;
        try (InputStream one = Compression.BZIP2.open(new ByteArrayInputStream(bytes), Limits.DEFAULT);
                InputStream other = new BZip2CompressorInputStream(new ByteArrayInputStream(bytes), true)) {
            ours = one.readNBytes(MAX_PLAIN);
            theirs = other.readNBytes(MAX_PLAIN);
        } catch (IOException | RuntimeException _) {
            return;
        }
        if (!Arrays.equals(ours, theirs)) {
            throw new AssertionError("other bytes than others make of it");
        }
    }

    private static void inflate(Compression compression, byte[] bytes) {
        byte[] whole = plain(compression, new ByteArrayInputStream(bytes));
        byte[] dripping = plain(compression, new DripStream(bytes, bytes.length));
        if (!Arrays.equals(whole, dripping)) {
            throw new AssertionError("it matters how the bytes come");
        }
    }

    /** What comes before the end, the bound or an error; with a last byte that says which. */
    private static byte[] plain(Compression compression, InputStream in) {
        byte[] plain = {};
        try (InputStream out = compression.open(in, Limits.DEFAULT)) {
            plain = out.readNBytes(MAX_PLAIN);
            return Arrays.copyOf(plain, plain.length + 1);
        } catch (IOException _) {
            return new byte[] {1};
        }
    }
}
