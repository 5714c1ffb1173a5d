package io.limpid.feed.epss;

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
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** FIRST's Exploit Prediction Scoring System: a table of all vulnerabilities, made anew every day. */
public final class EpssFeed implements Feed {
    static final String ID = "epss";
    static final String SCORES = "scores.csv";
    private static final String CURRENT = "current";

    private static final List<FeedPart> PARTS = List.of(part(CURRENT));
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    /** The scores of one day, which stay as they are; no look-up asks for them. */
    public static FeedPart of(LocalDate day) {
        return part(day.toString());
    }

    private static FeedPart part(String name) {
        return new FeedPart(
                ID,
                name,
                List.of(new FeedPart.Document(
                        SCORES,
                        URI.create("https://epss.empiricalsecurity.com/epss_scores-" + name + ".csv.gz"),
                        true)));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        return List.of();
    }

    @Override
    public List<String> partsAbout(String vulnerability) {
        return List.of(CURRENT);
    }

    @Override
    public List<FeedPart> parts() {
        return PARTS;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        try (InputStream in = documents.open(SCORES)) {
            if (in == null) {
                throw new FeedException(SCORES, null, "it is not there");
            }
            // The first tables say nothing of their day; it is in their name.
            String day = DAY.matcher(part.name()).matches() ? part.name() : null;
            ScoreTable table = new ScoreTable(in, documents.limits().feedPlainBytes(), day, reading);
            table.read();
            if (reading.seen() == 0) {
                throw new FeedException(SCORES, null, "it lists no vulnerability");
            }
            return reading.end(SCORES, table.date());
        }
    }
}
