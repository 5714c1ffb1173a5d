package io.limpid.feedformat.csaf;

import io.limpid.feedformat.purl.Purl;
import org.jspecify.annotations.Nullable;

/**
 * A product of a document's tree: a platform, a module, a package.
 *
 * @param id its id in this document
 * @param name for people
 * @param cpe its CPE name, in either binding; null when the document has none
 * @param purl its package-url, null when the document has none or one that is none
 */
public record CsafProduct(
        String id,
        String name,
        @Nullable String cpe,
        @Nullable Purl purl) {}
