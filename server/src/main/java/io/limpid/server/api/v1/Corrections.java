package io.limpid.server.api.v1;

import io.limpid.server.clair.CorrectedLayer;
import io.limpid.server.clair.IndexedLayer;

/** What is known here better than by the publishers, applied to a layer whose vulnerabilities are told. */
@FunctionalInterface
public interface Corrections {
    /** Nothing is. */
    Corrections NONE = CorrectedLayer::unchanged;

    /** The layer as it is told now. */
    CorrectedLayer correct(IndexedLayer layer);
}
