package io.limpid.feedformat.updateinfo;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An update of rpm packages as its publisher announces it: what it fixes, and the builds that have the fix.
 *
 * @param id its name: {@code ALSA-2019:2511}
 * @param security whether it is published for the sake of security; one that is not counts only for the vulnerabilities that it names
 * @param released whether its builds can be installed by everybody
 * @param named the vulnerabilities that it names
 * @param title its title, null when it has none
 * @param description what it is about, null when nothing is said
 * @param severity the publisher's word for how bad it is, null when there is none
 * @param links pages about it, in the publisher's order
 * @param published when it was published (ISO 8601), null when not said
 * @param modified when it was last changed (ISO 8601), null when not said
 * @param builds the builds, of whatever release they are
 */
public record Erratum(
        String id,
        boolean security,
        boolean released,
        List<Named> named,
        @Nullable String title,
        @Nullable String description,
        @Nullable String severity,
        List<String> links,
        @Nullable String published,
        @Nullable String modified,
        List<RpmBuild> builds) {

    /** What {@link #id} is like. */
    public static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9._:+-]{2,99}");

    private static final Pattern CVE = Pattern.compile("(?<![A-Za-z0-9])CVE-([0-9]{4})-([0-9]{4,19})(?![0-9])");

    /**
     * A vulnerability that an erratum names.
     *
     * @param id its name: {@code CVE-2019-2420}
     * @param aliases its other names
     * @param vector its CVSS vector, null when the erratum has none
     */
    public record Named(
            String id, List<String> aliases, @Nullable String vector) {
        public Named {
            aliases = List.copyOf(aliases);
        }

        /** One of which nothing but the name is said. */
        public Named(String id) {
            this(id, List.of(), null);
        }
    }

    public Erratum {
        named = List.copyOf(named);
        links = List.copyOf(links);
        builds = List.copyOf(builds);
    }

    /** The same with other builds. */
    public Erratum with(List<RpmBuild> others) {
        return new Erratum(
                id, security, released, named, title, description, severity, links, published, modified, others);
    }

    /** The CVE ids in a text, each as often as it is there. */
    public static List<String> cves(String text) {
        // Most texts have none, and the search is short.
        if (!text.contains("CVE-")) {
            return List.of();
        }
        Matcher found = CVE.matcher(text);
        return found.results().map(one -> one.group()).toList();
    }
}
