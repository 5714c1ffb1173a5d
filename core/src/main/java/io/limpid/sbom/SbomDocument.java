package io.limpid.sbom;

import io.limpid.model.Inventory;
import io.limpid.model.LayerSummary;
import java.util.List;

/**
 * What a document that lists software says.
 *
 * @param format its format and version, for people: {@code CycloneDX 1.5}
 * @param layers the layers of the image that it was made from, as a document of ours claims them; empty for any other
 * @param inventory the packages it lists; what in it could not be used is a problem
 */
public record SbomDocument(String format, List<LayerSummary> layers, Inventory inventory) {
    public SbomDocument {
        layers = List.copyOf(layers);
    }
}
