package io.limpid.feed.ubuntu;

import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedTar;
import io.limpid.feed.PartReading;
import io.limpid.model.Advisory;
import io.limpid.model.Distros;
import io.limpid.model.SeverityRating;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an archive of Canonical's CVE tracker: one text a vulnerability, each with all releases. */
final class TrackerReader {
    /** Where the texts are; other folders are not about a vulnerability that is known to everybody. */
    private static final Pattern TEXT =
            Pattern.compile("(?:.*/)?(?:active|retired|ignored)/(CVE-[0-9]{4}-[A-Za-z0-9]{1,30})");

    private static final int TEXT_BYTES = 8 << 20;

    private final String document;
    private final PartReading reading;
    private long texts;

    /**
     * @param document the archive's name among the documents of its part
     * @param reading takes what is read
     */
    TrackerReader(String document, PartReading reading) {
        this.document = document;
        this.reading = reading;
    }

    /**
     * Reads the archive to its end.
     *
     * @throws FeedException when it is no archive, or not of the tracker
     */
    void read(FeedDocuments documents) throws IOException {
        FeedTar.read(documents, document, (path, member) -> {
            Matcher text = TEXT.matcher(path);
            if (text.matches()) {
                texts++;
                text(text.group(1), path, member);
            }
        });
        if (texts == 0) {
            throw new FeedException(document, null, "no text of a vulnerability is in it: it is not the CVE tracker's");
        }
    }

    private void text(String name, String path, FeedDocuments member) throws IOException {
        byte[] bytes;
        try (InputStream in = member.open(path)) {
            bytes = in == null ? new byte[0] : in.readNBytes(TEXT_BYTES + 1);
        }
        if (bytes.length > TEXT_BYTES) {
            throw new FeedException(document, name, "a text of more than " + TEXT_BYTES + " bytes");
        }
        TrackerText text = TrackerText.of(new String(bytes, StandardCharsets.UTF_8));
        String id = text.id();
        if (id == null) {
            reading.skip(name, "a text without the name of a vulnerability");
            return;
        }
        text.odd().forEach(odd -> reading.skip(name, odd));
        reading.record(document, advisories(id, text));
    }

    private static List<Advisory> advisories(String id, TrackerText text) {
        List<Advisory> advisories = new ArrayList<>();
        Vulnerability said =
                new Vulnerability(id, text.bulletins(), text.links(), text.description(), text.published(), null);
        text.rows()
                .forEach((source, releases) -> releases.forEach((release, lines) -> {
                    String codename = String.valueOf(Distros.codenameOf(UbuntuFeed.ID, release));
                    List<SeverityRating> severities = text.severities(source, codename);
                    for (Standing standing : Standing.of(lines)) {
                        advisories.add(said.about(release, source, standing, severities));
                    }
                }));
        return advisories;
    }
}
