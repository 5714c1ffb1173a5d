package io.limpid.sbom;

import com.github.packageurl.MalformedPackageURLException;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.InventoryPackage;
import io.limpid.model.Package;
import io.limpid.model.PackageUrls;
import io.limpid.model.SbomTerms;
import io.limpid.model.SourcePackage;
import org.jspecify.annotations.Nullable;

/**
 * A component of a document of ours, with what its properties say.
 *
 * <p>They are believed only where they are of one mind with the package-url, which is what everybody else reads: a package of a database must
 * have exactly this one, one that a document in the image listed is what this one names.
 */
final class OwnPackage {
    private OwnPackage() {}

    /**
     * The package.
     *
     * @param gone whether it stands among those that were removed
     * @throws JsonException when the properties contradict themselves, the package-url or the place
     */
    static InventoryPackage read(
            JsonObject component, String purl, OwnProperties properties, ScannedImage image, boolean gone)
            throws JsonException {
        String name = component.string("name");
        String version = component.string("version");
        int slash = purl.indexOf('/');
        if (name == null
                || version == null
                || name.isEmpty()
                || version.isEmpty()
                || !purl.startsWith("pkg:")
                || slash < 5) {
            throw new JsonException("it has no name, version or type");
        }
        String listedBy = properties.required(SbomTerms.PACKAGE_LISTED_BY);
        boolean ofDocument = listedBy.equals(SbomTerms.DOCUMENT);
        if (!ofDocument && !listedBy.equals(SbomTerms.DATABASE)) {
            throw new JsonException("nobody is known that lists it");
        }
        String type = purl.substring("pkg:".length(), slash);
        String location = properties.text(SbomTerms.PACKAGE_LOCATION);
        // What no package can be called would be compared with nothing, and look clean for it.
        Package named = named(purl, version);
        Package value = new Package(
                ofDocument ? named.type() : type,
                name,
                version,
                properties.text(SbomTerms.PACKAGE_ARCH),
                source(properties, version),
                properties.text(SbomTerms.PACKAGE_MODULE),
                location == null ? "" : location,
                ofDocument ? purl : null);
        boolean agrees = ofDocument
                ? name.equals(named.name()) && version.equals(named.version())
                : PackageUrls.of(value, image.distro()).equals(purl);
        if (!agrees) {
            throw new JsonException("they contradict its package-url");
        }
        int layers = image.layers().size();
        Integer layer = properties.layer(SbomTerms.PACKAGE_LAYER, layers);
        Integer removedIn = properties.layer(SbomTerms.PACKAGE_REMOVED_IN, layers);
        if (gone != (removedIn != null)) {
            throw new JsonException("its place is not that of a package that was " + (gone ? "kept" : "removed"));
        }
        return new InventoryPackage(
                value,
                purl,
                layer,
                properties.text(SbomTerms.PACKAGE_OWNED_BY),
                removedIn,
                properties.text(SbomTerms.PACKAGE_REPOSITORY));
    }

    private static @Nullable SourcePackage source(OwnProperties properties, String version) throws JsonException {
        String name = properties.text(SbomTerms.PACKAGE_SOURCE);
        String own = properties.text(SbomTerms.PACKAGE_SOURCE_VERSION);
        return name == null ? null : new SourcePackage(name, own == null ? version : own);
    }

    private static Package named(String purl, String version) throws JsonException {
        try {
            return PackageUrlText.parse(purl).toPackage(version, null, "").value();
        } catch (MalformedPackageURLException e) {
            throw new JsonException("its package-url cannot be used");
        }
    }
}
