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
 * @param severities how bad everybody who says something says that it is, the publisher first
 * @param state what is known of it in this package
 * @param fixedVersion the first version without it, null when there is none; in a state that knows no fix one that is announced and cannot be
 *     installed yet, or that only subscribers can install
 * @param feed the feed that the advisory is from
 * @param url the advisory's page, null when there is none
 * @param comparison the comparison that was made, for people: {@code 1.2-1 < 1.2-3}; never null where the state is {@code UNDECIDED}, of which
 *     it says why
 * @param note why the state is as it is, in the publisher's words; null when nothing is said
 * @param description what the vulnerability is, for people; null when it is not known or was not asked for
 * @param exploitPrediction how likely it is to be exploited, null when nothing is known of that
 * @param knownExploitation that it is exploited, null when nothing is known of that
 * @param corrected what a local correction made of it, null where none did
 */
public record Finding(
        String id,
        List<String> aliases,
        InventoryPackage affected,
        Severity severity,
        @Nullable String severitySource,
        List<SeverityRating> severities,
        FindingState state,
        @Nullable String fixedVersion,
        String feed,
        @Nullable String url,
        @Nullable String comparison,
        @Nullable String note,
        @Nullable String description,
        @Nullable ExploitPrediction exploitPrediction,
        @Nullable KnownExploitation knownExploitation,
        @Nullable Corrected corrected) {

    public Finding {
        aliases = List.copyOf(aliases);
        severities = List.copyOf(severities);
        if (state == FindingState.UNDECIDED && comparison == null) {
            throw new IllegalArgumentException(id + " is undecided, and nothing says why");
        }
    }

    /** A finding of whose exploitation nothing is known, and that no local correction is about. */
    public Finding(
            String id,
            List<String> aliases,
            InventoryPackage affected,
            Severity severity,
            @Nullable String severitySource,
            List<SeverityRating> severities,
            FindingState state,
            @Nullable String fixedVersion,
            String feed,
            @Nullable String url,
            @Nullable String comparison,
            @Nullable String note,
            @Nullable String description) {
        this(
                id,
                aliases,
                affected,
                severity,
                severitySource,
                severities,
                state,
                fixedVersion,
                feed,
                url,
                comparison,
                note,
                description,
                null,
                null,
                null);
    }

    /**
     * The rating that counts: the first that says something, the publisher's own standing first; else the first.
     *
     * @return null when there is none
     */
    public static @Nullable SeverityRating counting(List<SeverityRating> severities) {
        for (SeverityRating rating : severities) {
            if (rating.severity() != Severity.UNKNOWN) {
                return rating;
            }
        }
        return severities.isEmpty() ? null : severities.getFirst();
    }

    /** Whether a user can install a version without it, should the installed one have it. */
    public boolean fixable() {
        return fixedVersion != null && (state == FindingState.FIXED || state == FindingState.UNDECIDED);
    }
}
