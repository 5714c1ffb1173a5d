package io.limpid.server.clair;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that was read, under the name that its client gave it.
 *
 * @param name unique
 * @param engineVersion of the worker that read it, {@link #ENGINE} now
 * @param parent name of the layer below it, or null
 * @param namespace its own or the one of its parent, or null
 * @param features all that it has, those of the layers below it too; empty when they were not asked for
 */
public record IndexedLayer(
        String name,
        int engineVersion,
        @Nullable String parent,
        @Nullable Namespace namespace,
        List<LayerFeature> features) {

    /** What Clair 2.0's worker says of itself. */
    public static final int ENGINE = 3;
}
