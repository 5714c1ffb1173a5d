package io.limpid.server.clair;

import java.util.List;

/**
 * A package version that a layer has, by itself or from a layer below it.
 *
 * @param version which one
 * @param addedBy name of the layer that added it last
 * @param affectedBy its vulnerabilities, when they were asked for; {@link Vulnerability#fixedBy} is set in them, their own list of fixes is empty
 */
public record LayerFeature(FeatureVersion version, String addedBy, List<Vulnerability> affectedBy) {}
