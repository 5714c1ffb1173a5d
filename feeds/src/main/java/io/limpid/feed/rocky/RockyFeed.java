package io.limpid.feed.rocky;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedJson;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedPart.Document;
import io.limpid.feed.FeedReading;
import io.limpid.feed.FeedZip;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.osv.OsvReader;
import io.limpid.feedformat.osv.OsvRecord;
import io.limpid.feedformat.updateinfo.ErratumAdvisories;
import io.limpid.feedformat.updateinfo.ModularErrata;
import io.limpid.feedformat.updateinfo.OsvErrata;
import io.limpid.model.AdvisorySubject.Kind;
import io.limpid.model.Distro;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Rocky Linux' errata: one list for all releases, on many pages.
 *
 * <p>Some errata are in no page, or not for all releases and architectures, and only among its records in the form of OSV, which name source
 * packages: those are read too.
 */
public final class RockyFeed implements Feed {
    static final String ID = "rocky";

    private static final String PAGE = "errata.";
    private static final String ENDING = ".json";
    private static final String FIRST = PAGE + 0 + ENDING;
    private static final String RECORDS = "osv.zip";
    private static final URI ARCHIVE =
            URI.create("https://osv-vulnerabilities.storage.googleapis.com/Rocky%20Linux/all.zip");

    private static final int ON_A_PAGE = 100;
    private static final int PAGES = 2000;
    private static final List<FeedPart> PARTS =
            List.of(new FeedPart(ID, "errata", List.of(page(0), new Document(RECORDS, ARCHIVE, false))));

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
        return distro.id().equals(ID) && distro.versionId() != null ? PARTS : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return PARTS;
    }

    private static Document page(int number) {
        URI url = URI.create("https://errata.rockylinux.org/api/v2/advisories?filters.type=TYPE_SECURITY&limit="
                + ON_A_PAGE + "&page=" + number);
        return new Document(PAGE + number + ENDING, url, true);
    }

    @Override
    public List<Document> follow(FeedPart part, FeedDocuments fetched) throws IOException {
        int pages = pages(ErrataPage.total(fetched, FIRST));
        List<Document> further = new ArrayList<>();
        for (int number = 1; number < pages; number++) {
            further.add(page(number));
        }
        return further;
    }

    private static int pages(int total) throws FeedException {
        int pages = (total + ON_A_PAGE - 1) / ON_A_PAGE;
        if (pages > PAGES) {
            throw new FeedException(FIRST, null, "it speaks of " + total + " errata");
        }
        return pages;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        Products binary = products(Kind.BINARY, FIRST, reading);
        int total = ErrataPage.total(documents, FIRST);
        int read = 0;
        for (int number = 0; number < pages(total); number++) {
            String name = PAGE + number + ENDING;
            read += new ErrataPage(name, reading)
                    .read(documents, (product, erratum) -> binary.take(product, erratum, name, reading));
        }
        if (total == 0) {
            throw new FeedException(FIRST, null, "it lists no errata");
        }
        if (read < total) {
            throw new FeedException(FIRST, null, "there are " + total + " errata, the pages have " + read);
        }
        Products source = products(Kind.SOURCE, RECORDS, reading);
        source.follow(binary);
        records(documents, reading, source);
        binary.end();
        source.end();
        return reading.end(FIRST, null);
    }

    private static Products products(Kind kind, String document, PartReading reading) {
        ErratumAdvisories advisories =
                new ErratumAdvisories(ID, kind, erratum -> "https://errata.rockylinux.org/" + erratum.id());
        return new Products(product -> new ModularErrata(
                document, reading, erratum -> reading.record(document, advisories.of(erratum, product.scope()))));
    }

    /** Reads the records, of which what no page has is handed on. */
    private static void records(FeedDocuments documents, PartReading reading, Products products) throws IOException {
        OsvReader reader = new OsvReader(Set.of());
        int[] count = {0};
        boolean there = FeedZip.read(documents, RECORDS, (path, member) -> {
            count[0]++;
            OsvRecord[] told = new OsvRecord[1];
            if (FeedJson.readMember(member, path, reading, json -> told[0] = reader.read(json))) {
                for (var one : OsvErrata.of(told[0], path, reading).entrySet()) {
                    products.take(one.getKey().replace(':', ' '), one.getValue(), path, reading);
                }
            }
        });
        if (there && count[0] == 0) {
            throw new FeedException(RECORDS, null, "it has no record");
        }
    }
}
