package io.limpid.bench;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.limpid.format.compress.Compression;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decompression of 8 MB, an Alpine image: as layers are read, and by the library alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecompressBench {
    private static final int WINDOW = 1 << 16;
    private static final int ZSTD_LEVEL = 3;

    @Param({"gzip", "zstd"})
    private String format = "";

    private final byte[] buffer = new byte[WINDOW];
    private Compression compression = Compression.NONE;
    private byte[] packed = {};

    @Setup
    public void pack() throws IOException {
        compression = Compression.valueOf(format.toUpperCase(Locale.ROOT));
        byte[] plain = Files.readAllBytes(Given.alpine());
        packed = compression == Compression.ZSTD ? Zstd.compress(plain, ZSTD_LEVEL) : gzip(plain);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out, WINDOW)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }

    /** As a layer is read. */
    @Benchmark
    public long limpid() throws IOException {
        try (InputStream in = compression.open(new ByteArrayInputStream(packed), Limits.DEFAULT)) {
            return drain(in);
        }
    }

    /** By the stream of the library that does it. */
    @Benchmark
    public long library() throws IOException {
        InputStream bytes = new ByteArrayInputStream(packed);
        try (InputStream in = compression == Compression.ZSTD
                ? new ZstdInputStreamNoFinalizer(bytes)
                : new GZIPInputStream(bytes, WINDOW)) {
            return drain(in);
        }
    }

    private long drain(InputStream in) throws IOException {
        long count = 0;
        for (int read = in.read(buffer, 0, WINDOW); read >= 0; read = in.read(buffer, 0, WINDOW)) {
            count += read;
        }
        return count;
    }
}
