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
import java.util.List;
import java.util.function.Consumer;

/** FIRST's Exploit Prediction Scoring System: a table of all vulnerabilities, made anew every day. */
public final class EpssFeed implements Feed {
    static final String ID = "epss";
    static final String SCORES = "scores.csv";
    private static final String CURRENT = "current";

    private static final List<FeedPart> PARTS = List.of(new FeedPart(
            ID,
            CURRENT,
            List.of(new FeedPart.Document(
                    SCORES, URI.create("https://epss.empiricalsecurity.com/epss_scores-current.csv.gz"), true))));

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
            ScoreTable table = new ScoreTable(in, documents.limits().feedPlainBytes(), reading);
            table.read();
            if (reading.seen() == 0) {
                throw new FeedException(SCORES, null, "it lists no vulnerability");
            }
            return reading.end(SCORES, table.date());
        }
    }
}
