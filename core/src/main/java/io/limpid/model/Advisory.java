package io.limpid.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher says of one vulnerability in one package of one release.
 *
 * @param id the vulnerability's own name: {@code CVE-2024-1234} where it has one
 * @param aliases its other names and those of the bulletins about it ({@code DSA-5514-1}, {@code GHSA-...}), sorted
 * @param feed the feed that says so
 * @param subject which packages it is about
 * @param state what is said
 * @param affected the versions that have it; empty exactly when the state is {@link FixState#NOT_AFFECTED}
 * @param fixedVersion the first version without it, null when there is none; in the state {@link FixState#FIXED_IN_PRO} one
 *     that only subscribers can install, in another than {@link FixState#FIXED} one that is announced and cannot be installed yet
 * @param severities how bad it is, the publisher's own word first
 * @param description what it is, for people; null when nothing is said
 * @param note why the state is as it is, in the publisher's words; null when nothing is said
 * @param url the page about it, null when there is none
 * @param links further pages, in the publisher's order
 * @param published the day or moment it was published (ISO 8601), null when not said
 * @param modified the day or moment it was last changed (ISO 8601), null when not said
 */
public record Advisory(
        String id,
        List<String> aliases,
        String feed,
        AdvisorySubject subject,
        FixState state,
        List<VersionRange> affected,
        @Nullable String fixedVersion,
        List<SeverityRating> severities,
        @Nullable String description,
        @Nullable String note,
        @Nullable String url,
        List<String> links,
        @Nullable String published,
        @Nullable String modified)
        implements FeedRecord {

    public Advisory {
        if (id.isEmpty() || feed.isEmpty()) {
            throw new IllegalArgumentException("an advisory without a name: " + feed + " " + id);
        }
        aliases = List.copyOf(aliases);
        affected = List.copyOf(affected);
        severities = List.copyOf(severities);
        links = List.copyOf(links);
        if (affected.isEmpty() != (state == FixState.NOT_AFFECTED)) {
            throw new IllegalArgumentException(id + " is " + state + " and affects " + affected);
        }
    }

    /** The same with other ratings. */
    public Advisory withSeverities(List<SeverityRating> others) {
        return new Advisory(
                id,
                aliases,
                feed,
                subject,
                state,
                affected,
                fixedVersion,
                others,
                description,
                note,
                url,
                links,
                published,
                modified);
    }

    /** The same without what people read and nothing is matched by: description and links. */
    public Advisory withoutText() {
        return new Advisory(
                id,
                aliases,
                feed,
                subject,
                state,
                affected,
                fixedVersion,
                severities,
                null,
                note,
                url,
                List.of(),
                published,
                modified);
    }

    /**
     * The same without its fix, which cannot be had where it is asked for.
     *
     * @param why what stands for the note
     */
    public Advisory unfixed(String why) {
        return new Advisory(
                id,
                aliases,
                feed,
                subject,
                FixState.AFFECTED,
                affected,
                null,
                severities,
                description,
                why,
                url,
                links,
                published,
                modified);
    }
}
