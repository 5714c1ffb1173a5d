package io.limpid.feed.suse;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.oval.OvalDocument;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SUSE's bulletins in the form of CSAF, all in one archive, and its OVAL definitions of vulnerabilities: one document a release of openSUSE and of the Micro products, one for all service packs of a version of SUSE
 * Linux Enterprise; of most there is a second with what has no fix yet, which has the rest too and is then what counts.
 */
public final class SuseFeed implements Feed {
    static final String ID = "suse";

    private static final String FOLDER = "https://ftp.suse.com/pub/projects/security/oval/";
    private static final String ARCHIVE = "csaf.tar";
    private static final FeedPart BULLETINS = new FeedPart(
            ID,
            "csaf",
            List.of(new FeedPart.Document(
                    ARCHIVE, URI.create("https://ftp.suse.com/pub/projects/security/" + ARCHIVE + ".bz2"), true)));

    private static final String AFFECTED = "-affected";
    private static final String XML = ".xml";

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
        String name = Products.document(distro.id(), distro.versionId());
        return name == null ? List.of() : List.of(BULLETINS, part(name));
    }

    @Override
    public List<FeedPart> parts() {
        Set<String> names = Products.DISTROS.stream()
                .flatMap(id -> Distros.hasReleases(id)
                        ? Distros.versionIds(id).stream().map(release -> Products.document(id, release))
                        : Stream.of(Products.document(id, null)))
                .filter(name -> name != null)
                .collect(Collectors.toSet());
        return Stream.concat(Stream.of(BULLETINS), names.stream().map(SuseFeed::part))
                .sorted(Comparator.comparing(FeedPart::name))
                .toList();
    }

    private static FeedPart part(String name) {
        return new FeedPart(ID, name, List.of(document(name + AFFECTED + XML, false), document(name + XML, true)));
    }

    private static FeedPart.Document document(String name, boolean required) {
        return new FeedPart.Document(name, URI.create(FOLDER + name + ".gz"), required);
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        if (part.name().equals(BULLETINS.name())) {
            Bulletins bulletins = new Bulletins(new Products(part.name()), reading);
            bulletins.read(documents, ARCHIVE);
            return reading.end(ARCHIVE, bulletins.newest());
        }
        Definitions definitions = new Definitions(new Products(part.name()), reading);
        String document = part.documents().getLast().name();
        String date = null;
        for (FeedPart.Document one : part.documents()) {
            OvalDocument oval = OvalDocument.read(documents, one.name());
            if (oval != null) {
                date = date == null ? oval.date() : date;
                oval.tell(reading, definitions.of(one.name()));
            }
        }
        definitions.end(document);
        return reading.end(document, date);
    }
}
