package io.limpid.feed.photon;

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
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What VMware publishes on Photon OS, in two parts a release: the fixes of its errata (PHSA) as OVAL, and a list that also has vulnerabilities without a
 * fix and those that a package does not have.
 */
public final class PhotonFeed implements Feed {
    static final String ID = "photon";

    private static final String ERRATA = "-errata";
    private static final String LIST = "-cves";
    private static final String ERRATA_URL = "https://packages.vmware.com/photon/photon_oval_definitions/";
    private static final String LIST_URL = "https://packages.broadcom.com/photon/photon_cve_metadata/";
    private static final Pattern RELEASE = Pattern.compile("([1-9][0-9]?)\\.0(?:\\..*)?");

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
        Matcher release = RELEASE.matcher(distro.versionId() == null ? "" : distro.versionId());
        return distro.id().equals(ID) && release.matches()
                ? parts(release.group(1)).toList()
                : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return Distros.versionIds(ID).stream()
                .map(RELEASE::matcher)
                .filter(Matcher::matches)
                .flatMap(release -> parts(release.group(1)))
                .toList();
    }

    private static Stream<FeedPart> parts(String major) {
        String list = "cve_data_photon" + major + ".0.json";
        String errata = "com.vmware.phsa-photon" + major + ".xml";
        return Stream.of(
                part(major + ".0" + LIST, list, LIST_URL + list),
                part(major + ".0" + ERRATA, errata, ERRATA_URL + errata + ".gz"));
    }

    private static FeedPart part(String name, String document, String url) {
        return new FeedPart(ID, name, List.of(new FeedPart.Document(document, URI.create(url), true)));
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        String document = part.documents().getFirst().name();
        String release = part.name().substring(0, part.name().indexOf('-'));
        String namespace = Distros.of(ID, release, null).namespace();
        PartReading reading = new PartReading(documents.limits(), sink);
        if (part.name().endsWith(LIST)) {
            new ListReader(namespace, document, reading).read(documents);
            return reading.end(document, null);
        }
        OvalDocument oval = Objects.requireNonNull(OvalDocument.read(documents, document), "it is required");
        oval.tell(reading, new Errata(namespace, release, document, reading)::tell);
        return reading.end(document, oval.date());
    }
}
