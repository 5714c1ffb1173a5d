package io.limpid.bench;

import io.limpid.detect.Detectors;
import io.limpid.format.tar.TarReader;
import io.limpid.image.ArchiveSource;
import io.limpid.image.Blob;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.Layer;
import io.limpid.layer.LayerContents;
import io.limpid.layer.LayerReader;
import io.limpid.layer.PathQuery;
import io.limpid.model.Limits;
import io.limpid.model.Wanted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A walk over the layer of a Debian image: its headers alone, and with all that a scan does on the way. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TarWalkBench {
    private static final int MEMORY_WINDOW = 1 << 16;
    private static final int FILE_WINDOW = 1 << 12;

    private @Nullable Image image;
    private byte[] tar = {};
    private PathQuery query = PathQuery.of(List.of());

    @Setup
    public void open() throws IOException {
        Image opened =
                new ArchiveSource().open("", new ImageRequest(Given.debian().toString(), null, null, Limits.DEFAULT));
        image = opened;
        try (InputStream in = blob().open()) {
            tar = in.readAllBytes();
        }
        List<Wanted> wishes = Detectors.all(Limits.DEFAULT).stream()
                .flatMap(detector -> detector.wants().stream())
                .toList();
        query = PathQuery.of(wishes);
    }

    @TearDown
    public void close() throws IOException {
        Objects.requireNonNull(image).close();
    }

    /** Headers only, the bytes in memory. */
    @Benchmark
    public int headersInMemory() throws IOException {
        return walk(new ByteArrayInputStream(tar), MEMORY_WINDOW);
    }

    /** Headers only, the bytes in a file. */
    @Benchmark
    public int headersInFile() throws IOException {
        try (InputStream in = blob().open()) {
            return walk(in, FILE_WINDOW);
        }
    }

    /** As a scan reads the layer: names looked at, wanted files read. */
    @Benchmark
    public LayerContents layer() throws IOException {
        return new LayerReader(Limits.DEFAULT, false).read(firstLayer(), query);
    }

    private static int walk(InputStream in, int window) throws IOException {
        TarReader reader = new TarReader(in, Limits.DEFAULT, window);
        int entries = 0;
        while (reader.next() != null) {
            entries++;
        }
        return entries;
    }

    private Layer firstLayer() {
        return Objects.requireNonNull(image).layers().getFirst();
    }

    private Blob blob() {
        return Objects.requireNonNull(firstLayer().blob());
    }
}
