package io.limpid.server.api.v1;

import io.limpid.server.api.Answer;
import io.limpid.server.api.Call;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.CorrectedLayer;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.store.LayerStore;
import io.limpid.server.worker.LayerRequest;
import io.limpid.server.worker.LayerWorker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Layers: posted, asked for, deleted. */
record LayerRoutes(LayerStore layers, LayerWorker worker, Readiness readiness, Corrections corrections) {
    private static final int CREATED = 201;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_SECONDS = "60";

    Answer post(Call call) throws ClairException, Envelopes.BadRequest {
        GoObject layer = Envelopes.read(Shapes.LAYER_ENVELOPE, call.body()).object("Layer");
        if (layer == null) {
            return Envelopes.error(ClairError.LAYER_MISSING);
        }
        String parent = layer.text("ParentName");
        worker.process(new LayerRequest(
                layer.text("Name"),
                layer.text("Path"),
                Map.copyOf(layer.texts("Headers")),
                parent.isEmpty() ? null : parent,
                layer.text("Format")));
        // The request's own words, whatever was stored.
        GoObject echo = new GoObject(Shapes.LAYER)
                .with("Name", layer.text("Name"))
                .with("Path", layer.text("Path"))
                .with("Headers", layer.texts("Headers"))
                .with("ParentName", parent)
                .with("Format", layer.text("Format"))
                .with("IndexedByVersion", (long) IndexedLayer.ENGINE);
        return Envelopes.answer(CREATED, new GoObject(Shapes.LAYER_ENVELOPE).with("Layer", echo));
    }

    Answer get(Call call) throws ClairException {
        boolean tellsVulnerabilities = call.query().has("vulnerabilities");
        LayerStore.Depth depth = tellsVulnerabilities
                ? LayerStore.Depth.VULNERABILITIES
                : call.query().has("features") ? LayerStore.Depth.FEATURES : LayerStore.Depth.LAYER;
        Optional<IndexedLayer> found = layers.find(call.value(0), depth);
        if (found.isEmpty()) {
            return Envelopes.error(ClairError.NOT_FOUND);
        }
        IndexedLayer layer = found.get();
        String unready = tellsVulnerabilities ? whyNot(layer) : null;
        if (unready != null) {
            return Envelopes.error(UNAVAILABLE, unready).with("Retry-After", RETRY_SECONDS);
        }
        CorrectedLayer corrected = tellsVulnerabilities ? corrections.correct(layer) : CorrectedLayer.unchanged(layer);
        return Envelopes.answer(200, new GoObject(Shapes.LAYER_ENVELOPE).with("Layer", object(corrected)));
    }

    /** Why an answer would look safe and not be, for the layer's namespace and those of its features. */
    private @Nullable String whyNot(IndexedLayer layer) {
        TreeSet<String> namespaces = new TreeSet<>();
        if (layer.namespace() != null) {
            namespaces.add(layer.namespace().name());
        }
        for (LayerFeature feature : layer.features()) {
            namespaces.add(feature.version().feature().namespace().name());
        }
        for (String namespace : namespaces) {
            Optional<String> reason = readiness.whyNot(namespace);
            if (reason.isPresent()) {
                return reason.get();
            }
        }
        return null;
    }

    Answer delete(Call call) throws ClairException {
        return layers.delete(call.value(0)) ? Answer.empty(200, Map.of()) : Envelopes.error(ClairError.NOT_FOUND);
    }

    private static GoObject object(CorrectedLayer corrected) {
        IndexedLayer layer = corrected.layer();
        List<GoObject> features = new ArrayList<>(layer.features().size());
        for (LayerFeature feature : layer.features()) {
            features.add(Models.feature(feature));
        }
        return new GoObject(Shapes.TOLD_LAYER)
                .with("Name", layer.name())
                .with(
                        "NamespaceName",
                        layer.namespace() == null ? null : layer.namespace().name())
                .with("ParentName", layer.parent())
                .with("IndexedByVersion", (long) layer.engineVersion())
                .with("Features", features)
                .with(
                        "Overrides",
                        corrected.denied().stream().map(Overrides::denied).toList());
    }
}
