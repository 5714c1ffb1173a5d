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
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NIST's National Vulnerability Database: a part for the vulnerabilities of each year, from its yearly file, beside which there is one that says
 * what it has to be.
 */
public final class NvdFeed implements Feed {
    static final String ID = "nvd";
    static final String CVES = "cves.json";
    static final String META = "cves.meta";

    private static final String FILES = "https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-";
    /** The file of this year has all that were numbered before it too. */
    private static final int FIRST_YEAR = 2002;

    private static final Pattern NUMBERED = Pattern.compile("CVE-(\\d{4})-\\d+");
    private static final String MARKUP = "<";
    private static final int LOOKED_AT = 200;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        return List.of();
    }

    @Override
    public List<FeedPart> partsAbout(String vulnerability) {
        Matcher numbered = NUMBERED.matcher(vulnerability);
        if (!numbered.matches()) {
            return List.of();
        }
        return List.of(year(Math.max(FIRST_YEAR, Integer.parseInt(numbered.group(1)))));
    }

    @Override
    public List<FeedPart> parts() {
        List<FeedPart> parts = new ArrayList<>();
        for (int year = FIRST_YEAR; year <= Year.now(ZoneOffset.UTC).getValue(); year++) {
            parts.add(year(year));
        }
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
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        FileMeta meta = FileMeta.read(documents);
        DigestedDocuments digested = new DigestedDocuments(documents);
        String date =
                isMarkup(documents) ? NvdXml.read(digested, CVES, reading) : NvdJson.read(digested, CVES, reading);
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

    private static boolean isMarkup(FeedDocuments documents) throws IOException {
        try (InputStream in = documents.open(CVES)) {
            if (in == null) {
                throw new FeedException(CVES, null, "it is not there");
            }
            byte[] first = in.readNBytes(LOOKED_AT);
            return new String(first, StandardCharsets.ISO_8859_1)
                    .replaceFirst("^\u00ef\u00bb\u00bf", "")
                    .stripLeading()
                    .startsWith(MARKUP);
        }
    }
}
