package io.limpid.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Layer;
import io.limpid.image.Sha256;
import io.limpid.model.Digest;
import io.limpid.model.LayerEntry;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.Wanted;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.SomeLimits;
import io.limpid.testing.TarMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LayerReaderTest {
    private static final PathQuery QUERY = PathQuery.of(List.of(
            Wanted.file("etc/os-release"), Wanted.file("var/lib/dpkg/status"), Wanted.file("var/lib/dpkg/status.d/*")));
    private static final byte[] TAR = new TarMaker()
            .directory("etc")
            .file("etc/os-release", "ID=debian\n")
            .file("etc/passwd", "root:x:0:0")
            .file("usr/bin/large", new byte[50_000])
            .file("./var/lib/dpkg/status", "Package: bash\n")
            .file("/var//lib/./dpkg/status.d/base", "Package: base\n")
            .file("var/lib/dpkg/status.d/sub/folder", "too deep")
            .bytes();

    /** A blob in memory that, like one in a file, may be skipped through. */
    private static final class MemoryBlob implements Blob {
        private final byte[] bytes;
        private final boolean placed;

        MemoryBlob(byte[] bytes, boolean placed) {
            this.bytes = bytes;
            this.placed = placed;
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
            return placed ? new FilePlace("key", bytes.length, 0, 0, 0) : null;
        }
    }

    private static Layer layer(byte[] stored, @Nullable Digest digest, @Nullable Digest diffId) {
        return new Layer(3, diffId, digest, null, stored.length, new MemoryBlob(stored, false));
    }

    private static LayerContents read(Layer layer) throws IOException {
        return new LayerReader(Limits.DEFAULT, false).read(layer, QUERY);
    }

    private static boolean verified(Layer layer, LayerContents contents) throws IOException {
        return contents.whole()
                && LayerCheck.of(layer, contents.blobDigest(), contents.diffId())
                        .right();
    }

    /** Whether something is said of the bytes or of what is claimed of them. */
    private static boolean said(Layer layer, LayerContents contents) throws IOException {
        return !contents.problems().isEmpty()
                || LayerCheck.of(layer, contents.blobDigest(), contents.diffId())
                                .problem()
                        != null;
    }

    private static List<String> texts(LayerContents contents) {
        return contents.files().all().stream()
                .map(file -> file.path() + ": " + new String(file.content(), UTF_8).strip())
                .toList();
    }

    @Test
    void wantedFilesWhateverTheCompression() throws IOException {
        Digest diffId = Sha256.of(TAR);
        for (byte[] stored : List.of(TAR, ImageMaker.gzip(TAR), Zstd.compress(TAR))) {
            Layer layer = layer(stored, Sha256.of(stored), diffId);
            LayerContents contents = read(layer);
            assertThat(texts(contents))
                    .containsExactly(
                            "etc/os-release: ID=debian",
                            "var/lib/dpkg/status: Package: bash",
                            "var/lib/dpkg/status.d/base: Package: base");
            assertThat(contents.problems()).isEmpty();
            assertThat(verified(layer, contents)).isTrue();
            assertThat(contents.lasting()).isTrue();
            assertThat(contents.diffId()).isEqualTo(diffId);
            assertThat(contents.entries())
                    .contains(new LayerEntry.Folder("etc"))
                    .hasSize(4);
        }
    }

    @Test
    void anotherDigestIsRefused() {
        for (byte[] stored : List.of(TAR, ImageMaker.gzip(TAR))) {
            Layer layer = layer(stored, Sha256.of(new byte[1]), Sha256.of(TAR));
            assertThatThrownBy(() -> verified(layer, read(layer)))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining(Sha256.of(stored).toString());
        }
    }

    @Test
    void anotherDiffIdIsAProblem() throws IOException {
        for (byte[] stored : List.of(TAR, ImageMaker.gzip(TAR))) {
            Layer layer = layer(stored, Sha256.of(stored), Sha256.of(new byte[1]));
            LayerContents contents = read(layer);
            assertThat(contents.problems()).isEmpty();
            assertThat(said(layer, contents)).isTrue();
            assertThat(verified(layer, contents)).isFalse();
            assertThat(texts(contents)).hasSize(3);
        }
    }

    /** A layer cut anywhere, with all claims of the whole one, is never taken for whole. */
    @Test
    void cutLayersAreNeverComplete() throws IOException {
        Digest diffId = Sha256.of(TAR);
        for (byte[] stored : List.of(TAR, ImageMaker.gzip(TAR), Zstd.compress(TAR))) {
            for (int length = 0; length < stored.length; length += 1 + stored.length / 200) {
                Layer layer = layer(Arrays.copyOf(stored, length), null, diffId);
                LayerContents contents = read(layer);
                assertThat(said(layer, contents)).as("cut at %d", length).isTrue();
                assertThat(verified(layer, contents)).isFalse();
            }
        }
    }

    @Test
    void flippedBitsAreNeverComplete() throws IOException {
        Digest diffId = Sha256.of(TAR);
        Random random = new Random(1);
        for (byte[] stored : List.of(TAR, ImageMaker.gzip(TAR), Zstd.compress(TAR))) {
            for (int i = 0; i < 1000; i++) {
                byte[] flipped = stored.clone();
                int bit = random.nextInt(flipped.length * 8);
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                Layer layer = layer(flipped, null, diffId);
                LayerContents contents = read(layer);
                // A bit of a compressed stream that changes nothing in what it holds is no damage.
                boolean same = diffId.equals(contents.diffId());
                assertThat(said(layer, contents)).as("bit %d", bit).isEqualTo(!same);
                assertThat(verified(layer, contents)).isEqualTo(same);
            }
        }
    }

    @Test
    void limitsAreProblemsAndNotKept() throws IOException {
        Limits few = limits(3, 1 << 20);
        LayerContents entries = new LayerReader(few, false).read(layer(TAR, null, Sha256.of(TAR)), QUERY);
        assertThat(entries.problems()).hasSize(1);
        assertThat(entries.lasting()).isFalse();
        assertThat(entries.whole()).isFalse();
        LayerContents bytes = new LayerReader(limits(1000, 12), false).read(layer(TAR, null, Sha256.of(TAR)), QUERY);
        assertThat(texts(bytes)).containsExactly("etc/os-release: ID=debian");
        assertThat(bytes.unread()).containsOnlyKeys("var/lib/dpkg/status", "var/lib/dpkg/status.d/base");
        assertThat(bytes.lasting()).isFalse();
    }

    private static Limits limits(int layerEntries, int fileBytes) {
        return SomeLimits.with(Map.of("layerEntries", layerEntries, "fileBytes", fileBytes));
    }

    /** Of a layer that would hold more than its share nothing is said: it is read again when there is room. */
    @Test
    void moreThanTheShareIsNoLimit() throws IOException {
        for (byte[] stored : List.of(TAR, ImageMaker.gzip(TAR))) {
            Layer layer = layer(stored, null, Sha256.of(TAR));
            LayerReader reader = new LayerReader(Limits.DEFAULT, false);
            assertThatThrownBy(() -> reader.read(layer, QUERY, 20)).isInstanceOf(CrowdedException.class);
            assertThat(texts(reader.read(layer, QUERY, 1000))).hasSize(3);
            Limits few = SomeLimits.with(Map.of("wantedBytes", 20));
            assertThat(new LayerReader(few, false).read(layer, QUERY, 20).unread())
                    .isNotEmpty();
        }
    }

    @Test
    void namesThatClimbAreToldAndStayInside() throws IOException {
        byte[] tar = new TarMaker()
                .file("../../etc/os-release", "ID=evil")
                .file("a/../etc/../var/lib/dpkg/status", "x")
                .bytes();
        LayerContents contents = read(layer(tar, null, Sha256.of(tar)));
        assertThat(texts(contents)).containsExactly("etc/os-release: ID=evil", "var/lib/dpkg/status: x");
        assertThat(contents.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.layer()).isEqualTo(3);
            assertThat(problem.path()).isEqualTo("../../etc/os-release");
        });
    }

    @Test
    void whiteoutsOfWhatMattersOnly() throws IOException {
        byte[] tar = new TarMaker()
                .whiteout("etc/passwd")
                .whiteout("etc/os-release")
                .whiteout("var")
                .opaque("var/lib/dpkg/status.d")
                .opaque("usr")
                .file(".wh..wh.plnk", "")
                .file("etc/.wh.", "")
                .file("etc/.wh...", "")
                .file("etc/.wh..", "")
                .bytes();
        assertThat(read(layer(tar, null, Sha256.of(tar))).entries())
                .containsExactly(
                        new LayerEntry.Whiteout("etc/os-release"),
                        new LayerEntry.Whiteout("var"),
                        new LayerEntry.OpaqueFolder("var/lib/dpkg/status.d"));
    }

    @Test
    void largeLayersInAFileAreWalkedUnlessAskedOtherwise() throws IOException {
        byte[] tar = new TarMaker()
                .file("usr/large", new byte[(int) LayerReader.ALWAYS_VERIFIED_BYTES + 1])
                .file("etc/os-release", "ID=debian\n")
                .bytes();
        Layer layer = new Layer(0, Sha256.of(tar), null, null, tar.length, new MemoryBlob(tar, true));
        LayerContents walked = read(layer);
        assertThat(texts(walked)).containsExactly("etc/os-release: ID=debian");
        assertThat(verified(layer, walked)).isFalse();
        assertThat(walked.diffId()).isNull();
        assertThat(walked.problems()).isEmpty();
        assertThat(verified(layer, new LayerReader(Limits.DEFAULT, true).read(layer, QUERY)))
                .isTrue();
        // Without an end marker nothing tells that it is whole.
        byte[] unended = Arrays.copyOf(tar, lastContent(tar));
        Layer unmarked = new Layer(0, Sha256.of(tar), null, null, unended.length, new MemoryBlob(unended, true));
        assertThat(read(unmarked).problems()).hasSize(1);
    }

    private static int lastContent(byte[] tar) {
        int end = tar.length;
        while (end > 0 && tar[end - 1] == 0) {
            end--;
        }
        return (end + 511) / 512 * 512;
    }

    @Test
    void aLayerThatIsNotThere() throws IOException {
        Layer layer = new Layer(1, Sha256.of(TAR), Sha256.of(TAR), null, 7, null);
        LayerContents contents = read(layer);
        assertThat(contents.problems()).hasSize(1);
        assertThat(verified(layer, contents)).isFalse();
        assertThat(contents.lasting()).isFalse();
    }
}
