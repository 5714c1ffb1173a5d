package io.limpid.server.clair;

/**
 * A package of a namespace, whatever its version.
 *
 * @param namespace where it is known
 * @param name of the source package where there is one
 */
public record Feature(Namespace namespace, String name) {}
