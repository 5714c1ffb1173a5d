package io.limpid.model;

import java.util.List;

/**
 * Where the packages of an image come from, as far as it is known of all together; all lists sorted, nothing twice.
 *
 * @param products the names (CPE) of the products that the image is or is built for
 * @param contentSets the repositories from which packages may have been installed when it was built
 * @param moduleStreams the enabled streams of modules, {@code nodejs:18}
 * @param builds the image and those that it is made from, as the vendor calls them
 */
public record Origin(
        List<String> products,
        List<String> contentSets,
        List<String> moduleStreams,
        List<OriginClue.ImageBuild> builds) {
    /** Nothing is known. */
    public static final Origin UNKNOWN = new Origin(List.of(), List.of(), List.of(), List.of());

    public Origin {
        products = List.copyOf(products);
        contentSets = List.copyOf(contentSets);
        moduleStreams = List.copyOf(moduleStreams);
        builds = List.copyOf(builds);
    }
}
