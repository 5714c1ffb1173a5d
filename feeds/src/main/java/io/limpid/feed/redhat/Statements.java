package io.limpid.feed.redhat;

import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.FixState;
import io.limpid.model.VersionRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one document says of one vulnerability, package by package: what it says of many products and architectures becomes one advisory each where
 * that makes no difference.
 */
final class Statements {
    static final String RHEL = "rhel:";
    static final String CENTOS = "centos:";
    /** Those of CentOS Linux; CentOS Stream is built before RHEL and has other versions. */
    static final Set<String> CENTOS_RELEASES = Set.of("5", "6", "7", "8");

    static final String NOARCH = "noarch";

    private final Map<Place, TreeMap<String, TreeSet<String>>> said = new LinkedHashMap<>();

    /**
     * What is said of a package, wherever.
     *
     * @param named whose name {@code name} is
     * @param version the fixed version, null when there is none
     * @param word the severity
     * @param vector the CVSS vector
     * @param note why it is so
     * @param bulletin the advisory with the fix
     * @param link the page of that
     */
    record Statement(
            String name,
            Kind named,
            @Nullable String module,
            FixState state,
            @Nullable String version,
            @Nullable String word,
            @Nullable String vector,
            @Nullable String note,
            @Nullable String bulletin,
            @Nullable String link) {}

    /** What is the same in all advisories on the vulnerability. */
    record Text(
            String id,
            @Nullable String description,
            String url,
            @Nullable String published,
            @Nullable String modified) {}

    private record Place(String namespace, Statement statement) {}

    /**
     * Adds one.
     *
     * @param release the release of RHEL that the package is built for: {@code 8}
     * @param arch null for all
     */
    void add(Statement statement, Platform platform, String release, @Nullable String arch) {
        // What is built without an architecture may have been built for one before, and the other way round.
        String only = arch == null || arch.equals(NOARCH) ? "" : arch;
        add(new Place(RHEL + release, statement), platform.cpe(), only);
        if (CENTOS_RELEASES.contains(release) && platform.isRhel()) {
            add(new Place(CENTOS + release, CentosVersion.of(statement)), "", only);
        }
    }

    private void add(Place place, String cpe, String arch) {
        said.computeIfAbsent(place, _ -> new TreeMap<>())
                .computeIfAbsent(cpe, _ -> new TreeSet<>())
                .add(arch);
    }

    /** The advisories, in the order in which their packages were first met. */
    List<Advisory> advisories(Text text) {
        List<Advisory> advisories = new ArrayList<>();
        said.forEach((place, products) -> {
            Map<SortedSet<String>, List<String>> byArches = new LinkedHashMap<>();
            products.forEach((cpe, arches) ->
                    byArches.computeIfAbsent(arches, _ -> new ArrayList<>()).add(cpe));
            byArches.forEach((arches, cpes) -> advisories.add(advisory(
                    place.namespace,
                    place.statement,
                    arches.contains("") ? List.of() : List.copyOf(arches),
                    cpes.equals(List.of("")) ? List.of() : cpes,
                    text)));
        });
        return advisories;
    }

    /**
     * One advisory.
     *
     * @param arches sorted; empty for all
     * @param cpes sorted; empty for all
     */
    static Advisory advisory(String namespace, Statement statement, List<String> arches, List<String> cpes, Text text) {
        boolean source = statement.named == Kind.SOURCE && statement.version != null;
        AdvisorySubject subject = new AdvisorySubject(
                namespace,
                statement.name,
                statement.named,
                source ? Kind.SOURCE : Kind.BINARY,
                arches,
                statement.module,
                cpes,
                "",
                null);
        return new Advisory(
                text.id,
                statement.bulletin == null ? List.of() : List.of(statement.bulletin),
                RedhatFeed.ID,
                subject,
                statement.state,
                affected(statement),
                statement.version,
                Severities.of(statement.word, statement.vector),
                text.description,
                statement.note,
                text.url,
                statement.link == null ? List.of() : List.of(statement.link),
                text.published,
                text.modified);
    }

    private static List<VersionRange> affected(Statement statement) {
        if (statement.state == FixState.NOT_AFFECTED) {
            return List.of();
        }
        String version = statement.version;
        if (version == null) {
            return List.of(VersionRange.ALL);
        }
        return List.of(VersionRange.before(version));
    }
}
