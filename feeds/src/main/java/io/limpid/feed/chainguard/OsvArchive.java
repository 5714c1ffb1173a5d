package io.limpid.feed.chainguard;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.FeedTar;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.osv.OsvAffected;
import io.limpid.feedformat.osv.OsvReader;
import io.limpid.feedformat.osv.OsvRecord;
import io.limpid.feedformat.purl.Purl;
import io.limpid.feedformat.secdb.Statements;
import io.limpid.format.json.JsonException;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.FixState;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import io.limpid.version.ApkVersions;
import io.limpid.version.VersionScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The archive of OSV records, one for each vulnerability in a source package; it names the binary packages that are built from that, on each architecture.
 *
 * <p>A range that no fixed version ends, or none at all, is what was not fixed. What was fixed, and what never was there (fixed in version 0), is in the
 * database.
 */
final class OsvArchive {
    private static final Pattern RECORD = Pattern.compile("(?:.*/)?CGA-[0-9a-z-]{1,60}\\.json");
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Za-z0-9]*-[A-Za-z0-9-]{1,60}");
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,199}");
    private static final Pattern ARCH = Pattern.compile("[a-z0-9_]{1,20}");
    private static final String ECOSYSTEM = "Chainguard";
    private static final String COMPONENTS = "components";

    private final Statements names;
    private final PartReading reading;
    private final VersionScheme versions = new ApkVersions();
    private final OsvReader reader = new OsvReader(Set.of(COMPONENTS));
    private long records;

    /**
     * @param names is told which names are of one vulnerability
     * @param reading takes what was not fixed
     */
    OsvArchive(Statements names, PartReading reading) {
        this.names = names;
        this.reading = reading;
    }

    /** Reads the archive to its end; whether it is there. */
    boolean read(FeedDocuments documents) throws IOException {
        boolean there = FeedTar.read(documents, ChainguardFeed.RECORDS, (path, member) -> {
            if (RECORD.matcher(path).matches()) {
                records++;
                record(path, member);
            }
        });
        if (there && records == 0) {
            throw new FeedException(ChainguardFeed.RECORDS, null, "there is no record of a vulnerability in it");
        }
        return there;
    }

    private void record(String path, FeedDocuments member) throws IOException {
        List<OsvRecord> read = new ArrayList<>(1);
        try {
            FeedJson.read(member, path, json -> read.add(reader.read(json)));
        } catch (FeedException e) {
            // Where it is the archive that ends here, its next member tells.
            reading.skip(ChainguardFeed.RECORDS, String.valueOf(e.getMessage()));
            return;
        }
        OsvRecord record = read.getFirst();
        if (record.odd() != null) {
            reading.skip(path, record.odd());
        }
        TreeSet<String> all = new TreeSet<>(record.upstream());
        all.addAll(record.aliases());
        all.addAll(record.related());
        all.add(record.id());
        List<String> odd =
                all.stream().filter(name -> !NAME.matcher(name).matches()).toList();
        odd.forEach(all::remove);
        if (all.isEmpty()) {
            reading.skip(path, "no names of a vulnerability: " + odd);
            return;
        }
        if (!odd.isEmpty()) {
            reading.leftOut(path, "no names of a vulnerability: " + odd);
        }
        List<String> cves = all.stream().filter(name -> name.startsWith("CVE-")).toList();
        List<String> others =
                all.stream().filter(name -> !name.startsWith("CVE-")).toList();
        names.pair(
                ChainguardFeed.RECORDS,
                cves,
                others.stream().filter(name -> !name.equals(record.id())).toList());
        reading.record(
                ChainguardFeed.RECORDS,
                record.withdrawn() == null ? advisories(path, record, cves, others) : List.of());
    }

    /** What was not fixed of a package, on one architecture or, where none is named, on all. */
    private static final class Unfixed {
        private final Set<VersionRange> ranges = new LinkedHashSet<>();
        private final TreeSet<String> arches = new TreeSet<>();
        private FixState state = FixState.NOT_AFFECTED;

        void add(List<VersionRange> more, FixState known) {
            ranges.addAll(more);
            state = known.compareTo(state) < 0 ? known : state;
        }

        List<VersionRange> affected() {
            return ranges.contains(VersionRange.ALL) ? List.of(VersionRange.ALL) : List.copyOf(ranges);
        }
    }

    private List<Advisory> advisories(String path, OsvRecord record, List<String> cves, List<String> others) {
        // By package and architecture, then those that say the same together.
        Map<String, Map<String, Unfixed>> unfixed = new LinkedHashMap<>();
        for (OsvAffected affected : record.affected()) {
            if (!affected.ecosystem().equals(ECOSYSTEM)) {
                continue;
            }
            if (!PACKAGE.matcher(affected.name()).matches()) {
                reading.skip(path, "no name of a package: " + affected.name());
                continue;
            }
            List<VersionRange> open = unfixed(affected);
            if (!open.isEmpty()) {
                unfixed.computeIfAbsent(affected.name(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(arch(affected), _ -> new Unfixed())
                        .add(open, state(affected));
            }
        }
        List<String> ids = cves.isEmpty() ? List.of(first(others, record.id())) : cves;
        List<Advisory> advisories = new ArrayList<>();
        unfixed.forEach((name, byArch) -> {
            for (Unfixed said : together(byArch)) {
                for (String id : ids) {
                    advisories.add(advisory(record, id, others, name, said));
                }
            }
        });
        return advisories;
    }

    private static Collection<Unfixed> together(Map<String, Unfixed> byArch) {
        Map<List<?>, Unfixed> together = new LinkedHashMap<>();
        byArch.forEach((arch, said) -> together.computeIfAbsent(List.of(said.state, said.affected()), _ -> said)
                .arches
                .add(arch));
        return together.values();
    }

    /** The versions that no fix ends. */
    private List<VersionRange> unfixed(OsvAffected affected) {
        Set<String> fixes = affected.ranges().stream()
                .flatMap(range -> range.events().stream())
                .filter(event -> event.kind() == OsvAffected.Event.Kind.FIXED)
                .map(OsvAffected.Event::version)
                .collect(Collectors.toSet());
        List<VersionRange> all = affected.affected(versions);
        if (all.isEmpty() && fixes.isEmpty()) {
            return List.of(VersionRange.ALL);
        }
        return all.stream()
                .filter(range -> range.fixed() == null || !fixes.contains(range.fixed()))
                .toList();
    }

    /** The architecture that its package-url names; empty when it names none. */
    private static String arch(OsvAffected affected) {
        String purl = affected.purl();
        Purl parsed = purl == null ? null : Purl.parse(purl);
        String arch = parsed == null ? "" : parsed.qualifiers().getOrDefault("arch", "");
        return ARCH.matcher(arch).matches() ? arch : "";
    }

    private static String first(List<String> others, String own) {
        return others.stream().filter(name -> !name.equals(own)).findFirst().orElse(own);
    }

    private static Advisory advisory(OsvRecord record, String id, List<String> others, String name, Unfixed said) {
        List<SeverityRating> severities = record.severities().stream()
                .filter(OsvRecord.Severity::isVector)
                .map(severity -> new SeverityRating(ChainguardFeed.ID, Severity.UNKNOWN, null, severity.score()))
                .toList();
        return new Advisory(
                id,
                others.stream().filter(other -> !other.equals(id)).toList(),
                ChainguardFeed.ID,
                new AdvisorySubject(
                        ChainguardFeed.NAMESPACE,
                        name,
                        Kind.BINARY,
                        Kind.BINARY,
                        said.arches.contains("") ? List.of() : List.copyOf(said.arches),
                        null,
                        List.of(),
                        "",
                        null),
                said.state,
                said.affected(),
                null,
                severities,
                record.description(),
                null,
                ChainguardFeed.page(id),
                List.of(),
                record.published(),
                record.modified());
    }

    /** What is known of it: of several components the worst. */
    private static FixState state(OsvAffected affected) {
        FixState state = null;
        try {
            for (JsonObject component : affected.ecosystemSpecific().objects(COMPONENTS)) {
                String said = component.string("latest_event_status");
                FixState known = state(said == null ? component.string("status") : said);
                state = state == null || known.compareTo(state) < 0 ? known : state;
            }
        } catch (JsonException _) {
            // Of what the range says already it is but the reason.
            return FixState.AFFECTED;
        }
        return state == null ? FixState.AFFECTED : state;
    }

    private static FixState state(@Nullable String word) {
        return switch (String.valueOf(word).replace('-', '_')) {
            case "fix_not_planned" -> FixState.WILL_NOT_FIX;
            case "detection", "analysis_not_planned", "under_investigation" -> FixState.UNDER_INVESTIGATION;
            // A range without an end is not belied by a word that is not known.
            default -> FixState.AFFECTED;
        };
    }
}
