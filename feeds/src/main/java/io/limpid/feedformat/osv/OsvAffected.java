package io.limpid.feedformat.osv;

import io.limpid.format.json.JsonObject;
import io.limpid.model.VersionRange;
import io.limpid.version.VersionScheme;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A package that an OSV record is about, and its versions.
 *
 * @param ecosystem whose package it is, with the release where there are some: {@code Ubuntu:22.04:LTS}, {@code npm}
 * @param name its name, as the ecosystem spells it
 * @param purl its package-url, null when there is none
 * @param severities how bad it is in this package, empty when that is as in all
 * @param ranges versions that have it, by where they begin and end
 * @param versions versions that have it, one by one
 * @param ecosystemSpecific the wanted members of {@code ecosystem_specific}
 * @param databaseSpecific the wanted members of {@code database_specific}
 */
public record OsvAffected(
        String ecosystem,
        String name,
        @Nullable String purl,
        List<OsvRecord.Severity> severities,
        List<Range> ranges,
        List<String> versions,
        JsonObject ecosystemSpecific,
        JsonObject databaseSpecific) {

    /**
     * Versions by where they begin and end.
     *
     * @param type how they are ordered: {@code ECOSYSTEM}, {@code SEMVER}, {@code GIT}
     * @param events where something begins or ends, in the document's order
     * @param databaseSpecific the wanted members of {@code database_specific}
     */
    public record Range(String type, List<Event> events, JsonObject databaseSpecific) {
        public Range {
            events = List.copyOf(events);
        }

        /** Whether it is of versions, not of commits in a repository. */
        public boolean isOfVersions() {
            return type.equals("ECOSYSTEM") || type.equals("SEMVER");
        }
    }

    /** A version at which something begins or ends. */
    public record Event(Kind kind, String version) {

        /** What begins or ends there. */
        public enum Kind {
            /** The first version that has it. */
            INTRODUCED,
            /** The first one without it. */
            FIXED,
            /** The last one with it. */
            LAST_AFFECTED,
            /** The first one of which nothing is said any more. */
            LIMIT
        }
    }

    public OsvAffected {
        severities = List.copyOf(severities);
        ranges = List.copyOf(ranges);
        versions = List.copyOf(versions);
    }

    /**
     * The versions that have it: those in a range of versions, and those that are listed and in none.
     *
     * @param scheme the order of the ecosystem's versions
     * @return empty when only commits in a repository are named, or nothing
     */
    public List<VersionRange> affected(VersionScheme scheme) {
        return Intervals.of(this, scheme);
    }

    /** The newest of the versions that a range says to be without it; null when there is none. */
    public @Nullable String fixed(VersionScheme scheme) {
        return Intervals.fixed(this, scheme);
    }
}
