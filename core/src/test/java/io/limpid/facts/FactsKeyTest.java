package io.limpid.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.detect.Detectors;
import io.limpid.image.FilePlace;
import io.limpid.image.Layer;
import io.limpid.image.Sha256;
import io.limpid.model.Digest;
import io.limpid.model.EvidenceRequest;
import io.limpid.model.Limits;
import io.limpid.model.PathPattern;
import io.limpid.testing.JournalDetector;
import io.limpid.testing.SomeLimits;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What facts may be kept under: bytes that were hashed here, or a place in one file; never a mere claim. */
class FactsKeyTest {
    private static final Digest CLAIMED = Sha256.of(new byte[] {1});
    private static final Digest COMPUTED = Sha256.of(new byte[] {2});
    private static final Digest STORED = Sha256.of(new byte[] {3});
    private static final FilePlace PLACE = new FilePlace("dev 1 inode 2", 10_000, 5, 6, 512);

    private static Layer layer(@Nullable FilePlace place) {
        return new Layer(0, CLAIMED, null, null, 9, new MemoryBlob(new byte[9], place));
    }

    private static TarFacts facts(@Nullable Digest blob, @Nullable Digest tar, boolean lasting) {
        return new TarFacts(List.of(), Map.of(), List.of(), blob, tar, lasting, lasting);
    }

    @Test
    void bytesThatWereHashedAreKnownByWhatWasComputed() {
        assertThat(FactsKey.computed(facts(COMPUTED, COMPUTED, true)))
                .containsExactly(new FactsKey.Bytes.Tar(COMPUTED));
        assertThat(FactsKey.computed(facts(STORED, COMPUTED, true)))
                .containsExactly(new FactsKey.Bytes.Tar(COMPUTED), new FactsKey.Bytes.Blob(STORED));
        assertThat(FactsKey.computed(facts(null, COMPUTED, true))).containsExactly(new FactsKey.Bytes.Tar(COMPUTED));
        assertThat(FactsKey.computed(facts(null, null, true))).isEmpty();
        assertThat(FactsKey.computed(facts(STORED, COMPUTED, false))).isEmpty();
    }

    @Test
    void aClaimStandsForNoOtherFile() {
        FactsKey.Bytes here = FactsKey.placed(layer(PLACE), false);
        assertThat(here).isEqualTo(new FactsKey.Bytes.Placed(PLACE, 9, null, CLAIMED, false));
        assertThat(FactsKey.placed(layer(null), false)).isNull();
        assertThat(FactsKey.placed(new Layer(0, CLAIMED, null, null, 9, null), false))
                .isNull();
    }

    /** All that may make a difference makes another key. */
    @Test
    void noTwoKeysAreTheSame() {
        String maker = FactsKey.maker("1", Detectors.all(Limits.DEFAULT), Limits.DEFAULT);
        Set<PathPattern> none = Set.of();
        List<FactsKey> keys = new ArrayList<>();
        for (FilePlace place : List.of(
                PLACE,
                new FilePlace("dev 1 inode 3", 10_000, 5, 6, 512),
                new FilePlace("dev 1 inode 2", 10_001, 5, 6, 512),
                new FilePlace("dev 1 inode 2", 10_000, 6, 6, 512),
                new FilePlace("dev 1 inode 2", 10_000, 5, 7, 512),
                new FilePlace("dev 1 inode 2", 10_000, 5, 6, 1024))) {
            keys.add(FactsKey.ofLayer(maker, new FactsKey.Bytes.Placed(place, 9, null, CLAIMED, false), none));
        }
        keys.add(FactsKey.ofLayer(maker, new FactsKey.Bytes.Placed(PLACE, 8, null, CLAIMED, false), none));
        keys.add(FactsKey.ofLayer(maker, new FactsKey.Bytes.Placed(PLACE, 9, CLAIMED, null, false), none));
        keys.add(FactsKey.ofLayer(maker, new FactsKey.Bytes.Placed(PLACE, 9, CLAIMED, CLAIMED, false), none));
        keys.add(FactsKey.ofLayer(maker, new FactsKey.Bytes.Placed(PLACE, 9, null, COMPUTED, false), none));
        keys.add(FactsKey.ofLayer(maker, new FactsKey.Bytes.Placed(PLACE, 9, null, CLAIMED, true), none));
        keys.add(FactsKey.ofLayer(maker, new FactsKey.Bytes.Tar(CLAIMED), none));
        keys.add(FactsKey.ofLayer(maker, new FactsKey.Bytes.Blob(CLAIMED), none));
        keys.add(FactsKey.ofLayer(maker, new FactsKey.Bytes.Blob(COMPUTED), none));
        for (Set<PathPattern> tracked : List.of(
                Set.of(PathPattern.parse("a")),
                Set.of(PathPattern.parse("a/b")),
                Set.of(PathPattern.parse("a"), PathPattern.parse("b")),
                Set.of(PathPattern.parse("a\nb")))) {
            keys.add(FactsKey.ofLayer(maker, new FactsKey.Bytes.Tar(CLAIMED), tracked));
        }
        String other = FactsKey.maker("1", List.of(new JournalDetector()), Limits.DEFAULT);
        keys.add(FactsKey.ofLayer(other, new FactsKey.Bytes.Tar(CLAIMED), none));
        String next = FactsKey.maker("2", Detectors.all(Limits.DEFAULT), Limits.DEFAULT);
        keys.add(FactsKey.ofLayer(next, new FactsKey.Bytes.Tar(CLAIMED), none));
        FactsKey.Bytes.Placed placed = new FactsKey.Bytes.Placed(PLACE, 9, null, CLAIMED, false);
        for (EvidenceRequest request : List.of(
                request("dpkg", "a", "b"),
                request("apk", "a", "b"),
                request("dpkg", "a", "c"),
                request("dpkg", "c", "b"))) {
            keys.add(FactsKey.ofAnswer(maker, request, List.of(placed)));
        }
        assertDifferent(keys);
    }

    private static EvidenceRequest request(String detector, String path, String as) {
        return new EvidenceRequest(detector, List.of(new EvidenceRequest.Content(0, path, as)));
    }

    private static void assertDifferent(List<FactsKey> keys) {
        Set<String> texts = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (FactsKey key : keys) {
            assertThat(texts.add(key.text())).as(key.text()).isTrue();
            assertThat(names.add(key.name())).as(key.text()).isTrue();
        }
    }

    /** The places that are tracked are a set. */
    @Test
    void theOrderOfPlacesMakesNoDifference() {
        PathPattern a = PathPattern.parse("a");
        PathPattern b = PathPattern.parse("b");
        FactsKey.Bytes tar = new FactsKey.Bytes.Tar(CLAIMED);
        assertThat(FactsKey.ofLayer("", tar, new LinkedHashSet<>(List.of(a, b))).text())
                .isEqualTo(FactsKey.ofLayer("", tar, new LinkedHashSet<>(List.of(b, a)))
                        .text());
    }

    @Test
    void everyLimitCounts() {
        List<FactsKey> keys = new ArrayList<>();
        keys.add(FactsKey.ofLayer(
                FactsKey.maker("1", List.of(), Limits.DEFAULT), new FactsKey.Bytes.Tar(CLAIMED), Set.of()));
        for (RecordComponent limit : Limits.class.getRecordComponents()) {
            Limits changed = SomeLimits.with(Map.of(limit.getName(), 77));
            keys.add(FactsKey.ofLayer(
                    FactsKey.maker("1", List.of(), changed), new FactsKey.Bytes.Tar(CLAIMED), Set.of()));
        }
        assertDifferent(keys);
    }
}
