package io.limpid.feed.ubuntu;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Canonical's OVAL definitions of CVEs: one document a release. */
public final class UbuntuFeed implements Feed {
    static final String ID = "ubuntu";

    /** The first release with such a document. */
    private static final String FIRST = "14.04";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{2}\\.[0-9]{2}");
    private static final Pattern CODENAME = Pattern.compile("[a-z]{2,20}");
    private static final String BEFORE_THE_CODENAME = "com.ubuntu.";
    private static final String AFTER_THE_CODENAME = ".cve.oval.xml";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        String number = distro.versionId();
        if (!distro.id().equals(ID) || number == null || !NUMBER.matcher(number).matches()) {
            return List.of();
        }
        // An image of a release that the table lacks names itself.
        String known = Distros.codenameOf(ID, number);
        String codename = known == null ? distro.codename() : known;
        boolean published = number.compareTo(FIRST) >= 0;
        return published && codename != null && CODENAME.matcher(codename).matches()
                ? List.of(part(number, codename))
                : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return Distros.versionIds(ID).stream()
                .filter(number -> number.compareTo(FIRST) >= 0)
                .map(number -> part(number, Objects.requireNonNull(Distros.codenameOf(ID, number))))
                .toList();
    }

    private static FeedPart part(String number, String codename) {
        String name = BEFORE_THE_CODENAME + codename + AFTER_THE_CODENAME;
        URI url = URI.create("https://security-metadata.canonical.com/oval/" + name + ".bz2");
        return new FeedPart(ID, number, List.of(new FeedPart.Document(name, url, true)));
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        String document = part.documents().getFirst().name();
        String codename =
                document.substring(BEFORE_THE_CODENAME.length(), document.length() - AFTER_THE_CODENAME.length());
        PartReading reading = new PartReading(documents.limits(), sink);
        OvalReader oval = new OvalReader(document, codename);
        @Nullable String date = oval.read(documents, reading);
        new OvalAdvisories(ID + ":" + part.name(), document, oval.tables(), reading).tell(oval.definitions());
        return reading.end(document, date);
    }
}
