package io.limpid.facts;

import static io.limpid.facts.SomeImages.image;
import static io.limpid.facts.SomeImages.layer;
import static io.limpid.facts.SomeImages.place;
import static io.limpid.facts.SomeImages.tar;
import static io.limpid.facts.SomeImages.told;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.facts.SomeImages.Counting;
import io.limpid.image.FilePlace;
import io.limpid.image.Image;
import io.limpid.image.Layer;
import io.limpid.image.Sha256;
import io.limpid.layer.LayerReader;
import io.limpid.model.Digest;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.PathPattern;
import io.limpid.testing.ImageMaker;
import io.limpid.testing.SomeLimits;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which facts are used again, and of which bytes: never those of bytes that only claim to be the same. */
class KeptFactsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final byte[] GOOD = tar("good");
    private static final byte[] EVIL = tar("evil");

    private final FactsInMemory store = new FactsInMemory();
    private final Counting detector = new Counting();
    private String build = "1";
    private boolean verify;
    private Limits limits = Limits.DEFAULT;

    private List<String> scan(FactsStore kept, Layer... layers) throws IOException {
        try (Image image = image(layers)) {
            return told(new LayerScan(
                            new LayerReader(limits, verify),
                            List.of(detector),
                            kept,
                            build,
                            InstantSource.fixed(NOW),
                            1)
                    .facts(image, Set.of(), _ -> {}));
        }
    }

    /** Scans with what is kept so far, which has to give just what a scan without it does. */
    private List<String> scan(Layer... layers) throws IOException {
        List<String> cold = scan(FactsStore.NONE, layers);
        assertThat(scan(store, layers)).isEqualTo(cold);
        return cold;
    }

    private static MemoryBlob blob(byte[] stored, int inode) {
        return new MemoryBlob(stored, place(inode));
    }

    private static Layer claiming(byte[] stored, int inode, @Nullable Digest digest, @Nullable Digest diffId) {
        return layer(0, blob(stored, inode), digest, diffId);
    }

    @Test
    void aFileThatHasNotChangedIsNotReadAgain() throws IOException {
        int inode = 0;
        for (byte[] stored : List.of(GOOD, ImageMaker.gzip(GOOD))) {
            MemoryBlob blob = blob(stored, inode++);
            Layer layer = layer(0, blob, null, Sha256.of(GOOD));
            assertThat(scan(store, layer)).containsExactly("good verified");
            int opened = blob.opened();
            assertThat(scan(store, layer)).containsExactly("good verified");
            assertThat(blob.opened()).isEqualTo(opened);
        }
    }

    @Test
    void theSameBytesElsewhereAreHashedAndNoMore() throws IOException {
        byte[] stored = ImageMaker.gzip(GOOD);
        scan(store, claiming(stored, 1, Sha256.of(stored), Sha256.of(GOOD)));
        int asked = detector.asked();
        for (Layer layer : List.of(
                claiming(stored, 2, Sha256.of(stored), Sha256.of(GOOD)),
                claiming(stored, 3, Sha256.of(stored), null),
                claiming(GOOD, 4, null, Sha256.of(GOOD)),
                claiming(GOOD, 5, Sha256.of(GOOD), Sha256.of(GOOD)))) {
            assertThat(scan(store, layer)).containsExactly("good verified");
        }
        assertThat(detector.asked()).isEqualTo(asked);
        // A claim that is wrong is told, whatever is kept.
        assertThat(scan(claiming(stored, 6, Sha256.of(stored), Sha256.of(EVIL))))
                .containsExactly("good problem in 0: its uncompressed bytes have th not verified");
    }

    /** The same bytes at another place among the layers: problems are of that layer. */
    @Test
    void problemsMoveWithTheLayer() throws IOException {
        byte[] odd = new TarMaker().file("../etc/os-release", "ID=x\n").bytes();
        scan(claiming(odd, 1, null, Sha256.of(odd)));
        Layer other = layer(1, blob(odd, 2), null, Sha256.of(odd));
        assertThat(scan(claiming(GOOD, 3, null, Sha256.of(GOOD)), other).getLast())
                .startsWith("problem in 1: ");
    }

    /** Who only claims the digest of a base image plants nothing for it, whichever way it is read. */
    @Test
    void aClaimPlantsNothing() throws IOException {
        byte[] largeGood = large("good");
        byte[] largeEvil = large("evil");
        Digest good = Sha256.of(GOOD);
        byte[] goodStored = ImageMaker.gzip(GOOD);
        scan(claiming(EVIL, 1, null, good));
        scan(claiming(ImageMaker.gzip(EVIL), 2, null, good));
        scan(claiming(ImageMaker.gzip(EVIL), 3, Sha256.of(ImageMaker.gzip(EVIL)), good));
        scan(claiming(largeEvil, 4, null, Sha256.of(largeGood)));
        assertThatThrownBy(() -> scan(store, claiming(EVIL, 5, good, good))).isInstanceOf(LimpidException.class);
        assertThatThrownBy(() -> scan(store, claiming(ImageMaker.gzip(EVIL), 6, Sha256.of(goodStored), good)))
                .isInstanceOf(LimpidException.class);
        assertThat(scan(claiming(GOOD, 11, null, good))).containsExactly("good verified");
        assertThat(scan(claiming(GOOD, 12, good, good))).containsExactly("good verified");
        assertThat(scan(claiming(goodStored, 13, Sha256.of(goodStored), good))).containsExactly("good verified");
        assertThat(scan(claiming(largeGood, 14, null, Sha256.of(largeGood)))).containsExactly("good not verified");
    }

    /** And who claims it later gets nothing of what is kept of it. */
    @Test
    void aClaimTakesNothing() throws IOException {
        byte[] stored = ImageMaker.gzip(GOOD);
        Digest good = Sha256.of(GOOD);
        byte[] largeGood = large("good");
        scan(claiming(stored, 1, Sha256.of(stored), good));
        scan(claiming(largeGood, 2, null, Sha256.of(largeGood)));
        assertThat(scan(claiming(EVIL, 3, null, good)).getFirst()).startsWith("evil problem");
        assertThat(scan(claiming(ImageMaker.gzip(EVIL), 4, null, good)).getFirst())
                .startsWith("evil problem");
        assertThat(scan(claiming(large("evil"), 5, null, Sha256.of(largeGood)))).containsExactly("evil not verified");
        for (Layer wrong :
                List.of(claiming(EVIL, 6, good, good), claiming(ImageMaker.gzip(EVIL), 7, Sha256.of(stored), good))) {
            for (FactsStore any : List.of(FactsStore.NONE, store)) {
                assertThatThrownBy(() -> scan(any, wrong))
                        .isInstanceOf(LimpidException.class)
                        .hasMessageContaining("it should have the digest")
                        .hasMessageContaining("layer 0 is not what the manifest names");
            }
        }
    }

    /** A tar that begins as compressed bytes do is read as a tar inside of compressed bytes, and as such bytes by itself. */
    @Test
    void whatMayBeReadInTwoWaysIsKeptForEach() throws IOException {
        byte[] twofold = new TarMaker()
                .file("abcdefgh", "")
                .file("var/lib/dpkg/status", "")
                .bytes();
        twofold[0] = 0x1f;
        twofold[1] = (byte) 0x8b;
        checksum(twofold);
        byte[] stored = ImageMaker.gzip(twofold);
        Digest diffId = Sha256.of(twofold);
        assertThat(scan(claiming(stored, 1, Sha256.of(stored), diffId))).containsExactly("verified");
        assertThat(scan(claiming(twofold, 2, null, diffId)).getFirst()).startsWith("problem in 0");
        assertThat(scan(claiming(twofold, 3, diffId, diffId)).getFirst()).startsWith("problem in 0");
    }

    private static void checksum(byte[] header) {
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        byte[] digits = String.format("%06o\0 ", sum).getBytes(US_ASCII);
        System.arraycopy(digits, 0, header, 148, 8);
    }

    /** What could be changed once more without anybody seeing it is not known by its place. */
    @Test
    void aFileThatWasChangedJustBeforeIsReadAgain() throws IOException {
        long now = TimeUnit.SECONDS.toNanos(NOW.getEpochSecond());
        long second = TimeUnit.SECONDS.toNanos(1);
        long[][] times = {
            {now - 2 * second, 0}, {0, now - 2 * second}, {now, now}, {now + 5 * second, 0}, {0, Long.MAX_VALUE}
        };
        for (long[] time : times) {
            FilePlace place = new FilePlace("inode", 1 << 20, time[0], time[1], 512);
            MemoryBlob good = new MemoryBlob(large("good"), place);
            MemoryBlob evil = new MemoryBlob(large("evil"), place);
            Digest claim = Sha256.of(new byte[0]);
            assertThat(scan(store, layer(0, good, null, claim))).containsExactly("good not verified");
            assertThat(scan(store, layer(0, evil, null, claim))).containsExactly("evil not verified");
        }
        assertThat(store.size()).isZero();
        FilePlace settled = new FilePlace("inode", 1 << 20, now - 3 * second, now - 3 * second, 512);
        scan(store, layer(0, new MemoryBlob(large("good"), settled), null, null));
        assertThat(store.size()).isOne();
    }

    @Test
    void aFileThatChangedWhileItWasReadIsNotKnownByItsPlace() throws IOException {
        MemoryBlob changed = blob(large("good"), 1);
        changed.change();
        scan(store, layer(0, changed, null, Sha256.of(GOOD)));
        assertThat(store.size()).isZero();
    }

    @Test
    void whatWasOnlyWalkedIsReadToVerifyIt() throws IOException {
        byte[] large = large("good");
        Layer layer = claiming(large, 1, null, Sha256.of(large));
        assertThat(scan(layer)).containsExactly("good not verified");
        verify = true;
        assertThat(scan(layer)).containsExactly("good verified");
        verify = false;
        // Whether somebody has once verified it makes no difference.
        assertThat(scan(layer)).containsExactly("good not verified");
        verify = true;
        store.requireNothingNew();
        assertThat(scan(store, layer)).containsExactly("good verified");
    }

    @Test
    void whatALimitOrDamageCutShortIsNotKept() throws IOException {
        limits = SomeLimits.with(Map.of("fileBytes", 10));
        scan(claiming(GOOD, 1, null, Sha256.of(GOOD)));
        limits = Limits.DEFAULT;
        byte[] half = Arrays.copyOf(GOOD, 530);
        scan(claiming(half, 2, null, Sha256.of(half)));
        scan(new Layer(0, Sha256.of(GOOD), null, null, 7, null));
        assertThat(store.size()).isZero();
        assertThat(scan(claiming(GOOD, 1, null, Sha256.of(GOOD)))).containsExactly("good verified");
    }

    /** Another build may find what this one did not know, whether or not somebody thought of a detector's version. */
    @Test
    void whatAnotherBuildFoundIsNotUsed() throws IOException {
        Layer layer = claiming(GOOD, 1, null, Sha256.of(GOOD));
        scan(layer);
        int asked = detector.asked();
        build = "2";
        scan(store, layer);
        assertThat(detector.asked()).isEqualTo(asked + 1);
    }

    @Test
    void whatOthersSoughtIsNotEnough() throws IOException {
        Layer layer = claiming(GOOD, 1, null, Sha256.of(GOOD));
        scan(layer);
        int asked = detector.asked();
        try (Image image = image(layer)) {
            new LayerScan(new LayerReader(limits, false), List.of(detector), store, build)
                    .facts(image, Set.of(PathPattern.parse("srv")), _ -> {});
        }
        assertThat(detector.asked()).isEqualTo(asked + 1);
    }

    /** A source that can only be read forward is read once, whatever is kept. */
    @Test
    void aSourceThatCannotBeGoneBackInIsReadOnce() throws IOException {
        scan(claiming(GOOD, 1, null, Sha256.of(GOOD)));
        MemoryBlob forward = new MemoryBlob(GOOD, null);
        assertThat(scan(store, layer(0, forward, null, Sha256.of(GOOD)))).containsExactly("good verified");
        assertThat(forward.opened()).isOne();
    }

    private static byte[] large(String name) {
        return new TarMaker()
                .file("usr/large", new byte[(int) LayerReader.ALWAYS_VERIFIED_BYTES + 1])
                .file("var/lib/dpkg/status", "Package: " + name + "\nStatus: install ok installed\nVersion: 1\n\n")
                .bytes();
    }
}
