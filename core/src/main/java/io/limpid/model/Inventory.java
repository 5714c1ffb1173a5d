package io.limpid.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image contains, and what lower layers contained that upper ones removed.
 *
 * @param distro the distribution, null when nothing tells
 * @param packages sorted by type, name, version, architecture and layer; those removed have {@code removedInLayer}
 * @param problems what could not be read; empty means that everything was
 */
public record Inventory(@Nullable Distro distro, List<InventoryPackage> packages, List<Problem> problems) {

    public Inventory {
        packages = List.copyOf(packages);
        problems = List.copyOf(problems);
    }
}
