package io.limpid.feed.azurelinux;

import io.limpid.feed.FeedException;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.oval.OvalDefinition;
import io.limpid.feedformat.oval.OvalRatings;
import io.limpid.feedformat.oval.OvalStatement;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.FixState;
import io.limpid.model.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns definitions into advisories, one for each vulnerability and package.
 *
 * <p>The names and versions are those of source packages: {@code python-jinja2}, of which {@code python3-jinja2} is built.
 */
final class Definitions {
    /** Whether there is a fix, said of what never was affected. */
    private static final String NEVER = "Not Applicable";

    private static final Pattern LINE = Pattern.compile("((?:[0-9]+:)?[0-9]+\\.[0-9]+)\\..*");
    private static final Pattern BUILD = Pattern.compile(".*\\.(azl|cm)([0-9]{1,2})");

    private final String namespace;
    private final String build;
    private final String document;
    private final PartReading reading;

    Definitions(String namespace, String distro, String release, String document, PartReading reading) {
        this.namespace = namespace;
        this.build = (distro.equals(AzurelinuxFeed.ID) ? "azl" : "cm") + release.substring(0, release.indexOf('.'));
        this.document = document;
        this.reading = reading;
    }

    void tell(OvalDefinition definition, List<OvalStatement> statements) throws FeedException {
        List<String> ids = List.copyOf(definition.vulnerabilities().keySet());
        if (ids.isEmpty()) {
            reading.skip(definition.name(), "no vulnerability's name: CVE-...");
            return;
        }
        for (OvalStatement statement : statements) {
            String wrong = wrong(definition, statement);
            if (wrong != null) {
                reading.skip(definition.name() + " " + statement.name(), wrong);
                continue;
            }
            List<Advisory> advisories = new ArrayList<>(ids.size());
            for (String id : ids) {
                advisories.add(advisory(id, definition, statement));
            }
            reading.record(document, advisories);
        }
    }

    private @Nullable String wrong(OvalDefinition definition, OvalStatement statement) {
        String patchable = definition.patchable();
        VersionRange range = statement.range();
        String end = range.fixed() == null ? range.lastAffected() : range.fixed();
        if (patchable != null && !List.of("true", "false", NEVER).contains(patchable)) {
            return "not known whether there is a fix: " + patchable;
        }
        if (end == null || statement.module() != null || statement.kernel() || statement.release() != null) {
            return "something else than a lower version is asked for";
        }
        // The documents of all releases look alike; only the versions tell which one this is.
        Matcher version = BUILD.matcher(end);
        return version.matches() && !build.equals(version.group(1) + version.group(2))
                ? "a version of another release than " + namespace + ": " + end
                : null;
    }

    private Advisory advisory(String id, OvalDefinition definition, OvalStatement statement) {
        VersionRange range = statement.range();
        boolean never = NEVER.equals(definition.patchable()) || statement.impossible();
        boolean fixed = range.fixed() != null && !"false".equals(definition.patchable());
        FixState state = never ? FixState.NOT_AFFECTED : fixed ? FixState.FIXED : FixState.AFFECTED;
        return new Advisory(
                id,
                List.of(),
                AzurelinuxFeed.ID,
                AdvisorySubject.ofSource(namespace, statement.name()),
                state,
                never ? List.of() : ranges(range),
                state == FixState.FIXED ? range.fixed() : null,
                OvalRatings.of(AzurelinuxFeed.ID, definition.severity(), List.of()),
                definition.description(),
                null,
                page(definition),
                List.of(),
                definition.issued(),
                definition.updated());
    }

    /**
     * The versions that are meant. {@code 1.17.13-2,1.18.8-2,1.21.6-1} are fixes of several lines of one package: a version of a line that is named has
     * to reach that line's; one of no such line is compared as rpm does, with the first.
     */
    private static List<VersionRange> ranges(VersionRange range) {
        String fixed = range.fixed();
        if (fixed == null || fixed.indexOf(',') < 0) {
            return List.of(range);
        }
        List<VersionRange> ranges = new ArrayList<>();
        for (String fix : fixed.split(",", -1)) {
            Matcher line = LINE.matcher(fix);
            String own = line.matches() ? line.group(1) : null;
            ranges.add(new VersionRange(ranges.isEmpty() ? range.introduced() : own, fix, null));
        }
        return ranges;
    }

    private static @Nullable String page(OvalDefinition definition) {
        return definition.references().isEmpty()
                ? null
                : definition.references().getFirst().url();
    }
}
