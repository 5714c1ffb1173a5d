package io.limpid.feedformat.csaf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSAF document.
 *
 * @param category {@code csaf_vex}, {@code csaf_security_advisory}
 * @param id what its publisher calls it: {@code CVE-2024-0727}, {@code RHSA-2024:0010}
 * @param severity the publisher's word for how bad all together is, null when there is none
 * @param released when it was first published (ISO 8601), null when not said
 * @param modified when it was last changed (ISO 8601), null when not said
 * @param products the products that it names
 * @param vulnerabilities in the document's order
 */
public record CsafDocument(
        String category,
        String id,
        @Nullable String severity,
        @Nullable String released,
        @Nullable String modified,
        CsafProducts products,
        List<CsafVulnerability> vulnerabilities) {
    public CsafDocument {
        vulnerabilities = List.copyOf(vulnerabilities);
    }

    /** How bad a vulnerability is in a product: what is said of this one, else of all together; null when nothing is. */
    public @Nullable String impact(CsafVulnerability vulnerability, int product) {
        String own = vulnerability.impacts().of(product);
        return own == null ? severity : own;
    }
}
