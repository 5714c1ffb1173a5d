package io.limpid.feedformat.oval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an OVAL definition says for people, and the criteria that {@link OvalDocument} makes statements of.
 *
 * @param id its own id: {@code oval:com.oracle.elsa:def:20230005}; empty when it has none
 * @param kind its class: {@code patch} or {@code vulnerability}; empty when it has none
 * @param title on one line
 * @param platforms the products that it lists as affected; which of its criteria are about which of them, only the criteria tell
 * @param references the publisher's bulletins and the vulnerabilities, in the document's order
 * @param severity the publisher's word, null when there is none
 * @param description null when there is none
 * @param issued the day it was published, null when not said
 * @param updated the day it was last changed, null when not said
 * @param cves the vulnerabilities with what is said of each
 * @param cpes the names of the products as CPEs
 * @param resolutions what becomes of components without a fix
 * @param patchable the word of {@code patchable}, by which Microsoft says whether there is a fix; null when there is none
 */
public record OvalDefinition(
        String id,
        String kind,
        String title,
        List<String> platforms,
        List<Reference> references,
        @Nullable String severity,
        @Nullable String description,
        @Nullable String issued,
        @Nullable String updated,
        List<Cve> cves,
        List<String> cpes,
        List<Resolution> resolutions,
        @Nullable String patchable,
        @Nullable Criteria criteria) {

    private static final Pattern CVE = Pattern.compile("(?:.*\\s)?(CVE-[0-9]{4}-[0-9]{4,12})");

    public OvalDefinition {
        platforms = List.copyOf(platforms);
        references = List.copyOf(references);
        cves = List.copyOf(cves);
        cpes = List.copyOf(cpes);
        resolutions = List.copyOf(resolutions);
    }

    /** The vulnerabilities that it is about, in its order, and what is said of each; empty when it names none that has a CVE's number. */
    public Map<String, List<Cve>> vulnerabilities() {
        Map<String, List<Cve>> found = new LinkedHashMap<>();
        for (Cve cve : cves) {
            Matcher name = CVE.matcher(cve.id());
            if (name.matches()) {
                found.computeIfAbsent(name.group(1), _ -> new ArrayList<>(1)).add(cve);
            }
        }
        for (Reference reference : references) {
            Matcher name = CVE.matcher(reference.id());
            if (name.matches()) {
                found.computeIfAbsent(name.group(1), _ -> new ArrayList<>(0));
            }
        }
        Matcher name = CVE.matcher(title);
        if (found.isEmpty() && name.matches()) {
            found.put(name.group(1), List.of());
        }
        return found;
    }

    /** What tells it from others, for messages. */
    public String name() {
        return id.isEmpty() ? title : id;
    }

    /**
     * A bulletin or vulnerability.
     *
     * @param source whose name it is: {@code CVE}, {@code RHSA}, {@code elsa}; empty when not said
     * @param id its name there; empty when there is none
     * @param url the page about it, null when there is none
     */
    public record Reference(
            String source, String id, @Nullable String url) {}

    /**
     * What is said of one vulnerability.
     *
     * @param id its name
     * @param rater who says so, where the publisher repeats others: {@code NVD}; null when it is the publisher
     * @param impact the word for its severity, null when there is none
     * @param cvss2 score and vector of CVSS version 2, {@code 7.8/AV:N/...}; null when there are none
     * @param cvss3 those of version 3
     * @param cvss4 those of version 4
     * @param url the page about it, null when there is none
     */
    public record Cve(
            String id,
            @Nullable String rater,
            @Nullable String impact,
            @Nullable String cvss2,
            @Nullable String cvss3,
            @Nullable String cvss4,
            @Nullable String url) {}

    /**
     * What becomes of components without a fix.
     *
     * @param state {@code Will not fix}
     */
    public record Resolution(String state, List<String> components) {
        public Resolution {
            components = List.copyOf(components);
        }
    }

    /** What must be true of a machine for the definition to be. */
    public sealed interface Criteria {}

    /**
     * Several of them.
     *
     * @param all whether all must be true, not only one
     * @param negated whether the opposite is meant
     */
    record Group(boolean all, boolean negated, List<Criteria> parts) implements Criteria {}

    /**
     * A test, which is defined elsewhere in the document.
     *
     * @param test the test's number in the document's tables
     * @param comment what it says for people
     */
    record Leaf(long test, boolean negated, String comment) implements Criteria {}
}
