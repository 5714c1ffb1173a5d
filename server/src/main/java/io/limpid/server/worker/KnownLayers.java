package io.limpid.server.worker;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.IndexedLayer;
import java.util.Optional;

/** The layers that were read before, as far as reading another needs them. */
interface KnownLayers {

    /**
     * A layer.
     *
     * @param features whether its features are wanted too
     */
    Optional<IndexedLayer> find(String name, boolean features) throws ClairException;

    /** Keeps a layer. */
    void insert(IndexedLayer layer) throws ClairException;
}
