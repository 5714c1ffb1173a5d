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

/**
 * The Debian security tracker: one document that speaks of all releases which get fixes, and of sid; and the lists of bulletins, which also speak of the
 * releases before.
 */
public final class DebianFeed implements Feed {
    static final String ID = "debian";
    static final String TRACKER = "tracker.json";
    static final String DISTRIBUTIONS = "distributions.json";

    static final String SECURITY = "dsa.list";
    static final String LONG_TERM = "dla.list";

    private static final String TEAM = "https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/";

    private static final List<FeedPart> PARTS = List.of(new FeedPart(
            ID,
            "tracker",
            List.of(
                    new FeedPart.Document(DISTRIBUTIONS, URI.create(TEAM + "static/distributions.json"), false),
                    new FeedPart.Document(SECURITY, URI.create(TEAM + "data/DSA/list"), false),
                    new FeedPart.Document(LONG_TERM, URI.create(TEAM + "data/DLA/list"), false),
                    new FeedPart.Document(
                            TRACKER, URI.create("https://security-tracker.debian.org/tracker/data/json"), true))));

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int version() {
        return 2;
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
        Bulletins bulletins = new Bulletins(reading);
        bulletins.read(documents, SECURITY, "DSA-135");
        bulletins.read(documents, LONG_TERM, "DLA-0001-1");
        new TrackerReader(releases, bulletins, reading).read(documents);
        // What bulletins say more is no excuse for a tracker that makes no sense.
        reading.end(TRACKER, null);
        bulletins.rest((source, id, codename, fix) ->
                reading.record(TRACKER, List.of(fix.advisory(releases.namespace(codename), source, id))));
        return reading.end(TRACKER, null);
    }
}
