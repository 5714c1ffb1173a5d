package io.limpid.facts;

import io.limpid.detect.Detector;
import io.limpid.image.Blob;
import io.limpid.image.Image;
import io.limpid.image.Layer;
import io.limpid.image.PassingReader;
import io.limpid.layer.LayerReader;
import io.limpid.layer.PathQuery;
import io.limpid.model.Detection;
import io.limpid.model.ErrorCode;
import io.limpid.model.EvidenceRequest;
import io.limpid.model.LayerFacts;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.model.PathPattern;
import io.limpid.model.Wanted;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings the facts of an image's layers: each is read once for all detectors, or not at all where its facts are kept. */
public final class LayerScan {
    /** With more the cores wait for the disk, and the memory for decoders adds up. */
    private static final int MOST_THREADS = 4;
    /** Less to read beside the largest layer is read before a thread has started. */
    private static final long WORTH_A_THREAD = 4L << 20;

    private final LayerReader reader;
    private final List<Detector> detectors;
    private final FactsStore store;
    private final Instant begun;
    private final int threads;
    private final String maker;

    /** A scan that keeps nothing. */
    public LayerScan(LayerReader reader, List<Detector> detectors) {
        this(reader, detectors, FactsStore.NONE, "");
    }

    /**
     * A scan with these parts.
     *
     * @param store keeps what was found from scan to scan
     * @param build which build of the program this is; what another one found is not used
     */
    public LayerScan(LayerReader reader, List<Detector> detectors, FactsStore store, String build) {
        this(reader, detectors, store, build, InstantSource.system(), threads(reader.limits()));
    }

    /** As many as there are cores, and as the memory has room for with what each may need to decode. */
    private static int threads(Limits limits) {
        Runtime runtime = Runtime.getRuntime();
        long room = runtime.maxMemory() / (2L * limits.decoderBytes());
        return (int) Math.max(1, Math.min(room, Math.min(MOST_THREADS, runtime.availableProcessors())));
    }

    /**
     * A scan with these parts.
     *
     * @param store keeps what was found from scan to scan
     * @param build which build of the program this is
     * @param clock tells how long before it is read a file was changed; asked now, so an image is opened after this is made
     * @param threads how many layers are read at once, at most
     */
    public LayerScan(
            LayerReader reader,
            List<Detector> detectors,
            FactsStore store,
            String build,
            InstantSource clock,
            int threads) {
        this.reader = reader;
        this.detectors = List.copyOf(detectors);
        this.store = store;
        this.begun = clock.instant();
        this.threads = threads;
        this.maker = FactsKey.maker(build, this.detectors, reader.limits());
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
     * @param each hears the facts of each layer as soon as they are there, of one at a time
     */
    public List<LayerFacts> facts(Image image, Set<PathPattern> tracked, Consumer<LayerFacts> each) throws IOException {
        List<Layer> layers = image.inReadingOrder();
        Map<Integer, Layer> repeated = repeated(layers);
        LayerStudy study = new LayerStudy(reader, detectors, query(tracked), store, maker, begun);
        Map<Integer, LayerFacts> facts = new TreeMap<>();
        List<Layer> unknown = new ArrayList<>();
        for (Layer layer : layers) {
            if (repeated.containsKey(layer.index())) {
                continue;
            }
            LayerFacts known = study.known(layer);
            if (known == null) {
                unknown.add(layer);
            } else {
                facts.put(layer.index(), known);
                each.accept(known);
            }
        }
        List<LayerFacts> read = read(unknown, study, each);
        for (int i = 0; i < read.size(); i++) {
            facts.put(unknown.get(i).index(), read.get(i));
        }
        repeated.forEach((index, before) -> {
            LayerFacts same = Objects.requireNonNull(facts.get(before.index())).inLayer(index);
            facts.put(index, same);
            each.accept(same);
        });
        return List.copyOf(facts.values());
    }

    /**
     * Reads what may be a layer while it passes.
     *
     * @param each hears what is in it
     */
    public PassingReader.@Nullable Found passing(PassingReader.Passing passing, Consumer<LayerFacts> each)
            throws IOException {
        PassedFacts passed = new LayerStudy(reader, detectors, query(Set.of()), store, maker, begun).passing(passing);
        if (passed != null) {
            each.accept(passed.facts().in(new Layer(0, null, null, null, 0, null)));
        }
        return passed;
    }

    /** The answers to requests for files that lie elsewhere than where detectors look. */
    public Map<EvidenceRequest, Detection> answers(Image image, Set<EvidenceRequest> requests) throws IOException {
        return new EvidenceReading(reader, detectors, store, maker, begun).answers(image, requests);
    }

    private PathQuery query(Set<PathPattern> tracked) {
        List<Wanted> all = new ArrayList<>();
        for (Detector detector : detectors) {
            all.addAll(detector.wants());
        }
        return PathQuery.of(all).tracking(tracked);
    }

    /**
     * The layers, by their index, whose bytes another layer has too: an image often has the same (empty) layer many times, in an archive as links to
     * one file.
     */
    private static Map<Integer, Layer> repeated(List<Layer> layers) throws LimpidException {
        Map<Blob, Layer> first = new HashMap<>();
        Map<Integer, Layer> repeated = new TreeMap<>();
        for (Layer layer : layers) {
            Layer before = layer.blob() == null ? null : first.putIfAbsent(layer.blob(), layer);
            if (before != null) {
                requireOneClaim(before, layer);
                repeated.put(layer.index(), before);
            }
        }
        return repeated;
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

    private List<LayerFacts> read(List<Layer> layers, LayerStudy study, Consumer<LayerFacts> each) throws IOException {
        long bytes = reader.limits().wantedBytes();
        int useful = Math.min(threads, layers.size());
        if (useful > 1 && isWorthThreads(layers)) {
            return new LayerTeam(layers, study::read, each).read(useful, bytes);
        }
        List<LayerFacts> facts = new ArrayList<>();
        for (Layer layer : layers) {
            LayerFacts found = study.read(layer, bytes);
            facts.add(found);
            each.accept(found);
        }
        return facts;
    }

    /** Whether the layers can be read in any order, and there is so much in them that two do it sooner. */
    private static boolean isWorthThreads(List<Layer> layers) {
        long all = 0;
        long largest = 0;
        for (Layer layer : layers) {
            Blob blob = layer.blob();
            if (blob != null && blob.isForwardOnly()) {
                return false;
            }
            if (blob != null && blob.host() != null) {
                // Then it is the network that is waited for.
                return true;
            }
            long size = blob == null ? 0 : blob.size();
            all += size;
            largest = Math.max(largest, size);
        }
        return all - largest >= WORTH_A_THREAD;
    }
}
