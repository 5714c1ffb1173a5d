package io.limpid.facts;

import static io.limpid.facts.SomeImages.image;
import static io.limpid.facts.SomeImages.layer;
import static io.limpid.facts.SomeImages.place;
import static io.limpid.facts.SomeImages.tar;
import static io.limpid.facts.SomeImages.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.facts.SomeImages.Counting;
import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Image;
import io.limpid.image.Layer;
import io.limpid.image.Sha256;
import io.limpid.layer.LayerReader;
import io.limpid.model.Detection;
import io.limpid.model.Digest;
import io.limpid.model.EvidenceRequest;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.testing.ImageMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is known of a registry's blob by its digest, and that nothing else is. */
class AddressedFactsTest {
    private static final byte[] GOOD = tar("good");
    private static final byte[] EVIL = tar("evil");

    private final FactsInMemory store = new FactsInMemory();
    private final Counting detector = new Counting();
    private final LayerScan scan = new LayerScan(new LayerReader(Limits.DEFAULT, false), List.of(detector), store, "1");

    /** What a registry gives to who asks for a digest: not always what it should. */
    private static final class Addressed implements Blob {
        private final Digest address;
        private final byte[] bytes;
        private int opened;

        Addressed(Digest address, byte[] bytes) {
            this.address = address;
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            opened++;
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public @Nullable FilePlace place() {
            return null;
        }

        @Override
        public boolean isForwardOnly() {
            return false;
        }

        @Override
        public Digest address() {
            return address;
        }

        @Override
        public String host() {
            return "registry.example";
        }
    }

    private static Addressed of(byte[] bytes) {
        return new Addressed(Sha256.of(bytes), bytes);
    }

    private List<String> scan(Blob blob, @Nullable Digest digest, Digest diffId) throws IOException {
        Layer layer = layer(0, blob, digest, diffId);
        try (Image image = image(layer)) {
            return told(scan.facts(image, Set.of(), _ -> {}));
        }
    }

    @Test
    void aBlobThatIsKnownIsNotFetched() throws IOException {
        for (byte[] stored : List.of(ImageMaker.gzip(GOOD), GOOD)) {
            Addressed first = of(stored);
            List<String> cold = scan(first, first.address, Sha256.of(GOOD));
            assertThat(cold).containsExactly("good verified");
            Addressed again = of(stored);
            assertThat(scan(again, again.address, Sha256.of(GOOD))).isEqualTo(cold);
            assertThat(again.opened).isZero();
        }
    }

    @Test
    void anImagesOwnClaimsAreWorkedOutAnew() throws IOException {
        Addressed blob = of(ImageMaker.gzip(GOOD));
        scan(blob, blob.address, Sha256.of(GOOD));
        assertThat(scan(of(ImageMaker.gzip(GOOD)), blob.address, Sha256.of(EVIL)))
                .singleElement()
                .asString()
                .startsWith("good problem in 0: its uncompressed bytes")
                .endsWith("not verified");
    }

    @Test
    void nothingIsPlanted() throws IOException {
        byte[] good = ImageMaker.gzip(GOOD);
        Digest digest = Sha256.of(good);
        // A registry that lies is refused, and nothing of what it sent is kept under the digest that was asked for.
        Addressed lie = new Addressed(digest, ImageMaker.gzip(EVIL));
        LimpidException error = catchThrowableOfType(LimpidException.class, () -> scan(lie, digest, Sha256.of(EVIL)));
        assertThat(error.getMessage()).contains("registry.example sent bytes with the digest");
        assertThat(store.size()).isZero();
        // Nor does an archive that claims a digest which is known get the facts of others' bytes.
        scan(of(good), digest, Sha256.of(GOOD));
        MemoryBlob claims = new MemoryBlob(ImageMaker.gzip(EVIL), place(1));
        error = catchThrowableOfType(LimpidException.class, () -> scan(claims, digest, Sha256.of(GOOD)));
        assertThat(error.getMessage()).contains("should have the digest");
    }

    @Test
    void answersAreKeptByTheDigestToo() throws IOException {
        byte[] good = ImageMaker.gzip(GOOD);
        String path = "var/lib/dpkg/status";
        EvidenceRequest request =
                new EvidenceRequest(detector.id().name(), List.of(new EvidenceRequest.Content(0, path, path)));
        Addressed first = of(good);
        Map<EvidenceRequest, Detection> cold = answers(first, request);
        assertThat(first.opened).isEqualTo(1);
        assertThat(cold.get(request)).isNotNull();
        Addressed again = of(good);
        assertThat(answers(again, request)).isEqualTo(cold);
        assertThat(again.opened).isZero();
        // What comes now is not what was read before.
        Addressed lie = new Addressed(Sha256.of(ImageMaker.gzip(EVIL)), good);
        assertThat(catchThrowableOfType(LimpidException.class, () -> answers(lie, request)))
                .hasMessageContaining("registry.example sent");
    }

    private Map<EvidenceRequest, Detection> answers(Addressed blob, EvidenceRequest request) throws IOException {
        try (Image image = image(layer(0, blob, blob.address, Sha256.of(GOOD)))) {
            return scan.answers(image, Set.of(request));
        }
    }
}
