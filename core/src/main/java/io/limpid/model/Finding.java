package io.limpid.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vulnerability that an advisory states for a package of the image.
 *
 * @param id the advisory's own name for it: {@code CVE-2024-1234}
 * @param aliases its other names, sorted
 * @param affected the package
 * @param severity how bad it is
 * @param severitySource who says so
 * @param state {@code fixed}, {@code affected}, {@code deferred}, {@code will-not-fix}, {@code end-of-life} or {@code under-investigation}
 * @param fixedVersion the first version without it, null when there is none
 * @param feed the feed that the advisory is from
 * @param url the advisory's page, null when there is none
 * @param comparison the comparison that was made, for people: {@code 1.2-1 < 1.2-3}
 */
public record Finding(
        String id,
        List<String> aliases,
        InventoryPackage affected,
        Severity severity,
        @Nullable String severitySource,
        String state,
        @Nullable String fixedVersion,
        String feed,
        @Nullable String url,
        @Nullable String comparison) {

    public Finding {
        aliases = List.copyOf(aliases);
    }
}
