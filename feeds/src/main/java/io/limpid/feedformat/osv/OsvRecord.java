package io.limpid.feedformat.osv;

import io.limpid.format.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record in the form of OSV, as it is written: what it means for a release is for its publisher's feed to say.
 *
 * @param id its own name: {@code GHSA-...}, {@code UBUNTU-CVE-2024-1234}, {@code RLSA-2024:1}; empty when it has none
 * @param aliases other names of the same vulnerability, in the document's order
 * @param related names of what has to do with it
 * @param upstream names of what it is derived from: of a bulletin the vulnerabilities that it mends
 * @param severities how bad it is in all packages that say nothing of their own
 * @param affected packages and versions that have it
 * @param withdrawn since when it is no longer meant, null when it is
 * @param specific the wanted members of {@code database_specific}
 * @param odd what in it made no sense and was passed over, the first; null when everything made some
 */
public record OsvRecord(
        String id,
        List<String> aliases,
        List<String> related,
        List<String> upstream,
        @Nullable String summary,
        @Nullable String details,
        List<Severity> severities,
        List<OsvAffected> affected,
        List<Reference> references,
        @Nullable String published,
        @Nullable String modified,
        @Nullable String withdrawn,
        JsonObject specific,
        @Nullable String odd) {

    /**
     * How bad somebody says that it is.
     *
     * @param type what the score is: {@code CVSS_V3}, {@code Ubuntu}
     * @param score a vector string or a word
     */
    public record Severity(String type, String score) {

        /** Whether the score is a CVSS vector string. */
        public boolean isVector() {
            return type.startsWith("CVSS_");
        }
    }

    /**
     * A page about it.
     *
     * @param type what it is: {@code ADVISORY}, {@code FIX}
     */
    public record Reference(String type, String url) {}

    public OsvRecord {
        aliases = List.copyOf(aliases);
        related = List.copyOf(related);
        upstream = List.copyOf(upstream);
        severities = List.copyOf(severities);
        affected = List.copyOf(affected);
        references = List.copyOf(references);
    }

    /** What it is, for people: the details, else the summary; null when it has neither. */
    public @Nullable String description() {
        String text = details == null || details.isBlank() ? summary : details;
        return text == null || text.isBlank() ? null : text.strip();
    }
}
