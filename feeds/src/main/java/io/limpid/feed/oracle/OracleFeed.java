package io.limpid.feed.oracle;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.oval.OvalDocument;
import io.limpid.model.Distro;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Oracle's errata of Oracle Linux (ELSA): one OVAL document that speaks of all releases. */
public final class OracleFeed implements Feed {
    static final String ID = "oracle";
    static final String DISTRO = "ol";

    private static final String DOCUMENT = "com.oracle.elsa-all.xml";
    private static final List<FeedPart> PARTS = List.of(new FeedPart(
            ID,
            "elsa",
            List.of(new FeedPart.Document(
                    DOCUMENT, URI.create("https://linux.oracle.com/security/oval/" + DOCUMENT + ".bz2"), true))));

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        return distro.id().equals(DISTRO) ? PARTS : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return PARTS;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        OvalDocument oval = Objects.requireNonNull(OvalDocument.read(documents, DOCUMENT), "it is required");
        Errata errata = new Errata(DOCUMENT, reading);
        oval.tell(reading, errata::take);
        errata.tell();
        return reading.end(DOCUMENT, oval.date());
    }
}
