package io.limpid.feed.chainguard;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.secdb.SecdbAdvisories;
import io.limpid.feedformat.secdb.SecdbReader;
import io.limpid.feedformat.secdb.Statements;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/**
 * Chainguard's security database, which says in which version something was fixed or that it never was there; and its archive of OSV records, of which is
 * taken what the database leaves out: what was not fixed, and which names are of one vulnerability.
 */
public final class ChainguardFeed implements Feed {
    static final String ID = "chainguard";
    static final String RECORDS = "osv.tar";
    static final String NAMESPACE = Distros.of(ID, null, null).namespace();

    private static final String DATABASE = "security.json";

    private static final List<FeedPart> PARTS = List.of(new FeedPart(
            ID,
            "chainguard",
            List.of(
                    new FeedPart.Document(
                            RECORDS,
                            URI.create("https://advisories.cgr.dev/chainguard/v3/osv/chainguard-osv.tar.gz"),
                            false),
                    new FeedPart.Document(
                            DATABASE, URI.create("https://packages.cgr.dev/chainguard/security.json"), true))));

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

    static String page(String id) {
        return "https://images.chainguard.dev/security/" + id;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        Statements names = new Statements();
        if (!new OsvArchive(names, reading).read(documents)) {
            reading.note("no " + RECORDS + ": only what was fixed is known, not what is there and was not");
        }
        SecdbAdvisories advisories = new SecdbAdvisories(ID, List.of(NAMESPACE), ChainguardFeed::page, reading);
        long before = reading.seen();
        SecdbReader.Header header = new SecdbReader(reading, (document, origin, fixes) -> {
                    for (Statements.Merged merged : names.merge(origin, fixes)) {
                        advisories.fix(document, origin, merged);
                    }
                })
                .read(documents, DATABASE);
        if (header == null || header.packages() == 0 || reading.seen() == before) {
            throw new FeedException(DATABASE, null, "it lists no package");
        }
        return reading.end(DATABASE, null);
    }
}
