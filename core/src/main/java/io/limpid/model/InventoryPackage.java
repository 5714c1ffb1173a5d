package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * A package of an image, with where in the image's layers it came and went.
 *
 * @param value the package as its database lists it
 * @param purl the package-url; of an SBOM's component the document's own, byte for byte
 * @param layer the index of the layer since which exactly this version is continuously present, null when the input has no layers
 * @param ownedBy the operating system's package that this one belongs to, null when there is none
 * @param removedInLayer the index of the layer that removed it, null when the image still contains it
 */
public record InventoryPackage(
        Package value,
        String purl,
        @Nullable Integer layer,
        @Nullable String ownedBy,
        @Nullable Integer removedInLayer) {}
