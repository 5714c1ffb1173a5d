package io.limpid.facts;

import io.limpid.detect.Detector;
import io.limpid.image.Blob;
import io.limpid.image.Image;
import io.limpid.image.Layer;
import io.limpid.layer.LayerCheck;
import io.limpid.layer.LayerContents;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.layer.LayerReader;
import io.limpid.layer.PathQuery;
import io.limpid.model.Detection;
import io.limpid.model.EvidenceRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers requests for files that lie elsewhere than where detectors look: from what is kept, else by reading their layers once more. */
final class EvidenceReading {
    /** An image of thousands of links shall not drive out what is kept of others. */
    private static final int MOST_KEPT = 256;

    private final LayerReader reader;
    private final List<Detector> detectors;
    private final FactsStore store;
    private final String maker;
    private final Instant begun;
    private int kept;

    /**
     * @param maker see {@link FactsKey#maker}
     * @param begun a moment before any layer is read
     */
    EvidenceReading(LayerReader reader, List<Detector> detectors, FactsStore store, String maker, Instant begun) {
        this.reader = reader;
        this.detectors = detectors;
        this.store = store;
        this.maker = maker;
        this.begun = begun;
    }

    Map<EvidenceRequest, Detection> answers(Image image, Set<EvidenceRequest> requests) throws IOException {
        Map<EvidenceRequest, Detection> answers = new LinkedHashMap<>();
        Set<EvidenceRequest> unknown = new LinkedHashSet<>();
        for (EvidenceRequest request : requests) {
            Detection kept = kept(image, request);
            if (kept == null) {
                unknown.add(request);
            } else {
                answers.put(request, kept);
            }
        }
        answers.putAll(read(image, unknown));
        return answers;
    }

    private Map<EvidenceRequest, Detection> read(Image image, Set<EvidenceRequest> requests) throws IOException {
        Map<Integer, Set<String>> pathsByLayer = new HashMap<>();
        for (EvidenceRequest request : requests) {
            for (EvidenceRequest.Content content : request.files()) {
                pathsByLayer
                        .computeIfAbsent(content.layer(), _ -> new LinkedHashSet<>())
                        .add(content.path());
            }
        }
        // Layer by layer, so that no more is held at once than what goes together with files of other layers.
        Map<EvidenceRequest, Detection> answers = new LinkedHashMap<>();
        Map<EvidenceRequest, Map<EvidenceRequest.Content, LayerFile>> held = new HashMap<>();
        Set<Integer> unsure = new HashSet<>();
        List<Layer> layers = image.inReadingOrder().stream()
                .filter(layer -> pathsByLayer.containsKey(layer.index()))
                .toList();
        Map<EvidenceRequest, Integer> last = lastLayers(layers, requests);
        for (Layer layer : layers) {
            int index = layer.index();
            Set<String> paths = pathsByLayer.getOrDefault(index, Set.of());
            LayerContents contents = reader.read(layer, PathQuery.ofFiles(paths));
            // Nothing of these bytes was held against a digest where the layer's facts were kept.
            LayerCheck.of(layer, contents.blobDigest(), contents.diffId());
            PassedFacts.requireSame(layer, contents.diffId());
            boolean changed = isChanged(layer);
            if (changed || !contents.lasting()) {
                unsure.add(index);
            }
            for (EvidenceRequest request : requests) {
                Map<EvidenceRequest.Content, LayerFile> own = held.computeIfAbsent(request, _ -> new HashMap<>());
                for (EvidenceRequest.Content content : request.files()) {
                    if (content.layer() == index && !changed) {
                        contents.files().get(content.path()).ifPresent(file -> own.put(content, file));
                    }
                }
                if (Objects.equals(last.get(request), index)) {
                    Detection answer = answer(request, own);
                    answers.put(request, answer);
                    held.remove(request);
                    if (own.keySet().containsAll(request.files())) {
                        keep(image, request, answer, unsure);
                    }
                }
            }
        }
        return answers;
    }

    /** The layer that is read last of those that a request needs. */
    private static Map<EvidenceRequest, Integer> lastLayers(List<Layer> inReadingOrder, Set<EvidenceRequest> requests) {
        Map<EvidenceRequest, Integer> last = new HashMap<>();
        for (Layer layer : inReadingOrder) {
            for (EvidenceRequest request : requests) {
                if (request.files().stream().anyMatch(content -> content.layer() == layer.index())) {
                    last.put(request, layer.index());
                }
            }
        }
        return last;
    }

    private Detection answer(EvidenceRequest request, Map<EvidenceRequest.Content, LayerFile> held) {
        String path = request.files().getFirst().as();
        List<LayerFile> files = new ArrayList<>();
        for (EvidenceRequest.Content content : request.files()) {
            LayerFile file = held.get(content);
            if (file == null) {
                return Detection.unreadable(
                        path,
                        "not read: layer " + content.layer() + " has it at " + content.path()
                                + ", which is too large, or was changed or gone when it was read again");
            }
            files.add(new LayerFile(content.as(), file.content()));
        }
        return detector(request.detector()).detect(LayerFiles.of(files)).stream()
                .filter(detection -> detection.path().equals(path))
                .findFirst()
                .orElseGet(() -> Detection.nothing(path));
    }

    private Detector detector(String name) {
        return detectors.stream()
                .filter(detector -> detector.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private @Nullable Detection kept(Image image, EvidenceRequest request) {
        List<FactsKey.Bytes> layers = known(image, request);
        TarFacts kept = layers == null ? null : store.load(FactsKey.ofAnswer(maker, request, layers));
        List<Detection> found =
                kept == null ? List.of() : kept.detections().getOrDefault(request.detector(), List.of());
        return found.size() == 1 ? found.getFirst() : null;
    }

    /** Whether somebody changed the file of a layer since the image was opened. */
    private static boolean isChanged(Layer layer) {
        Blob blob = layer.blob();
        return blob != null && blob.identity() != null && !blob.isUnchanged();
    }

    private void keep(Image image, EvidenceRequest request, Detection answer, Set<Integer> unsure) {
        List<FactsKey.Bytes> layers = known(image, request);
        if (layers == null || kept >= MOST_KEPT) {
            return;
        }
        for (EvidenceRequest.Content content : request.files()) {
            Layer layer = image.layers().get(content.layer());
            if (unsure.contains(content.layer()) || !isSame(layer)) {
                return;
            }
        }
        for (FactsKey.Bytes layer : layers) {
            if (layer instanceof FactsKey.Bytes.Placed placed && !placed.place().isSettled(begun)) {
                return;
            }
        }
        kept++;
        store.keep(FactsKey.ofAnswer(maker, request, layers), TarFacts.ofAnswer(request.detector(), answer));
    }

    /** Whether the bytes that were read are those by which they are known: of a registry's or a daemon's their digest was computed. */
    private static boolean isSame(Layer layer) {
        Blob blob = layer.blob();
        return blob != null && (blob.address() != null || blob.isUnchanged() || PassedFacts.of(layer) != null);
    }

    /** How the bytes of the layers of a request's files are known; null when some are known by nothing. */
    private @Nullable List<FactsKey.Bytes> known(Image image, EvidenceRequest request) {
        List<FactsKey.Bytes> layers = new ArrayList<>();
        for (EvidenceRequest.Content content : request.files()) {
            // It was read from that very place: whether digests were computed makes no difference.
            FactsKey.Bytes known = FactsKey.known(image.layers().get(content.layer()), false);
            if (known == null) {
                return null;
            }
            layers.add(known);
        }
        return layers;
    }
}
