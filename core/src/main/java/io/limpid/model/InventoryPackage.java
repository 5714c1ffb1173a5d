package io.limpid.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A package of an image, with where in the image's layers it came and went.
 *
 * @param value the package as its database lists it
 * @param purl the package-url; of an SBOM's component the document's own, byte for byte
 * @param layer the index of the layer since which exactly this version is continuously present, null when the input has no layers
 * @param ownedBy the operating system's package that this one belongs to, null when there is none
 * @param removedInLayer the index of the layer that removed it, null when the image still contains it
 * @param repository the id of the repository from which it was installed, null when nothing tells
 */
public record InventoryPackage(
        Package value,
        String purl,
        @Nullable Integer layer,
        @Nullable String ownedBy,
        @Nullable Integer removedInLayer,
        @Nullable String repository) {

    private static final Comparator<SourcePackage> SOURCES =
            KeyOrder.by(SourcePackage::name).then(SourcePackage::version);

    /** By type, name, version, architecture and layer, then by all the rest; versions as text: an order of lists, no verdict. */
    public static final Comparator<InventoryPackage> ORDER = KeyOrder.<InventoryPackage, String>by(
                    one -> one.value().type())
            .then(one -> one.value().name())
            .then(one -> one.value().version())
            .then(one -> one.value().arch())
            .then(InventoryPackage::layer)
            .then(InventoryPackage::removedInLayer)
            .then(one -> one.value().location())
            .then(InventoryPackage::purl)
            .then(InventoryPackage::ownedBy)
            .then(one -> one.value().module())
            .then(InventoryPackage::repository)
            .then(one -> one.value().source(), SOURCES);

    /** A package of which nothing tells from which repository it was installed. */
    public InventoryPackage(
            Package value,
            String purl,
            @Nullable Integer layer,
            @Nullable String ownedBy,
            @Nullable Integer removedInLayer) {
        this(value, purl, layer, ownedBy, removedInLayer, null);
    }
}
