package io.limpid.facts;

import io.limpid.image.Blob;
import io.limpid.image.FilePlace;
import io.limpid.image.Layer;
import io.limpid.model.Digest;
import io.limpid.model.LayerFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under what facts may be kept: which bytes they are of, and who read them within which limits.
 *
 * <p>A digest that an image only claims never stands for bytes: an archive that claims a base image's diff-id could otherwise plant false
 * facts for every later image. Bytes that were not hashed here are known by their place in one file, good for that very file and nothing else.
 *
 * @param bytes which bytes
 * @param detectors the names and versions of the detectors, in order
 * @param limits the hash of the limits
 */
public record FactsKey(Bytes bytes, List<String> detectors, int limits) {

    /** How bytes are known. */
    public sealed interface Bytes {

        /** By the digest of the uncompressed layer, computed here. */
        record Computed(Digest diffId) implements Bytes {}

        /** By their place in a local file, and by what the image claims of them. */
        record Placed(
                FilePlace place,
                long size,
                @Nullable Digest digest,
                @Nullable Digest diffId) implements Bytes {}
    }

    public FactsKey {
        detectors = List.copyOf(detectors);
    }

    /** How the bytes of a layer are known before they are read; null when only the image's claims tell them. */
    static @Nullable Bytes beforeReading(Layer layer) {
        Blob blob = layer.blob();
        FilePlace place = blob == null ? null : blob.place();
        return place == null ? null : new Bytes.Placed(place, layer.size(), layer.digest(), layer.diffId());
    }

    /** How the bytes of a layer are known once its facts are; null when the facts may not be kept. */
    static @Nullable Bytes afterReading(Layer layer, LayerFacts facts) {
        if (!facts.lasting()) {
            return null;
        }
        return facts.verified() && facts.diffId() != null ? new Bytes.Computed(facts.diffId()) : beforeReading(layer);
    }
}
