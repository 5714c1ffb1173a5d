package io.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * An installed package as its package database lists it.
 *
 * @param type the package-url type: {@code deb}, {@code apk}, {@code rpm}, {@code npm}, ...
 * @param name without namespace
 * @param version as the package manager writes it
 * @param arch the architecture in the distribution's own spelling, null when the database has none
 * @param source what it was built from, the package itself when the database names no other; null where the type knows no source packages
 * @param module the module stream (rpm modularity label), null when there is none
 * @param location the path of the database or file that lists it, without a leading slash
 * @param purl the package-url by which a document in the image lists it, byte for byte; null where a package database does
 */
public record Package(
        String type,
        String name,
        String version,
        @Nullable String arch,
        @Nullable SourcePackage source,
        @Nullable String module,
        String location,
        @Nullable String purl) {

    public Package {
        if (type.isEmpty() || name.isEmpty() || version.isEmpty()) {
            throw new IllegalArgumentException(
                    "a package needs a type, a name and a version: " + type + " " + name + " " + version);
        }
    }

    /** A package as its package database lists it. */
    public Package(
            String type,
            String name,
            String version,
            @Nullable String arch,
            @Nullable SourcePackage source,
            @Nullable String module,
            String location) {
        this(type, name, version, arch, source, module, location, null);
    }

    /** Whether only a document in the image says that it is there, as against a package database. */
    public boolean isOfDocument() {
        return purl != null;
    }
}
