package io.limpid.facts;

import io.limpid.detect.Detector;
import io.limpid.image.Blob;
import io.limpid.image.Layer;
import io.limpid.image.PassingReader;
import io.limpid.layer.CrowdedException;
import io.limpid.layer.LayerCheck;
import io.limpid.layer.LayerContents;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.layer.LayerReader;
import io.limpid.layer.PathQuery;
import io.limpid.model.Detection;
import io.limpid.model.Digest;
import io.limpid.model.LayerFacts;
import io.limpid.model.LimpidException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out what is in single layers: from what is kept of the same bytes, else by reading them; and keeps it. */
final class LayerStudy {
    private final LayerReader reader;
    private final List<Detector> detectors;
    private final PathQuery query;
    private final FactsStore store;
    private final String maker;
    private final Instant begun;

    /**
     * @param maker see {@link FactsKey#maker}
     * @param begun a moment before any layer is read
     */
    LayerStudy(
            LayerReader reader,
            List<Detector> detectors,
            PathQuery query,
            FactsStore store,
            String maker,
            Instant begun) {
        this.reader = reader;
        this.detectors = detectors;
        this.query = query;
        this.store = store;
        this.maker = maker;
        this.begun = begun;
    }

    /**
     * What is kept of a layer in a file that has not changed since, or of a registry's blob; nothing of the layer is read.
     *
     * @return null when nothing is
     */
    @Nullable
    LayerFacts known(Layer layer) throws LimpidException {
        TarFacts passed = PassedFacts.of(layer);
        if (passed != null && query.tracked().isEmpty()) {
            return passed.in(layer);
        }
        FactsKey.Bytes bytes = bytes(layer);
        TarFacts kept = bytes == null ? null : load(bytes);
        if (kept != null && passed != null) {
            return kept.ofBlob(passed.blobDigest()).in(layer);
        }
        if (kept != null && bytes instanceof FactsKey.Bytes.Blob(Digest address)) {
            return kept.ofBlob(address).in(layer);
        }
        return kept == null ? null : kept.in(layer);
    }

    /**
     * The facts of a layer whose bytes have to be looked at.
     *
     * @param share how many bytes of wanted files it may hold
     * @throws CrowdedException when that is too little
     */
    LayerFacts read(Layer layer, long share) throws IOException {
        TarFacts kept = hashed(layer);
        TarFacts facts = kept == null ? detected(reader.read(layer, query, share)) : kept;
        PassedFacts.requireSame(layer, facts.diffId());
        LayerFacts result = facts.in(layer);
        if (facts.lasting()) {
            if (kept == null) {
                keepComputed(facts);
            }
            keepKnown(layer, facts);
        }
        return result;
    }

    private void keepComputed(TarFacts facts) {
        for (FactsKey.Bytes computed : FactsKey.computed(facts)) {
            store.keep(key(computed), facts);
        }
    }

    /** The facts of what may be a layer and can be read now only; null when what is kept of its name turns out to be of other bytes. */
    @Nullable
    PassedFacts passing(PassingReader.Passing passing) throws IOException {
        Digest named = passing.named();
        if (named != null) {
            TarFacts kept = load(passing.plain() ? new FactsKey.Bytes.Tar(named) : new FactsKey.Bytes.Blob(named));
            if (kept != null) {
                Digest computed = reader.digestOf(passing.blob());
                return computed.equals(named) ? new PassedFacts(kept.ofBlob(computed)) : null;
            }
        }
        TarFacts facts = detected(reader.readUnclaimed(passing.blob(), query));
        keepComputed(facts);
        return new PassedFacts(facts);
    }

    /**
     * What is kept of bytes with the digest that is claimed of these, if it is right.
     *
     * <p>Only where there is something to gain are the bytes hashed first; else they are read once, and hashed as they pass.
     */
    private @Nullable TarFacts hashed(Layer layer) throws IOException {
        Blob blob = layer.blob();
        if (blob == null || !blob.isSkippable()) {
            return null;
        }
        Digest digest = layer.digest();
        TarFacts compressed = digest == null ? null : load(new FactsKey.Bytes.Blob(digest));
        if (digest != null && compressed != null) {
            return compared(compressed, digest, layer, blob);
        }
        Digest claimed = digest == null ? layer.diffId() : digest;
        TarFacts plain = claimed == null || !reader.readsWhole(blob) ? null : load(new FactsKey.Bytes.Tar(claimed));
        return claimed == null || plain == null || !reader.isPlain(blob) ? null : compared(plain, claimed, layer, blob);
    }

    private @Nullable TarFacts compared(TarFacts kept, Digest claimed, Layer layer, Blob blob) throws IOException {
        Digest computed = reader.digestOf(blob);
        if (computed.equals(claimed)) {
            return kept.ofBlob(computed);
        }
        // A wrong blob need not be read to be refused; a wrong diff-id is told of the facts that the bytes do have.
        LayerCheck.of(layer, computed, null);
        return null;
    }

    private void keepKnown(Layer layer, TarFacts facts) {
        Blob blob = layer.blob();
        FactsKey.Bytes bytes = bytes(layer);
        if (blob == null || bytes == null) {
            return;
        }
        boolean sure = switch (bytes) {
            case FactsKey.Bytes.Placed placed -> placed.place().isSettled(begun) && blob.isUnchanged();
            case FactsKey.Bytes.Blob(Digest address) -> facts.diffId() != null && address.equals(facts.blobDigest());
            case FactsKey.Bytes.Tar _ -> false;
        };
        if (sure) {
            store.keep(key(bytes), facts);
        }
    }

    private FactsKey.@Nullable Bytes bytes(Layer layer) {
        Blob blob = layer.blob();
        return blob == null ? null : FactsKey.known(layer, reader.readsWhole(blob));
    }

    private @Nullable TarFacts load(FactsKey.Bytes bytes) {
        return store.load(key(bytes));
    }

    private FactsKey key(FactsKey.Bytes bytes) {
        return FactsKey.ofLayer(maker, bytes, query.tracked());
    }

    private TarFacts detected(LayerContents contents) {
        Map<String, List<Detection>> detections = new HashMap<>();
        for (Detector detector : detectors) {
            List<LayerFile> files = contents.files().all().stream()
                    .filter(file -> isFor(detector, file.path()))
                    .toList();
            List<Detection> found =
                    new ArrayList<>(files.isEmpty() ? List.of() : detector.detect(LayerFiles.of(files)));
            contents.unread().forEach((path, why) -> {
                if (isFor(detector, path)) {
                    found.add(Detection.unreadable(path, "not read: " + why));
                }
            });
            if (!found.isEmpty()) {
                detections.put(detector.id().name(), found);
            }
        }
        return new TarFacts(
                contents.entries(),
                detections,
                contents.problems(),
                contents.blobDigest(),
                contents.diffId(),
                contents.whole(),
                contents.lasting());
    }

    private static boolean isFor(Detector detector, String path) {
        List<String> segments = List.of(path.split("/", -1));
        return detector.wants().stream()
                .flatMap(wanted -> wanted.patterns().stream())
                .anyMatch(pattern -> pattern.covers(segments));
    }
}
