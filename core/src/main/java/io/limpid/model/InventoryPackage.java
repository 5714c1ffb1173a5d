package io.limpid.model;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.Comparator;
import java.util.function.Function;
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
        @Nullable Integer removedInLayer) {

    private static final Comparator<SourcePackage> SOURCES =
            comparing(SourcePackage::name).thenComparing(SourcePackage::version);

    /** By type, name, version, architecture and layer, then by all the rest; versions as text: an order of lists, no verdict. */
    public static final Comparator<InventoryPackage> ORDER = Comparator.<InventoryPackage, String>comparing(
                    one -> one.value().type())
            .thenComparing(one -> one.value().name())
            .thenComparing(one -> one.value().version())
            .thenComparing(orNull(one -> one.value().arch()))
            .thenComparing(orNull(InventoryPackage::layer))
            .thenComparing(orNull(InventoryPackage::removedInLayer))
            .thenComparing(one -> one.value().location())
            .thenComparing(InventoryPackage::purl)
            .thenComparing(orNull(InventoryPackage::ownedBy))
            .thenComparing(orNull(one -> one.value().module()))
            .thenComparing(one -> one.value().source(), nullsFirst(SOURCES));

    private static <T, U extends Comparable<U>> Comparator<T> orNull(Function<T, @Nullable U> part) {
        return Comparator.<T, @Nullable U>comparing(part, nullsFirst(naturalOrder()));
    }
}
