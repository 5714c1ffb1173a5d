package io.limpid.feedformat.csaf;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A product of a document's tree: a platform, a module, a package.
 *
 * @param id its id in this document
 * @param name for people
 * @param cpe its CPE name, in either binding; null when the document has none
 * @param purl its package-url, null when the document has none or one that is none
 * @param branches the branches of the tree that lead to it, the outermost first
 */
public record CsafProduct(
        String id,
        String name,
        @Nullable String cpe,
        @Nullable CsafPurl purl,
        List<Branch> branches) {

    /**
     * A branch of the tree.
     *
     * @param category {@code vendor}, {@code product_family}, {@code product_name}, {@code product_version}, {@code architecture}, ...
     * @param name {@code Red Hat}, {@code x86_64}
     */
    public record Branch(String category, String name) {}

    public CsafProduct {
        branches = List.copyOf(branches);
    }

    /** The name of the innermost branch of a category that leads to it. */
    public Optional<String> branch(String category) {
        return branches.reversed().stream()
                .filter(branch -> branch.category().equals(category))
                .map(Branch::name)
                .findFirst();
    }
}
