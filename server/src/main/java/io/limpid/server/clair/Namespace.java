package io.limpid.server.clair;

/**
 * The release of a distribution whose packages have one order of versions and one list of vulnerabilities, as {@code debian:8}.
 *
 * @param name unique
 * @param versionFormat a name that {@link VersionFormats} knows; empty when it was first heard of with none
 */
public record Namespace(String name, String versionFormat) {}
