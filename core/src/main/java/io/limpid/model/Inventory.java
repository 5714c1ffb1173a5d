package io.limpid.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image contains, and what lower layers contained that upper ones removed.
 *
 * @param distro the distribution, null when nothing tells
 * @param packages sorted by type, name, version, architecture and layer; those removed have {@code removedInLayer}
 * @param evidence the files that a package database was read from and that the finished image shows, sorted
 * @param problems what could not be read; empty means that everything was
 */
public record Inventory(
        @Nullable Distro distro, List<InventoryPackage> packages, List<String> evidence, List<Problem> problems) {

    public Inventory {
        packages = List.copyOf(packages);
        evidence = List.copyOf(evidence);
        problems = List.copyOf(problems);
    }
}
