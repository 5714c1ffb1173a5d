package io.limpid.layer;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Layer;
import io.limpid.model.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer of any bytes is contents and problems; see docs/fuzzing.md. */
class LayerReaderFuzzTest {
    /** Small, so that what is kept of a bomb stays small too. */
    private static final Limits LIMITS = new Limits(
            1 << 24, 20, 1000, 1 << 16, 1 << 16, 50, 4, 100, 1 << 24, 10_000, 1 << 16, 4096, 1 << 20, 1 << 21, 1000,
            1 << 12, 10, 40, 8, 50, 1 << 23, 1 << 20, 1 << 22, 1000, 1 << 16);

    private static final PathQuery QUERY =
            PathQuery.ofFiles(List.of("etc/os-release", "var/lib/dpkg/status", "var/lib/dpkg/status.d/*", "a"));

    private static final class Bytes implements Blob {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public @Nullable FilePlace place() {
            return null;
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyLayer(byte[] bytes) {
        LayerContents contents = read(bytes);
        if (contents.diffId() == null && contents.problems().isEmpty()) {
            throw new AssertionError("a layer that was not read to its end, without a word");
        }
        if (contents.entries().size() > LIMITS.wantedEntries()) {
            throw new AssertionError("more than the limits allow");
        }
    }

    private static LayerContents read(byte[] bytes) {
        try {
            return new LayerReader(LIMITS, true)
                    .read(new Layer(0, null, null, null, bytes.length, new Bytes(bytes)), QUERY);
        } catch (IOException e) {
            throw new UncheckedIOException("damage is a problem of the result", e);
        }
    }
}
