package io.limpid.feed.nvd;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.model.Distro;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * NIST's National Vulnerability Database: a part for the vulnerabilities of each year, from its yearly file, beside which there is one that says
 * what it has to be; and one for those that were changed in the last days, from the API, which knows of a change hours before the files do.
 *
 * <p>Yearly files are what everything is made of: they need no key, are asked for only when they have changed, and can be mirrored.
 */
public final class NvdFeed implements Feed {
    static final String ID = "nvd";
    static final String CVES = "cves.json";
    static final String META = "cves.meta";
    static final String CHANGES = "changes";

    private static final String FILES = "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-";
    /** The file of this year has all that were numbered before it too. */
    private static final int FIRST_YEAR = 2002;

    private static final String NUMBERED = "CVE-";
    private static final int YEAR_DIGITS = 4;
    private static final String MARKUP = "<";

    private final InstantSource clock;

    public NvdFeed() {
        this(Clock.systemUTC());
    }

    /**
     * @param clock tells which years there are, and what has changed lately
     */
    NvdFeed(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        return List.of();
    }

    /** Those of its year and of what has changed; asked for each vulnerability of a scan, so that nothing is made that is not needed. */
    @Override
    public List<String> partsAbout(String vulnerability) {
        int end = NUMBERED.length() + YEAR_DIGITS;
        if (!vulnerability.startsWith(NUMBERED) || vulnerability.length() <= end || vulnerability.charAt(end) != '-') {
            return List.of();
        }
        String year = vulnerability.substring(NUMBERED.length(), end);
        for (int i = 0; i < YEAR_DIGITS; i++) {
            if (year.charAt(i) < '0' || year.charAt(i) > '9') {
                return List.of();
            }
        }
        return List.of(CHANGES, Integer.parseInt(year) < FIRST_YEAR ? String.valueOf(FIRST_YEAR) : year);
    }

    @Override
    public List<FeedPart> parts() {
        List<FeedPart> parts = new ArrayList<>();
        for (int year = FIRST_YEAR;
                year <= clock.instant().atZone(ZoneOffset.UTC).getYear();
                year++) {
            parts.add(year(year));
        }
        parts.add(NvdApi.changes(clock.instant()));
        return List.copyOf(parts);
    }

    private static FeedPart year(int year) {
        return new FeedPart(
                ID,
                String.valueOf(year),
                List.of(
                        new FeedPart.Document(META, URI.create(FILES + year + ".meta"), false),
                        new FeedPart.Document(CVES, URI.create(FILES + year + ".json.gz"), true)));
    }

    @Override
    public boolean isWindow(FeedPart part) {
        return part.name().equals(CHANGES);
    }

    @Override
    public List<FeedPart.Document> follow(FeedPart part, FeedDocuments fetched) throws IOException {
        return isWindow(part) ? NvdApi.morePages(part, fetched) : List.of();
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        return isWindow(part) ? readPages(documents, reading) : readFile(documents, reading);
    }

    private static FeedReading readPages(FeedDocuments documents, PartReading reading) throws IOException {
        String date = null;
        for (String name : documents.names()) {
            date = NvdJson.read(documents, name, reading);
        }
        return reading.end(CVES, date);
    }

    private static FeedReading readFile(FeedDocuments documents, PartReading reading) throws IOException {
        FileMeta meta = FileMeta.read(documents);
        DigestedDocuments digested = new DigestedDocuments(documents);
        String date = isMarkup(digested) ? NvdXml.read(digested, CVES, reading) : NvdJson.read(digested, CVES, reading);
        if (reading.seen() == 0) {
            throw new FeedException(CVES, null, "it lists no vulnerability");
        }
        if (meta != null && !meta.sha256().equals(digested.sha256())) {
            throw new FeedException(
                    CVES,
                    null,
                    "its SHA-256 is not the one that " + META + " says: one of them is older than the other");
        }
        return reading.end(CVES, date == null && meta != null ? meta.lastModified() : date);
    }

    private static boolean isMarkup(DigestedDocuments documents) throws IOException {
        String first = documents.beginning(CVES);
        if (first == null) {
            throw new FeedException(CVES, null, "it is not there");
        }
        return first.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading().startsWith(MARKUP);
    }
}
