package io.limpid.sbom;

import io.limpid.model.Inventory;

/**
 * What a document that lists software says.
 *
 * @param format its format and version, for people: {@code CycloneDX 1.5}
 * @param inventory the packages it lists, without layers; what in it could not be used is a problem
 */
public record SbomDocument(String format, Inventory inventory) {}
