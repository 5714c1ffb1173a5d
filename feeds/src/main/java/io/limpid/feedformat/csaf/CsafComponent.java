package io.limpid.feedformat.csaf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a product id means once the document's relationships are followed: a package, as a part of modules, as a part of a platform.
 *
 * @param id the product id
 * @param part the innermost product: a package; the product itself when it is a part of nothing
 * @param modules what it is a part of before the platform, the innermost first; mostly nothing
 * @param platform the outermost product, null when it is a part of nothing
 */
public record CsafComponent(
        String id,
        CsafProduct part,
        List<CsafProduct> modules,
        @Nullable CsafProduct platform) {
    public CsafComponent {
        modules = List.copyOf(modules);
    }
}
