package io.limpid.server.worker;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.IndexedLayer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The layers that were read before, as far as reading another needs them. */
interface KnownLayers {

    /**
     * A layer.
     *
     * @param features whether its features are wanted too
     */
    Optional<IndexedLayer> find(String name, boolean features) throws ClairException;

    /**
     * Keeps a layer.
     *
     * @param parent the one that it was laid over, with its features, or null
     * @return false when there is another parent of that name now, so that the layer is to be laid over that
     */
    boolean insert(IndexedLayer layer, @Nullable IndexedLayer parent) throws ClairException;
}
