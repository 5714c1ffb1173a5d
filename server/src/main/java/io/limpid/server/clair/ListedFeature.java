package io.limpid.server.clair;

/**
 * A package as a package manager lists it, before it is known in which namespace.
 *
 * @param name of the source package where there is one
 * @param version valid in the package manager's format
 */
public record ListedFeature(String name, String version) {}
