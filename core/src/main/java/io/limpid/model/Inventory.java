package io.limpid.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image contains, and what lower layers contained that upper ones removed.
 *
 * @param distro the distribution, null when nothing tells
 * @param packages sorted by type, name, version, architecture and layer; those removed have {@code removedInLayer}
 * @param origin where they come from, as far as it is known of all together
 * @param problems what could not be read; empty means that everything was
 */
public record Inventory(
        @Nullable Distro distro, List<InventoryPackage> packages, Origin origin, List<Problem> problems) {

    public Inventory {
        packages = List.copyOf(packages);
        problems = List.copyOf(problems);
    }

    /** What an image contains of which nothing tells where it comes from. */
    public Inventory(@Nullable Distro distro, List<InventoryPackage> packages, List<Problem> problems) {
        this(distro, packages, Origin.UNKNOWN, problems);
    }

    /** The same, with further problems in front. */
    public Inventory withProblems(List<Problem> more) {
        List<Problem> all = new ArrayList<>(more);
        all.addAll(problems);
        return new Inventory(distro, packages, origin, all);
    }
}
