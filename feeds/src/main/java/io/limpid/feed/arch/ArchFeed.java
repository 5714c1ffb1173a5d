package io.limpid.feed.arch;

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
import java.util.List;
import java.util.function.Consumer;

/** Arch Linux' security tracker: one document with groups of vulnerabilities ("AVG") that came into packages and left them together. */
public final class ArchFeed implements Feed {
    static final String ID = "arch";
    static final String DOCUMENT = "all.json";

    private static final List<FeedPart> PARTS = List.of(new FeedPart(
            ID,
            "tracker",
            List.of(new FeedPart.Document(DOCUMENT, URI.create("https://security.archlinux.org/all.json"), true))));

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
        new GroupReader(reading).read(documents);
        if (reading.seen() == 0) {
            throw new FeedException(DOCUMENT, null, "it lists no group of vulnerabilities");
        }
        return reading.end(DOCUMENT, null);
    }
}
