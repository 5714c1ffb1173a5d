package io.limpid.facts;

import io.limpid.detect.Detector;
import io.limpid.image.Blob;
import io.limpid.image.Image;
import io.limpid.image.Layer;
import io.limpid.layer.LayerContents;
import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.layer.LayerReader;
import io.limpid.layer.PathQuery;
import io.limpid.model.Detection;
import io.limpid.model.ErrorCode;
import io.limpid.model.EvidenceRequest;
import io.limpid.model.LayerFacts;
import io.limpid.model.LimpidException;
import io.limpid.model.PathPattern;
import io.limpid.model.Wanted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads layers once for all detectors and lets each say what it finds. */
public final class LayerScan {
    private final LayerReader reader;
    private final List<Detector> detectors;

    public LayerScan(LayerReader reader, List<Detector> detectors) {
        this.reader = reader;
        this.detectors = List.copyOf(detectors);
    }

    /** For each detector, by its name, the files that it reads; in the detectors' order. */
    public Map<String, List<Wanted>> wishes() {
        Map<String, List<Wanted>> wishes = new LinkedHashMap<>();
        detectors.forEach(detector -> wishes.put(detector.id().name(), detector.wants()));
        return wishes;
    }

    /**
     * The facts of an image's layers, base first.
     *
     * @param tracked what is to be known besides what the detectors ask for
     * @param each hears the facts of each layer as soon as it was read
     */
    public List<LayerFacts> facts(Image image, Set<PathPattern> tracked, Consumer<LayerFacts> each) throws IOException {
        PathQuery query = PathQuery.of(
                        wishes().values().stream().flatMap(List::stream).toList())
                .tracking(tracked);
        Map<Blob, Layer> first = new HashMap<>();
        Map<Integer, LayerFacts> facts = new TreeMap<>();
        for (Layer layer : image.inReadingOrder()) {
            // An image often has the same (empty) layer many times, in an archive as links to one file.
            Layer before = layer.blob() == null ? null : first.putIfAbsent(layer.blob(), layer);
            LayerFacts known = before == null ? null : facts.get(before.index());
            if (before != null) {
                requireOneClaim(before, layer);
            }
            LayerFacts now = known == null ? facts(layer, query) : known.inLayer(layer.index());
            facts.put(layer.index(), now);
            each.accept(now);
        }
        return List.copyOf(facts.values());
    }

    /** The same bytes cannot have two digests; to find out by reading them for every claim could be made to take for ever. */
    private static void requireOneClaim(Layer before, Layer layer) throws LimpidException {
        if (!Objects.equals(before.digest(), layer.digest()) || !Objects.equals(before.diffId(), layer.diffId())) {
            throw new LimpidException(
                    ErrorCode.BROKEN_IMAGE,
                    "layers " + before.index() + " and " + layer.index() + " contradict each other",
                    "they are the same bytes and are claimed to have different digests",
                    "save or download the image again");
        }
    }

    /** The answers to requests for files that lie elsewhere than where detectors look. */
    public Map<EvidenceRequest, Detection> answers(Image image, Set<EvidenceRequest> requests) throws IOException {
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
        List<Layer> layers = image.inReadingOrder().stream()
                .filter(layer -> pathsByLayer.containsKey(layer.index()))
                .toList();
        Map<EvidenceRequest, Integer> last = lastLayers(layers, requests);
        for (Layer layer : layers) {
            int index = layer.index();
            Set<String> paths = pathsByLayer.getOrDefault(index, Set.of());
            LayerFiles files = reader.read(layer, PathQuery.ofFiles(paths)).files();
            for (EvidenceRequest request : requests) {
                Map<EvidenceRequest.Content, LayerFile> own = held.computeIfAbsent(request, _ -> new HashMap<>());
                for (EvidenceRequest.Content content : request.files()) {
                    if (content.layer() == index) {
                        files.get(content.path()).ifPresent(file -> own.put(content, file));
                    }
                }
                if (Objects.equals(last.get(request), index)) {
                    answers.put(request, answer(request, own));
                    held.remove(request);
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

    private LayerFacts facts(Layer layer, PathQuery query) throws IOException {
        LayerContents contents = reader.read(layer, query);
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
        return new LayerFacts(
                contents.entries(),
                detections,
                contents.problems(),
                contents.diffId(),
                contents.verified(),
                contents.lasting());
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
                                + ", which is too large or was not there when it was read again");
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

    private static boolean isFor(Detector detector, String path) {
        List<String> segments = List.of(path.split("/", -1));
        return detector.wants().stream()
                .flatMap(wanted -> wanted.patterns().stream())
                .anyMatch(pattern -> pattern.covers(segments));
    }
}
