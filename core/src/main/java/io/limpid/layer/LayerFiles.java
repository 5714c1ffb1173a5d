package io.limpid.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that a detector asked for, as far as the layer has them. */
public final class LayerFiles {
    private final Map<String, LayerFile> byPath;

    private LayerFiles(Map<String, LayerFile> byPath) {
        this.byPath = byPath;
    }

    /** The files in this order; of two with the same path the last counts, as when a tar is unpacked. */
    public static LayerFiles of(List<LayerFile> files) {
        Map<String, LayerFile> byPath = new LinkedHashMap<>();
        for (LayerFile file : files) {
            byPath.remove(file.path());
            byPath.put(file.path(), file);
        }
        return new LayerFiles(byPath);
    }

    /** All files, in the layer's order. */
    public List<LayerFile> all() {
        return List.copyOf(byPath.values());
    }

    public Optional<LayerFile> get(String path) {
        return Optional.ofNullable(byPath.get(path));
    }
}
