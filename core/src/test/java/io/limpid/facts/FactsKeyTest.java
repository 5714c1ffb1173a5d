package io.limpid.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Layer;
import io.limpid.image.Sha256;
import io.limpid.model.Digest;
import io.limpid.model.LayerFacts;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What facts may be kept under: bytes that were hashed here, or a place in one file; never a mere claim. */
class FactsKeyTest {
    private static final Digest CLAIMED = Sha256.of(new byte[] {1});
    private static final Digest COMPUTED = Sha256.of(new byte[] {2});
    private static final FilePlace PLACE = new FilePlace("dev 1 inode 2", 10_000, 5, 512);

    private static Layer layer(@Nullable FilePlace place) {
        Blob blob = new Blob() {
            @Override
            public long size() {
                return 9;
            }

            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }

            @Override
            public @Nullable FilePlace place() {
                return place;
            }
        };
        return new Layer(0, CLAIMED, null, null, 9, blob);
    }

    private static LayerFacts facts(@Nullable Digest diffId, boolean verified, boolean lasting) {
        return new LayerFacts(List.of(), Map.of(), List.of(), diffId, verified, lasting);
    }

    @Test
    void verifiedBytesAreKnownByTheirComputedDigest() {
        assertThat(FactsKey.afterReading(layer(PLACE), facts(COMPUTED, true, true)))
                .isEqualTo(new FactsKey.Bytes.Computed(COMPUTED));
        assertThat(FactsKey.afterReading(layer(null), facts(COMPUTED, true, true)))
                .isEqualTo(new FactsKey.Bytes.Computed(COMPUTED));
    }

    @Test
    void aClaimStandsForNoOtherFile() {
        FactsKey.Bytes walked = FactsKey.afterReading(layer(PLACE), facts(null, false, true));
        assertThat(walked).isEqualTo(new FactsKey.Bytes.Placed(PLACE, 9, null, CLAIMED));
        FilePlace other = new FilePlace("dev 1 inode 3", 10_000, 5, 512);
        assertThat(FactsKey.beforeReading(layer(other))).isNotEqualTo(walked);
        assertThat(FactsKey.afterReading(layer(null), facts(null, false, true))).isNull();
        assertThat(FactsKey.beforeReading(layer(null))).isNull();
    }

    @Test
    void whatALimitOrAFailureCutShortIsNotKept() {
        assertThat(FactsKey.afterReading(layer(PLACE), facts(COMPUTED, true, false)))
                .isNull();
        assertThat(FactsKey.afterReading(layer(PLACE), facts(null, false, false)))
                .isNull();
    }
}
