package io.limpid.model;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One distribution as {@link DistroTable} knows it: what it calls itself, what its releases are and until when they get fixes.
 *
 * @param id os-release's ID
 * @param edition tells it from another distribution with the same ID, as {@code stream} tells CentOS Stream from CentOS Linux; null where there is
 *     no need to. It stands as the codename of all releases and, behind a hyphen, in the name of the advisories.
 * @param name for people, and how os-release's NAME starts where there is an edition
 * @param idLike what os-release has as ID_LIKE; nothing is concluded from it
 * @param form how its VERSION_ID becomes the name of a release
 * @param packageType the package-url type of its own packages
 * @param purlNamespace their namespace in package-urls
 * @param clairPrefix what Clair v1 has before the release in the namespace of its advisories, null where Clair has none
 * @param clairWords what else Clair v1 calls layers of it, where it finds no better word in their release files
 * @param spellings what else tools call it, lower case
 * @param titles how the first line of an old release file starts
 * @param versionParts how many numbers VERSION_ID has where old release files have more, 0 where they have the same
 * @param lifeSource where the days are from, null where the table has none
 * @param releases the oldest first
 */
public record DistroFamily(
        String id,
        @Nullable String edition,
        String name,
        List<String> idLike,
        VersionForm form,
        String packageType,
        String purlNamespace,
        @Nullable String clairPrefix,
        List<String> clairWords,
        List<String> spellings,
        List<String> titles,
        int versionParts,
        @Nullable String lifeSource,
        List<Release> releases) {

    private static final Pattern NUMBERS = Pattern.compile("[0-9]+(?:[.][0-9]+)*");

    /**
     * A release.
     *
     * @param versionId its number as advisories name it, null when it has none and never will
     * @param codename its name, null when it has none
     * @param endOfLife the last day on which it gets fixes without a further contract (ISO 8601), null when it is not known
     */
    public record Release(
            @Nullable String versionId,
            @Nullable String codename,
            @Nullable String endOfLife) {}

    /** Whether it is known by the name of its releases alone: {@code bookworm}. */
    public boolean hasNamedReleases() {
        return !releases.isEmpty() && releases.getLast().codename() != null;
    }

    /** The VERSION_ID that belongs to the version in an old release file: CentOS' {@code 7.9.2009} is {@code 7}. */
    public String versionId(String written) {
        return versionParts == 0 ? written : VersionForm.firstParts(written, versionParts);
    }

    /** How the names of its advisories begin: its ID, with the edition where there is one. */
    public String advisories() {
        return edition == null ? id : id + "-" + edition;
    }

    /**
     * The name of its advisories for the release that is written so: {@code debian:12} for {@code 12}, {@code 12.5} and {@code bookworm}.
     *
     * @param written null for none
     * @return null when it is the name of no release
     */
    public @Nullable String namespaceOf(@Nullable String written) {
        if (form == VersionForm.ROLLING) {
            return advisories();
        }
        if (written == null) {
            return null;
        }
        Release named = named(written);
        if (named != null) {
            return namespace(named.versionId(), named.codename());
        }
        String release = form.release(written);
        if (row(release) != null || release.equals(VersionForm.EDGE)) {
            return advisories() + ":" + release;
        }
        // One to come has as many numbers as those that are known.
        boolean known = releases.isEmpty()
                || releases.stream()
                        .anyMatch(one -> one.versionId() != null && numbers(one.versionId()) == numbers(release));
        return known && NUMBERS.matcher(release).matches() ? advisories() + ":" + release : null;
    }

    private static long numbers(String release) {
        return release.chars().filter(c -> c == '.').count();
    }

    /** The name of its advisories for a release of this number and name. */
    String namespace(@Nullable String versionId, @Nullable String codename) {
        String release = release(versionId, codename);
        return release == null ? advisories() : advisories() + ":" + release;
    }

    /** The release that advisories mean, null where none is told or needed. */
    @Nullable
    String release(@Nullable String versionId, @Nullable String codename) {
        if (form == VersionForm.ROLLING) {
            return null;
        }
        if (versionId != null) {
            return form.release(versionId);
        }
        // Debian's testing names itself by codename only; its advisories are those of the release that it becomes.
        Release known = codename == null || edition != null ? null : named(codename);
        return known != null && known.versionId() != null ? known.versionId() : edition == null ? codename : null;
    }

    /**
     * The release in a namespace of Clair v1 that may be of this distribution: {@code 3.18} of {@code alpine:v3.18}.
     *
     * @return null when it is of another
     */
    @Nullable
    String clairRelease(String namespace) {
        if (clairPrefix != null && namespace.startsWith(clairPrefix)) {
            return namespace.substring(clairPrefix.length());
        }
        int colon = namespace.indexOf(':');
        String word = colon < 0 ? namespace : namespace.substring(0, colon);
        boolean isOwn = word.equals(advisories()) || spellings.contains(word) || clairWords.contains(word);
        return isOwn ? namespace.substring(colon < 0 ? namespace.length() : colon + 1) : null;
    }

    /** The row of the release that advisories name so, null when there is none. */
    @Nullable
    Release row(@Nullable String release) {
        for (Release one : releases) {
            String own = one.versionId() == null ? one.codename() : one.versionId();
            if (release != null && release.equals(own)) {
                return one;
            }
        }
        return null;
    }

    /** The row of the release with this name, null when there is none. */
    @Nullable
    Release named(String codename) {
        for (Release one : releases) {
            if (codename.equals(one.codename())) {
                return one;
            }
        }
        return null;
    }

    /** The name of the release with just this number, null when there is none. */
    @Nullable
    String codename(@Nullable String versionId) {
        for (Release one : releases) {
            if (versionId != null && versionId.equals(one.versionId())) {
                return one.codename();
            }
        }
        return null;
    }
}
