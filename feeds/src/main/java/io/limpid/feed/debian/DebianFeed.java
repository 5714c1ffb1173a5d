package io.limpid.feed.debian;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.model.Distro;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/** The Debian security tracker: one document that speaks of all releases which get fixes, and of sid. */
public final class DebianFeed implements Feed {
    static final String ID = "debian";
    static final String TRACKER = "tracker.json";
    static final String DISTRIBUTIONS = "distributions.json";

    private static final List<FeedPart> PARTS = List.of(new FeedPart(
            ID,
            "tracker",
            List.of(
                    new FeedPart.Document(
                            DISTRIBUTIONS,
                            URI.create("https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/"
                                    + "static/distributions.json"),
                            false),
                    new FeedPart.Document(
                            TRACKER, URI.create("https://security-tracker.debian.org/tracker/data/json"), true))));

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        return distro.id().equals(ID) ? PARTS : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return PARTS;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        Releases releases = Releases.read(documents, reading);
        new TrackerReader(releases, reading).read(documents);
        return reading.end(TRACKER, null);
    }
}
