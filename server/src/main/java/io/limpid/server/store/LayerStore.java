package io.limpid.server.store;

import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.IndexedLayer;
import java.util.Optional;

/** The layers that were read, with what each added to and removed from the one below it. */
@SuppressWarnings("DoNotCallSuggester")
public final class LayerStore {

    /** How much of a layer is asked for. */
    public enum Depth {
        /** Name, engine, parent and namespace. */
        LAYER,
        /** Its features too. */
        FEATURES,
        /** Its features with their vulnerabilities. */
        VULNERABILITIES
    }

    /** The layer of a name, if it is known. */
    public Optional<IndexedLayer> find(String name, Depth depth) throws ClairException {
        throw new UnsupportedOperationException();
    }

    /**
     * Stores a layer; one that somebody else stored under the same name in the meantime, with the same engine or a newer one, stays as it is.
     *
     * @throws ClairException {@code FEATURE_VERSION_INVALID} for a version that its namespace's format does not take, {@code BACKEND}
     */
    public void insert(IndexedLayer layer) throws ClairException {
        throw new UnsupportedOperationException();
    }

    /**
     * Deletes a layer and all above it.
     *
     * @return whether it was known
     */
    public boolean delete(String name) throws ClairException {
        throw new UnsupportedOperationException();
    }
}
