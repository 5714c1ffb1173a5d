package io.limpid.feedformat.updateinfo;

import io.limpid.feed.FeedLink;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.osv.OsvAffected;
import io.limpid.feedformat.osv.OsvAffected.Event;
import io.limpid.feedformat.osv.OsvRecord;
import io.limpid.feedformat.updateinfo.Erratum.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes errata of the records that publishers of rpm packages have in the form of OSV: an erratum for each release in one.
 *
 * <p>They say less than errata elsewhere: nothing of architectures, and of modules only what titles and release strings tell.
 */
public final class OsvErrata {
    /** {@code ALSA-2023:4520} is for the sake of security, {@code ALBA-2021:4378} is not. */
    private static final Pattern SECURITY = Pattern.compile("[A-Z]{2,4}SA-.*");

    private static final Pattern SEVERITY = Pattern.compile("(?i)(critical|important|moderate|low): .*");

    private OsvErrata() {}

    /**
     * The errata that a record makes, by ecosystem ({@code AlmaLinux:8}).
     *
     * @param document where it is, for messages
     * @param reading is told what makes no sense
     */
    public static Map<String, Erratum> of(OsvRecord told, String document, PartReading reading) {
        Map<String, Erratum> errata = new LinkedHashMap<>();
        if (!Erratum.ID.matcher(told.id()).matches()) {
            reading.skip(document, "a record without a name: " + told.id());
            return errata;
        }
        if (told.withdrawn() != null) {
            return errata;
        }
        Map<String, List<RpmBuild>> builds = new LinkedHashMap<>();
        for (OsvAffected affected : told.affected()) {
            String fixed = fixed(affected);
            RpmBuild build = fixed == null ? null : RpmBuild.named(affected.name() + "-" + fixed, null, false);
            if (build == null) {
                reading.skip(
                        document + ", " + told.id(), "no package with a version: " + affected.name() + " " + fixed);
            } else {
                builds.computeIfAbsent(affected.ecosystem(), _ -> new ArrayList<>())
                        .add(build);
            }
        }
        builds.forEach((ecosystem, of) -> errata.put(ecosystem, erratum(told, of)));
        return errata;
    }

    private static @Nullable String fixed(OsvAffected affected) {
        String fixed = null;
        for (OsvAffected.Range range : affected.ranges()) {
            for (Event event : range.isOfVersions() ? range.events() : List.<Event>of()) {
                if (event.kind() == Event.Kind.FIXED) {
                    fixed = fixed == null ? event.version() : RpmBuild.higher(fixed, event.version());
                }
            }
        }
        return fixed;
    }

    private static Erratum erratum(OsvRecord told, List<RpmBuild> builds) {
        Set<String> cves = new TreeSet<>();
        Stream.of(told.related(), told.upstream(), told.aliases())
                .flatMap(List::stream)
                .forEach(name -> cves.addAll(Erratum.cves(name)));
        String vector = cves.size() > 1 ? null : vector(told);
        String title = told.summary();
        Matcher severity = SEVERITY.matcher(title == null ? "" : title);
        return new Erratum(
                told.id(),
                SECURITY.matcher(told.id()).matches(),
                true,
                cves.stream().map(cve -> new Named(cve, List.of(), vector)).toList(),
                title,
                told.description(),
                severity.lookingAt() ? severity.group(1) : null,
                told.references().stream()
                        .map(OsvRecord.Reference::url)
                        .filter(FeedLink::isOne)
                        .toList(),
                RpmDate.of(told.published()),
                RpmDate.of(told.modified()),
                builds);
    }

    /** How bad the worst of its vulnerabilities is: that of the only one. */
    private static @Nullable String vector(OsvRecord told) {
        return told.severities().stream()
                .filter(OsvRecord.Severity::isVector)
                .map(OsvRecord.Severity::score)
                .findFirst()
                .orElse(null);
    }
}
