package io.limpid.server.clair;

/**
 * A version of a package, as it is installed in a layer or as a vulnerability is fixed in it.
 *
 * @param feature the package
 * @param version as it was written; {@link VersionFormats#LOWEST} and {@link VersionFormats#HIGHEST} are the ends of the order
 */
public record FeatureVersion(Feature feature, String version) {}
