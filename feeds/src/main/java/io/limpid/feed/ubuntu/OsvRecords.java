package io.limpid.feed.ubuntu;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.FeedTar;
import io.limpid.feed.PartReading;
import io.limpid.feed.ubuntu.BuildLine.Kind;
import io.limpid.feed.ubuntu.TrackerRow.Status;
import io.limpid.feedformat.osv.OsvAffected;
import io.limpid.feedformat.osv.OsvReader;
import io.limpid.feedformat.osv.OsvRecord;
import io.limpid.format.json.JsonString;
import io.limpid.model.Advisory;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import io.limpid.version.DebVersions;
import io.limpid.version.VersionScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Canonical's archive of records in the form of OSV: those of vulnerabilities. Those of bulletins say the same once more, by what was published
 * together; those of Livepatch are about running kernels.
 *
 * <p>A record says of a package that it is mended in a version or open, and nothing of why; what is not affected or was never there is not in it.
 */
final class OsvRecords {
    private static final Pattern VULNERABILITY =
            Pattern.compile("(?:.*/)?cve/[0-9]{4}/(UBUNTU-CVE-[0-9A-Za-z-]{1,60})\\.json");
    private static final Pattern NAME = Pattern.compile("CVE-[0-9]{4}-[0-9A-Za-z]{1,30}");
    private static final String OWN_NAME = "UBUNTU-";
    private static final String OWN_WORD = "Ubuntu";
    private static final String AVAILABILITY = "availability";
    private static final String FOR_EVERYBODY = "No subscription required";
    private static final int LINKS = 100;

    private final String document;
    private final PartReading reading;
    private final VersionScheme versions = new DebVersions();
    private final OsvReader reader = new OsvReader(Set.of(AVAILABILITY));
    private long records;

    /**
     * @param document the archive's name among the documents of its part
     * @param reading takes what is read
     */
    OsvRecords(String document, PartReading reading) {
        this.document = document;
        this.reading = reading;
    }

    /**
     * Reads the archive to its end.
     *
     * @throws FeedException when it is no archive, or has no such records
     */
    void read(FeedDocuments documents) throws IOException {
        FeedTar.read(documents, document, (path, member) -> {
            if (VULNERABILITY.matcher(path).matches()) {
                records++;
                record(path, member);
            }
        });
        if (records == 0) {
            throw new FeedException(document, null, "no record of a vulnerability is in it");
        }
    }

    private void record(String path, FeedDocuments member) throws IOException {
        List<OsvRecord> read = new ArrayList<>(1);
        try {
            FeedJson.read(member, path, json -> read.add(reader.read(json)));
        } catch (FeedException e) {
            // Where it is the archive that ends here, its next member tells.
            reading.skip(document, String.valueOf(e.getMessage()));
            return;
        }
        OsvRecord record = read.getFirst();
        String id = id(record);
        if (id == null) {
            reading.skip(path, "a record without the name of a vulnerability");
            return;
        }
        if (record.odd() != null) {
            reading.skip(id, record.odd());
        }
        reading.record(document, record.withdrawn() == null ? advisories(id, record) : List.of());
    }

    private static @Nullable String id(OsvRecord record) {
        for (String upstream : record.upstream()) {
            if (NAME.matcher(upstream).matches()) {
                return upstream;
            }
        }
        String own = record.id().startsWith(OWN_NAME) ? record.id().substring(OWN_NAME.length()) : record.id();
        return NAME.matcher(own).matches() ? own : null;
    }

    private List<Advisory> advisories(String id, OsvRecord record) {
        Vulnerability said = vulnerability(id, record);
        // By source package and release what is said of its lines of builds.
        Map<String, Map<String, Map<Kind, TrackerRow>>> rows = new LinkedHashMap<>();
        Map<String, List<OsvRecord.Severity>> severities = new LinkedHashMap<>();
        for (OsvAffected affected : record.affected()) {
            BuildLine line = BuildLine.ofEcosystem(affected.ecosystem());
            if (line == null && BuildLine.isOfRelease(affected.ecosystem())) {
                // Whatever is built there, it is not what the release has.
                reading.leftOut(id, "a line of builds that is not known: " + affected.ecosystem());
                continue;
            }
            TrackerRow row = row(affected);
            if (line == null || row == null || affected.name().isEmpty()) {
                reading.skip(id, "what is said of " + affected.ecosystem() + " " + affected.name() + " makes no sense");
                continue;
            }
            rows.computeIfAbsent(affected.name(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(line.release(), _ -> new EnumMap<>(Kind.class))
                    .merge(kind(line, affected, row), row, (one, other) -> one.isOpen() ? other : one);
            if (!affected.severities().isEmpty()) {
                severities.putIfAbsent(line.release() + " " + affected.name(), affected.severities());
            }
        }
        List<Advisory> advisories = new ArrayList<>();
        rows.forEach((source, releases) -> {
            List<SeverityRating> usual = ratings(record.severities());
            releases.forEach((release, lines) -> {
                List<OsvRecord.Severity> own = severities.get(release + " " + source);
                List<SeverityRating> rated = own == null ? usual : ratings(own);
                for (Standing standing : Standing.of(lines)) {
                    advisories.add(said.about(release, source, standing, rated));
                }
            });
        });
        return advisories;
    }

    /** What the tracker says where such a record comes from; null when it says of no version that it has it. */
    private @Nullable TrackerRow row(OsvAffected affected) {
        List<VersionRange> ranges = affected.affected(versions);
        if (ranges.isEmpty()) {
            return null;
        }
        boolean open = ranges.stream().anyMatch(range -> range.fixed() == null && range.lastAffected() == null);
        String fixed = open ? null : affected.fixed(versions);
        return new TrackerRow(fixed == null ? Status.NEEDED : Status.RELEASED, fixed, ranges);
    }

    /** What mends a package of Pro's is sometimes in the archive for everybody. */
    private static Kind kind(BuildLine line, OsvAffected affected, TrackerRow row) {
        boolean everybody = affected.ecosystemSpecific().value(AVAILABILITY) instanceof JsonString said
                && said.value().equals(FOR_EVERYBODY);
        return line.kind() == Kind.ESM && row.status() == Status.RELEASED && everybody ? Kind.BASE : line.kind();
    }

    private static Vulnerability vulnerability(String id, OsvRecord record) {
        TreeSet<String> bulletins = new TreeSet<>();
        for (String related : record.related()) {
            if (UbuntuWords.isBulletin(related)) {
                bulletins.add(related);
            }
        }
        List<String> links = new ArrayList<>();
        for (OsvRecord.Reference reference : record.references()) {
            String bulletin = UbuntuWords.bulletin(reference.url());
            if (bulletin != null && UbuntuWords.isBulletin(bulletin)) {
                bulletins.add(bulletin);
            } else if (UbuntuWords.isLink(reference.url())
                    && !reference.url().equals(UbuntuWords.page(id))
                    && links.size() < LINKS) {
                links.add(reference.url());
            }
        }
        return new Vulnerability(
                id, List.copyOf(bulletins), links, record.description(), record.published(), record.modified());
    }

    private static List<SeverityRating> ratings(List<OsvRecord.Severity> severities) {
        List<SeverityRating> own = new ArrayList<>(1);
        List<SeverityRating> vectors = new ArrayList<>(2);
        for (OsvRecord.Severity severity : severities) {
            if (severity.type().equals(OWN_WORD)) {
                own.add(new SeverityRating(
                        UbuntuFeed.ID, UbuntuWords.severity(severity.score()), severity.score(), /* vector= */ null));
            } else if (severity.isVector()) {
                vectors.add(new SeverityRating(UbuntuFeed.ID, Severity.UNKNOWN, /* word= */ null, severity.score()));
            }
        }
        if (own.isEmpty() && vectors.isEmpty()) {
            return List.of();
        }
        own.addAll(vectors);
        return List.copyOf(own);
    }
}
