package io.limpid.server.worker;

import io.limpid.server.clair.IndexedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Layers that are kept as long as a test runs: what is under test here is how they are read. */
final class LayersInMemory implements KnownLayers {
    private final Map<String, IndexedLayer> layers = new ConcurrentHashMap<>();
    private final List<String> inserted = new ArrayList<>();

    @Override
    public Optional<IndexedLayer> find(String name, boolean features) {
        IndexedLayer layer = layers.get(name);
        return layer == null || features
                ? Optional.ofNullable(layer)
                : Optional.of(new IndexedLayer(
                        layer.name(), layer.engineVersion(), layer.parent(), layer.namespace(), List.of()));
    }

    @Override
    public boolean insert(IndexedLayer layer, @Nullable IndexedLayer parent) {
        insert(layer);
        return true;
    }

    void insert(IndexedLayer layer) {
        layers.put(layer.name(), layer);
        synchronized (inserted) {
            inserted.add(layer.name());
        }
    }

    /** The names of the layers, in the order of their insertion. */
    List<String> inserted() {
        synchronized (inserted) {
            return List.copyOf(inserted);
        }
    }

    boolean delete(String name) {
        boolean known = layers.remove(name) != null;
        for (IndexedLayer layer : List.copyOf(layers.values())) {
            if (name.equals(layer.parent())) {
                delete(layer.name());
            }
        }
        return known;
    }
}
