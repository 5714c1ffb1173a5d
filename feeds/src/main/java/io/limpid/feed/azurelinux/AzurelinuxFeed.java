package io.limpid.feed.azurelinux;

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

/** Microsoft's vulnerability data of Azure Linux and of CBL-Mariner, as it was called before: one OVAL document a release. */
public final class AzurelinuxFeed implements Feed {
    static final String ID = "azurelinux";

    private static final String MARINER = "mariner";
    private static final String FOLDER =
            "https://raw.githubusercontent.com/microsoft/AzureLinuxVulnerabilityData/main/";
    private static final Pattern RELEASE = Pattern.compile("([1-9][0-9]?\\.[0-9]{1,2})(?:\\..*)?");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        boolean own = distro.id().equals(ID) || distro.id().equals(MARINER);
        Matcher release = RELEASE.matcher(distro.versionId() == null ? "" : distro.versionId());
        return own && release.matches() ? List.of(part(distro.id(), release.group(1))) : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return Stream.of(ID, MARINER)
                .flatMap(id -> Distros.versionIds(id).stream().map(release -> part(id, release)))
                .toList();
    }

    private static FeedPart part(String distro, String release) {
        String name = (distro.equals(MARINER) ? "cbl-mariner-" : ID + "-") + release;
        String document = name + "-oval.xml";
        return new FeedPart(ID, name, List.of(new FeedPart.Document(document, URI.create(FOLDER + document), true)));
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        String document = part.documents().getFirst().name();
        String distro = part.name().startsWith(ID) ? ID : MARINER;
        String release = part.name().substring(part.name().lastIndexOf('-') + 1);
        PartReading reading = new PartReading(documents.limits(), sink);
        OvalDocument oval = Objects.requireNonNull(OvalDocument.read(documents, document), "it is required");
        String namespace = Distros.of(distro, release, null).namespace();
        oval.tell(reading, new Definitions(namespace, distro, release, document, reading)::tell);
        return reading.end(document, oval.date());
    }
}
