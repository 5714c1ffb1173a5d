package io.limpid.server.clair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a layer adds to the one below it and removes from it, by Clair's rules.
 *
 * @param layer with all its features, those of the layers below too
 * @param added what it has and its parent has not
 * @param removed what its parent has and it has not
 */
public record ClairFold(IndexedLayer layer, List<FeatureVersion> added, List<FeatureVersion> removed) {

    public ClairFold {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /**
     * Lays what was detected in a layer over its parent.
     *
     * <p>Its namespace is its own, else its parent's. A layer in which nothing is listed has what its parent has. Any other has what is listed in it,
     * where a package that the parent has in the same version keeps the namespace that it has there, also after an upgrade of the distribution.
     *
     * @param name of the layer
     * @param parent the layer below with its features, or null
     * @param namespace its own, when one was detected
     * @param listed what was detected in it
     * @throws ClairException {@code OS_UNSUPPORTED} when something is listed of which no namespace is known
     */
    public static ClairFold of(
            String name, @Nullable IndexedLayer parent, Optional<Namespace> namespace, List<ListedFeature> listed)
            throws ClairException {
        List<LayerFeature> below = parent == null ? List.of() : parent.features();
        Namespace inherited = parent == null ? null : parent.namespace();
        Namespace own = namespace.isPresent() ? namespace.get() : inherited;
        List<LayerFeature> features = listed.isEmpty() ? below : placed(name, own, below, listed);
        IndexedLayer layer =
                new IndexedLayer(name, IndexedLayer.ENGINE, parent == null ? null : parent.name(), own, features);
        return new ClairFold(layer, missing(features, below), missing(below, features));
    }

    private static List<LayerFeature> placed(
            String name, @Nullable Namespace own, List<LayerFeature> below, List<ListedFeature> listed)
            throws ClairException {
        Map<ListedFeature, Namespace> known = new HashMap<>();
        Map<FeatureVersion, LayerFeature> unchanged = new HashMap<>();
        for (LayerFeature feature : below) {
            FeatureVersion version = feature.version();
            known.put(listed(version), version.feature().namespace());
            unchanged.put(version, feature);
        }
        Set<FeatureVersion> versions = new LinkedHashSet<>();
        for (ListedFeature feature : listed) {
            Namespace kept = known.get(feature);
            Namespace namespace = kept == null ? own : kept;
            if (namespace == null) {
                throw new ClairException(ClairError.OS_UNSUPPORTED);
            }
            versions.add(new FeatureVersion(new Feature(namespace, feature.name()), feature.version()));
        }
        List<LayerFeature> features = new ArrayList<>(versions.size());
        for (FeatureVersion version : versions) {
            LayerFeature feature = unchanged.get(version);
            features.add(feature == null ? new LayerFeature(version, name, List.of()) : feature);
        }
        return List.copyOf(features);
    }

    private static ListedFeature listed(FeatureVersion version) {
        return new ListedFeature(version.feature().name(), version.version());
    }

    /** The versions that are in the one list and not in the other. */
    private static List<FeatureVersion> missing(List<LayerFeature> from, List<LayerFeature> in) {
        Set<FeatureVersion> versions = new LinkedHashSet<>();
        from.forEach(feature -> versions.add(feature.version()));
        in.forEach(feature -> versions.remove(feature.version()));
        return List.copyOf(versions);
    }
}
