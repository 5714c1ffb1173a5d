package io.limpid.feed.suse;

import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.feed.suse.Products.Meant;
import io.limpid.feedformat.oval.OvalArches;
import io.limpid.feedformat.oval.OvalDefinition;
import io.limpid.feedformat.oval.OvalDefinition.Cve;
import io.limpid.feedformat.oval.OvalDefinition.Reference;
import io.limpid.feedformat.oval.OvalDocument;
import io.limpid.feedformat.oval.OvalRatings;
import io.limpid.feedformat.oval.OvalStatement;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.FixState;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns definitions of vulnerabilities into advisories: one for each release and binary package. */
final class Definitions {
    private static final int LINKS = 50;

    private final Products products;
    private final PartReading reading;
    /** The vulnerabilities that the documents before define: what they say of one is all of it. */
    private final Set<String> defined = new HashSet<>();

    private long told;

    Definitions(Products products, PartReading reading) {
        this.products = products;
        this.reading = reading;
    }

    /** Takes the definitions of the next document. */
    OvalDocument.Teller of(String document) {
        Set<String> before = Set.copyOf(defined);
        return (definition, statements) -> tell(document, before, definition, statements);
    }

    private void tell(String document, Set<String> before, OvalDefinition definition, List<OvalStatement> statements)
            throws FeedException {
        if (definition.kind().equals("patch")) {
            reading.skip(definition.name(), "a patch, where vulnerabilities are expected");
            return;
        }
        Map<String, List<Cve>> cves = definition.vulnerabilities();
        if (cves.isEmpty()) {
            reading.skip(definition.name(), "no vulnerability's name: CVE-...");
            return;
        }
        for (Map.Entry<String, List<Cve>> cve : cves.entrySet()) {
            defined.add(cve.getKey());
            if (before.contains(cve.getKey())) {
                continue;
            }
            List<Advisory> advisories = advisories(cve.getKey(), cve.getValue(), definition, statements);
            told += advisories.size();
            if (!advisories.isEmpty()) {
                reading.record(document, advisories);
            }
        }
    }

    /** What other products the document is about is not told one by one; that it is about no other ones is. */
    void end(String document) throws FeedException {
        if (told == 0) {
            throw new FeedException(document, null, "it says nothing of a release that it should be about");
        }
    }

    private List<Advisory> advisories(
            String id, List<Cve> said, OvalDefinition definition, List<OvalStatement> statements) {
        List<SeverityRating> severities = OvalRatings.of(SuseFeed.ID, word(said, definition), said);
        List<String> links = links(definition);
        List<Advisory> advisories = new ArrayList<>(statements.size());
        for (OvalStatement statement : statements) {
            if (statement.module() != null || statement.kernel() || statement.release() != null) {
                reading.skip(definition.name(), "something else than a version is asked for: " + statement.name());
                continue;
            }
            for (Meant release : releases(definition, statement)) {
                advisories.add(advisory(id, release, definition, statement, severities, links));
            }
        }
        return advisories;
    }

    /** The releases that are meant: by the branch where it names products, by the definition where it names none. */
    private Set<Meant> releases(OvalDefinition definition, OvalStatement statement) {
        Set<Meant> releases = new LinkedHashSet<>();
        if (statement.platforms().isEmpty()) {
            definition.platforms().forEach(product -> add(product, releases));
        } else {
            statement.platforms().forEach(product -> add(product.name(), releases));
        }
        return releases;
    }

    private void add(String product, Set<Meant> releases) {
        for (Meant release : products.meant(product)) {
            if (products.has(release.namespace())) {
                releases.add(release);
            }
        }
    }

    private static Advisory advisory(
            String id,
            Meant release,
            OvalDefinition definition,
            OvalStatement statement,
            List<SeverityRating> severities,
            List<String> links) {
        VersionRange range = statement.range();
        FixState state = statement.impossible()
                ? FixState.NOT_AFFECTED
                : range.fixed() == null ? FixState.AFFECTED : FixState.FIXED;
        AdvisorySubject subject = new AdvisorySubject(
                release.namespace(),
                statement.name(),
                Kind.BINARY,
                Kind.BINARY,
                OvalArches.of(statement),
                null,
                release.asks(),
                "",
                null);
        return new Advisory(
                id,
                List.of(),
                SuseFeed.ID,
                subject,
                state,
                statement.impossible() ? List.of() : List.of(range),
                statement.impossible() ? null : range.fixed(),
                severities,
                definition.description(),
                null,
                "https://www.suse.com/security/cve/" + id + "/",
                links,
                definition.issued(),
                definition.updated());
    }

    /** SUSE's own word for the vulnerability; that of the whole definition where there is none. */
    private static @Nullable String word(List<Cve> said, OvalDefinition definition) {
        return said.stream()
                .filter(cve -> cve.impact() != null
                        && (cve.rater() == null || cve.rater().equalsIgnoreCase(SuseFeed.ID)))
                .map(Cve::impact)
                .findFirst()
                .orElse(definition.severity());
    }

    /** The bulletins about packages; those about images, hundreds for some vulnerabilities, say nothing more. */
    private static List<String> links(OvalDefinition definition) {
        List<String> links = new ArrayList<>();
        for (Reference reference : definition.references()) {
            String url = reference.url();
            boolean bulletin =
                    reference.id().startsWith("SUSE-SU-") || reference.id().startsWith("openSUSE-SU-");
            if (url != null && bulletin && links.size() < LINKS) {
                links.add(url);
            }
        }
        return links;
    }
}
