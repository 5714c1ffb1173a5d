package io.limpid.feed.photon;

import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.oval.OvalArches;
import io.limpid.feedformat.oval.OvalDefinition;
import io.limpid.feedformat.oval.OvalDefinition.Reference;
import io.limpid.feedformat.oval.OvalRatings;
import io.limpid.feedformat.oval.OvalStatement;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.FixState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns errata into advisories: one for each vulnerability and each binary package that its fix is in. */
final class Errata {
    private static final Pattern PRODUCT = Pattern.compile("Photon OS ([1-9][0-9]?(?:\\.[0-9])?)");
    private static final Pattern ERRATUM = Pattern.compile("PHSA[:-][0-9A-Za-z.:-]{1,40}");

    private final String namespace;
    private final String release;
    private final String document;
    private final PartReading reading;

    Errata(String namespace, String release, String document, PartReading reading) {
        this.namespace = namespace;
        this.release = release;
        this.document = document;
        this.reading = reading;
    }

    void tell(OvalDefinition definition, List<OvalStatement> statements) throws FeedException {
        Reference erratum = definition.references().stream()
                .filter(reference -> ERRATUM.matcher(reference.id()).matches())
                .findFirst()
                .orElse(null);
        List<OvalStatement> own = new ArrayList<>(statements.size());
        for (OvalStatement statement : statements) {
            String wrong = wrong(statement);
            if (wrong == null) {
                own.add(statement);
            } else {
                reading.skip(definition.name() + " " + statement.name(), wrong);
            }
        }
        Set<String> ids = definition.vulnerabilities().keySet();
        if (ids.isEmpty()) {
            ids = erratum == null ? Set.of() : Set.of(erratum.id());
        }
        if (ids.isEmpty()) {
            reading.skip(definition.name(), "it names neither a vulnerability nor an erratum");
        }
        for (String id : ids) {
            tell(id, definition, erratum, own);
        }
    }

    private @Nullable String wrong(OvalStatement statement) {
        for (OvalStatement.Platform platform : statement.platforms()) {
            Matcher product = PRODUCT.matcher(platform.name());
            String told = product.matches() ? product.group(1) : "";
            if (!told.equals(release) && !(told + ".0").equals(release)) {
                return "it is about another product than Photon OS " + release + ": " + platform.name();
            }
        }
        boolean plain = statement.fixedVersion() != null
                && statement.range().introduced() == null
                && statement.module() == null
                && !statement.kernel()
                && !statement.impossible();
        return plain ? null : "something else than a lower version is asked for";
    }

    private void tell(String id, OvalDefinition definition, @Nullable Reference erratum, List<OvalStatement> statements)
            throws FeedException {
        List<String> aliases = erratum == null || erratum.id().equals(id) ? List.of() : List.of(erratum.id());
        List<Advisory> advisories = new ArrayList<>(statements.size());
        for (OvalStatement statement : statements) {
            AdvisorySubject subject = new AdvisorySubject(
                    namespace,
                    statement.name(),
                    Kind.BINARY,
                    Kind.BINARY,
                    OvalArches.of(statement),
                    null,
                    List.of(),
                    "",
                    null);
            advisories.add(new Advisory(
                    id,
                    aliases,
                    PhotonFeed.ID,
                    subject,
                    FixState.FIXED,
                    List.of(statement.range()),
                    statement.fixedVersion(),
                    OvalRatings.of(PhotonFeed.ID, definition.severity(), List.of()),
                    definition.description(),
                    null,
                    erratum == null ? null : erratum.url(),
                    List.of(),
                    definition.issued(),
                    definition.updated()));
        }
        if (!advisories.isEmpty()) {
            reading.record(document, advisories);
        }
    }
}
