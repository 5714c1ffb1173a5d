package io.limpid.model;

/**
 * The package that a distribution built others from; advisories of Debian, Ubuntu and Alpine are about it.
 *
 * @param name as the package database writes it
 * @param version its own version, which may differ from that of the packages built from it
 */
public record SourcePackage(String name, String version) {}
