package io.limpid.feed.oracle;

import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.oval.OvalArches;
import io.limpid.feedformat.oval.OvalDefinition;
import io.limpid.feedformat.oval.OvalDefinition.Cve;
import io.limpid.feedformat.oval.OvalDefinition.Reference;
import io.limpid.feedformat.oval.OvalRatings;
import io.limpid.feedformat.oval.OvalStatement;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Distros;
import io.limpid.model.FixState;
import io.limpid.model.SeverityRating;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns errata into advisories: one for each vulnerability and each package that its fix is in; one without a vulnerability is its own. */
final class Errata {
    private static final Pattern RELEASE = Pattern.compile("Oracle Linux ([1-9][0-9]?)");
    private static final Pattern ERRATUM = Pattern.compile("\\b(ELSA-[0-9]{4}-[0-9]{1,6}(?:-[0-9]{1,3})?)\\b");

    /**
     * An erratum until the versions of all are known.
     *
     * @param statements what it says of packages of one release each
     */
    private record Erratum(String id, OvalDefinition definition, List<Said> statements) {}

    private record Said(String namespace, OvalStatement statement, String fixed, String flavour) {}

    private final String document;
    private final PartReading reading;
    private final Builds builds = new Builds();
    private final List<Erratum> errata = new ArrayList<>();

    Errata(String document, PartReading reading) {
        this.document = document;
        this.reading = reading;
    }

    void take(OvalDefinition definition, List<OvalStatement> statements) {
        String id = id(definition);
        if (id == null) {
            reading.skip(definition.name(), "no erratum's name: ELSA-...");
            return;
        }
        List<Said> said = new ArrayList<>(statements.size());
        for (OvalStatement statement : statements) {
            for (OvalStatement.Platform platform : statement.platforms()) {
                Matcher release = RELEASE.matcher(platform.name());
                if (release.matches()) {
                    add(
                            id,
                            Distros.of(OracleFeed.DISTRO, release.group(1), null)
                                    .namespace(),
                            statement,
                            said);
                } else {
                    reading.skip(id, "a product that is not known: " + platform.name());
                }
            }
            if (statement.platforms().isEmpty()) {
                reading.skip(id, "a package of no release: " + statement.name());
            }
        }
        errata.add(new Erratum(id, definition, said));
    }

    private void add(String id, String namespace, OvalStatement statement, List<Said> said) {
        String fixed = statement.fixedVersion();
        if (fixed == null || statement.range().introduced() != null || statement.impossible() || statement.kernel()) {
            reading.skip(id, "something else than a lower version is asked for: " + statement.name());
            return;
        }
        String flavour = Builds.flavour(statement.name(), fixed);
        String release = statement.release();
        if (release != null && !release.equals(flavour)) {
            reading.skip(id, "a release that is not known is asked for: " + statement.name() + " " + release);
            return;
        }
        builds.add(namespace, statement.name(), fixed);
        said.add(new Said(namespace, statement, fixed, flavour));
    }

    /** The erratum's name, from its title or, where that has none, its reference. */
    private static @Nullable String id(OvalDefinition definition) {
        Matcher title = ERRATUM.matcher(definition.title());
        if (title.find()) {
            return title.group(1);
        }
        for (Reference reference : definition.references()) {
            Matcher id = ERRATUM.matcher(reference.id());
            if (id.matches()) {
                return id.group(1);
            }
        }
        return null;
    }

    void tell() throws FeedException {
        for (Erratum erratum : errata) {
            Map<String, List<Cve>> cves = erratum.definition.vulnerabilities();
            if (cves.isEmpty()) {
                tell(erratum, erratum.id, List.of());
            }
            for (Map.Entry<String, List<Cve>> cve : cves.entrySet()) {
                tell(erratum, cve.getKey(), cve.getValue());
            }
        }
    }

    private void tell(Erratum erratum, String id, List<Cve> said) throws FeedException {
        OvalDefinition definition = erratum.definition;
        List<SeverityRating> severities = OvalRatings.of(OracleFeed.ID, definition.severity(), said);
        List<String> aliases = id.equals(erratum.id) ? List.of() : List.of(erratum.id);
        String page = page(definition);
        List<Advisory> advisories = new ArrayList<>(erratum.statements.size());
        for (Said one : erratum.statements) {
            OvalStatement statement = one.statement;
            AdvisorySubject subject = new AdvisorySubject(
                    one.namespace,
                    statement.name(),
                    Kind.BINARY,
                    Kind.BINARY,
                    OvalArches.of(statement),
                    statement.module(),
                    List.of(),
                    one.flavour,
                    null);
            advisories.add(new Advisory(
                    id,
                    aliases,
                    OracleFeed.ID,
                    subject,
                    FixState.FIXED,
                    List.of(builds.before(one.namespace, statement.name(), one.fixed)),
                    one.fixed,
                    severities,
                    definition.description(),
                    null,
                    page,
                    // A page of each vulnerability would be all that the texts of one erratum differ in.
                    List.of(),
                    definition.issued(),
                    definition.updated()));
        }
        if (!advisories.isEmpty()) {
            reading.record(document, advisories);
        }
    }

    private static @Nullable String page(OvalDefinition definition) {
        return definition.references().stream()
                .filter(reference -> reference.source().equalsIgnoreCase("elsa"))
                .map(Reference::url)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
