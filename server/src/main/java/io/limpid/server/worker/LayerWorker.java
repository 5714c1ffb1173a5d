package io.limpid.server.worker;

import io.limpid.layer.LayerFiles;
import io.limpid.model.Digest;
import io.limpid.model.LimitNames;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.ClairFold;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.detect.ClairDetectors;
import io.limpid.server.clair.detect.ClairDetectors.Detected;
import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.store.LayerStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reads layers, several at once; the same one only once.
 *
 * <p>A layer that somebody no longer waits for is read and stored all the same, as in the original.
 */
public final class LayerWorker implements AutoCloseable {
    /** When to try again after {@code BUSY}. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(LayerWorker.class);
    private static final String DIGEST = "sha256:";

    private final KnownLayers known;
    private final WorkerSettings settings;
    private final Limits limits;
    private final ClairDetectors detectors;
    private final OutboundClient client;
    private final WebLayers web;
    private final LocalLayers local;
    private final SharedWork work;
    private final BulkyWork bulky;

    /**
     * @param store where the layers are kept
     * @param settings how they are fetched and read
     * @param net proxies, certificates and user agent of the requests; addresses and deadlines are the settings' own
     */
    public LayerWorker(LayerStore store, WorkerSettings settings, NetSettings net) {
        this(new Stored(store), settings, net);
    }

    LayerWorker(KnownLayers known, WorkerSettings settings, NetSettings net) {
        this.known = known;
        this.settings = settings;
        long memory = Runtime.getRuntime().maxMemory();
        this.limits = within(settings.limits(), memory);
        this.bulky = new BulkyWork(memory);
        this.detectors = ClairDetectors.v1(limits);
        this.client = settings.client(net);
        this.web = new WebLayers(client, settings.fetchPolicy(), limits);
        this.local = new LocalLayers(settings.localRoots());
        this.work = new SharedWork(settings.parallel(), settings.waiting());
    }

    /** The limits, with no more of one layer's files in memory than leaves as much again to read them, and to serve others. */
    private static Limits within(Limits limits, long memory) {
        return LimitNames.with(limits, "wanted-bytes", Math.max(1, Math.min(limits.wantedBytes(), memory / 4)));
    }

    private record Stored(LayerStore store) implements KnownLayers {
        @Override
        public Optional<IndexedLayer> find(String name, boolean features) throws ClairException {
            return store.find(name, features ? LayerStore.Depth.FEATURES : LayerStore.Depth.LAYER);
        }

        @Override
        public boolean insert(IndexedLayer layer, @Nullable IndexedLayer parent) throws ClairException {
            return store.insert(layer, parent);
        }
    }

    /**
     * Reads a layer and stores what it contains; one that is known already is left as it is.
     *
     * <p>A thread that is interrupted leaves at once, with the work going on.
     *
     * @throws ClairException what is wrong with the request or the layer; {@code BUSY} when too many others wait
     */
    public void process(LayerRequest request) throws ClairException {
        require(request.name(), ClairError.LAYER_NAME_MISSING);
        require(request.path(), ClairError.LAYER_PATH_MISSING);
        require(request.format(), ClairError.LAYER_FORMAT_MISSING);
        Optional<IndexedLayer> before = known.find(request.name(), false);
        if (before.isPresent() && before.get().engineVersion() >= IndexedLayer.ENGINE) {
            log(Level.DEBUG, request, "layer is known already, nothing is done", null);
            return;
        }
        // The parent that is stored stays, whatever the request says.
        String parent = before.isPresent() ? before.get().parent() : request.parent();
        work.run(request.name(), request, () -> read(request, parent == null || parent.isEmpty() ? null : parent));
    }

    /** What there is to do now. */
    public WorkerLoad load() {
        return work.load();
    }

    /** Takes no new layers, and waits until those that are being read are stored, as long as one may take. */
    @Override
    public void close() {
        try {
            int left = work.close(settings.deadline());
            if (left > 0) {
                log.atWarn().addKeyValue("layers", left).log("stopped before all layers were processed");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            client.close();
        }
    }

    private static void require(String value, ClairError otherwise) throws ClairException {
        if (value.isEmpty()) {
            throw new ClairException(otherwise);
        }
    }

    private void read(LayerRequest request, @Nullable String parentName) throws ClairException {
        Failpoint.LAYER_CLAIMED.hit();
        log(Level.DEBUG, request, "processing layer", null);
        try {
            IndexedLayer parent = parent(parentName);
            Detected detected = detect(request);
            Failpoint.FACTS_READ.hit();
            while (!known.insert(over(parent, request, detected), parent)) {
                // While this one was read, its parent was deleted and posted again with other contents.
                parent = parent(parentName);
            }
        } catch (ClairException e) {
            log(
                    e.status() >= 500 ? Level.ERROR : Level.WARN,
                    request,
                    "could not process layer: " + e.getMessage(),
                    e.getCause());
            throw e;
        } catch (OutOfMemoryError e) {
            log(Level.ERROR, request, "could not process layer: it needs more memory than there is", e);
            throw new ClairException(ClairError.ARCHIVE_BROKEN, e);
        }
    }

    private @Nullable IndexedLayer parent(@Nullable String name) throws ClairException {
        if (name == null) {
            return null;
        }
        Optional<IndexedLayer> parent = known.find(name, true);
        if (parent.isEmpty()) {
            throw new ClairException(ClairError.PARENT_UNKNOWN);
        }
        return parent.get();
    }

    private static IndexedLayer over(@Nullable IndexedLayer parent, LayerRequest request, Detected detected)
            throws ClairException {
        return ClairFold.of(request.name(), parent, detected.namespace(), detected.features())
                .layer();
    }

    /** Fetches a layer, and reads it. */
    private Detected detect(LayerRequest request) throws ClairException {
        WorkDeadline deadline = WorkDeadline.in(settings.deadline());
        try (BulkyWork.Leave leave = bulky.new Leave(deadline)) {
            return detectors.detect(files(request, deadline, leave));
        } catch (LimpidException e) {
            throw new ClairException(ClairError.ARCHIVE_BROKEN, e);
        }
    }

    private LayerFiles files(LayerRequest request, WorkDeadline deadline, BulkyWork.Leave leave) throws ClairException {
        Failpoint.FETCH_BEGUN.hit();
        try (InputStream stored = open(request)) {
            Failpoint.FETCH_OPENED.hit();
            LayerFormat format = LayerFormat.of(request.format());
            LayerArchive archive = new LayerArchive(format, detectors.files(), limits);
            LayerFiles files = archive.read(stored, claimed(request.name()), deadline, leave);
            Failpoint.FETCH_ENDED.hit();
            return files;
        } catch (IOException e) {
            throw new ClairException(ClairError.LAYER_NOT_FOUND, e);
        }
    }

    private InputStream open(LayerRequest request) throws IOException {
        return LayerPath.isWeb(request.path())
                ? web.open(request.path(), request.headers())
                : local.open(request.path());
    }

    /** The digest that a layer's name promises, where that is to be believed; null for none. */
    private @Nullable Digest claimed(String name) {
        String hex = name.startsWith(DIGEST) ? name.substring(DIGEST.length()) : name;
        return settings.fetchPolicy() == FetchPolicy.STRICT && Digest.isHex(hex) ? new Digest(hex) : null;
    }

    private static void log(Level level, LayerRequest request, String message, @Nullable Throwable cause) {
        var event = log.atLevel(level)
                .addKeyValue("layer", request.name())
                .addKeyValue("path", LayerPath.shown(request.path()));
        if (cause instanceof LimpidException told) {
            event = event.addKeyValue("error", told.getMessage());
            event = told.hint() == null ? event : event.addKeyValue("hint", told.hint());
        } else if (cause instanceof NoSuchFileException) {
            event = event.addKeyValue("error", "there is no such file");
        } else if (cause != null) {
            event = event.addKeyValue("error", String.valueOf(cause));
        }
        event.log(message);
    }
}
