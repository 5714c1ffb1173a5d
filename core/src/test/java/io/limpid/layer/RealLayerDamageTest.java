package io.limpid.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.image.ArchiveSource;
import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Image;
import io.limpid.image.ImageRequest;
import io.limpid.image.Layer;
import io.limpid.model.Digest;
import io.limpid.model.Limits;
import io.limpid.testing.Shared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A real layer, compressed as a registry has it, cut or with a bit changed: whatever is read of it, it is never called whole and right. */
class RealLayerDamageTest {
    private static final String IMAGE = "images/images/real-containerd-gz-layers-alpine.tar";
    private static final int BLOCK = 4096;
    /** Each takes as long as to inflate a part of the layer: a prime, so that other places are met than multiples of a power of two. */
    private static final int EACH = 13;

    private static final int FLIPS = 100;

    private record Stored(InputStream stream, long size) implements Blob {
        @Override
        public InputStream open() {
            return stream;
        }

        @Override
        public @Nullable FilePlace place() {
            return null;
        }
    }

    @Test
    void neverWholeAndRight() throws IOException {
        String location = Shared.require(IMAGE).toString();
        try (Image image = new ArchiveSource().open("", new ImageRequest(location, null, null, Limits.DEFAULT))) {
            Layer layer = image.layers().getFirst();
            byte[] stored;
            try (InputStream in = Objects.requireNonNull(layer.blob()).open()) {
                stored = in.readAllBytes();
            }
            Digest diffId = layer.diffId();
            assertThat(isWholeAndRight(stored, diffId)).isTrue();
            int cuts = 0;
            for (int length = 0; length < stored.length; length += EACH * BLOCK) {
                assertThat(isWholeAndRight(Arrays.copyOf(stored, length), diffId))
                        .as("cut at %d", length)
                        .isFalse();
                cuts++;
            }
            assertThat(cuts).isGreaterThan(20);
            Random random = new Random(1);
            for (int i = 0; i < FLIPS; i++) {
                byte[] changed = stored.clone();
                int at = random.nextInt(stored.length);
                changed[at] ^= (byte) (1 << random.nextInt(8));
                assertThat(isWholeAndRight(changed, diffId))
                        .as("another bit in byte %d", at)
                        .isFalse();
            }
        }
    }

    private static boolean isWholeAndRight(byte[] stored, @Nullable Digest diffId) throws IOException {
        Stored blob = new Stored(new ByteArrayInputStream(stored), stored.length);
        Layer layer = new Layer(0, diffId, null, null, stored.length, blob);
        LayerContents contents =
                new LayerReader(Limits.DEFAULT, true).read(layer, PathQuery.ofFiles(List.of("lib/apk/db/installed")));
        return contents.whole()
                && contents.problems().isEmpty()
                && LayerCheck.of(layer, contents.blobDigest(), contents.diffId())
                        .right();
    }
}
