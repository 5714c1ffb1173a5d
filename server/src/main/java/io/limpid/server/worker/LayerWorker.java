package io.limpid.server.worker;

import io.limpid.server.clair.ClairException;

/** Reads layers, any number at once; the same one only once. */
@SuppressWarnings("DoNotCallSuggester")
public final class LayerWorker {

    /** Reads a layer and stores what it contains; one that is known already is left as it is. */
    public void process(LayerRequest request) throws ClairException {
        throw new UnsupportedOperationException();
    }
}
