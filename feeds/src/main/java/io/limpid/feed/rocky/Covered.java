package io.limpid.feed.rocky;

import io.limpid.feed.rocky.Products.Product;
import io.limpid.feedformat.updateinfo.Erratum;
import io.limpid.feedformat.updateinfo.RpmBuild;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the pages cover: for which architectures they list the builds of each erratum and product.
 *
 * <p>Of some errata they have the builds for one architecture only, and of some those of one release only, though there are others.
 */
final class Covered {
    private static final String NO_ARCH = "noarch";
    /** What goes with another architecture, and is built for some packages only. */
    private static final Map<String, String> ALONG = Map.of("i686", "x86_64");

    private final Map<Product, Map<String, Set<String>>> errata = new HashMap<>();
    /** The architectures that a product is built for: those of all its errata. */
    private final Map<Product, Set<String>> arches = new HashMap<>();

    /** A page lists these builds. */
    void add(Product product, Erratum erratum) {
        Set<String> all = arches.computeIfAbsent(product, _ -> new TreeSet<>());
        Set<String> listed = errata.computeIfAbsent(product, _ -> new HashMap<>())
                .computeIfAbsent(erratum.id(), _ -> new TreeSet<>());
        for (RpmBuild build : erratum.builds()) {
            String arch = ALONG.getOrDefault(build.arch(), build.arch());
            if (arch.equals(NO_ARCH)) {
                listed.add(arch);
            } else if (!build.isSource()) {
                listed.add(arch);
                all.add(arch);
            }
        }
    }

    /** An erratum as another document has it, about the architectures that the pages do not list it for; null when they list it for all. */
    @Nullable
    Erratum rest(Product product, Erratum erratum) {
        Set<String> listed = errata.getOrDefault(product, Map.of()).getOrDefault(erratum.id(), Set.of());
        if (listed.isEmpty()) {
            return erratum;
        }
        Set<String> lacking = new TreeSet<>(arches.getOrDefault(product, Set.of()));
        lacking.removeAll(listed);
        // What is built for no architecture alone is there for all.
        if (lacking.isEmpty() || listed.equals(Set.of(NO_ARCH))) {
            return null;
        }
        ALONG.forEach((arch, with) -> {
            if (lacking.contains(with)) {
                lacking.add(arch);
            }
        });
        List<RpmBuild> builds = new ArrayList<>();
        for (RpmBuild build : erratum.builds()) {
            lacking.forEach(arch -> builds.add(build.on(arch)));
        }
        return erratum.with(builds);
    }
}
