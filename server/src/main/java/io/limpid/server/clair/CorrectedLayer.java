package io.limpid.server.clair;

import java.util.List;

/**
 * A layer with its vulnerabilities as local corrections leave them.
 *
 * @param layer what changed or was added has a {@link Vulnerability#change}
 * @param denied what is not in it any more
 */
public record CorrectedLayer(IndexedLayer layer, List<DeniedVulnerability> denied) {
    public CorrectedLayer {
        denied = List.copyOf(denied);
    }

    /** One of which nothing is to be corrected. */
    public static CorrectedLayer unchanged(IndexedLayer layer) {
        return new CorrectedLayer(layer, List.of());
    }
}
