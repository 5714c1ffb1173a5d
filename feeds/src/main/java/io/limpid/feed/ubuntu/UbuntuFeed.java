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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Canonical publishes of vulnerabilities in Ubuntu, which all comes from its CVE tracker: OVAL definitions, one document a release; where a
 * release has none, the tracker's own texts; where those are not to be had, its records in the form of OSV.
 *
 * <p>One of them speaks of a release, never two. They are the same statements at different times and with different losses: together they would
 * find what the newer of them has long cleared. OVAL comes first because it is the only one that is made for one release, says of each package in
 * which state it is, and names the packages with the code; OSV last, because it does not tell a package that will not be mended from one that nobody
 * has looked at, does not say what is not affected, and is hundreds of times as large.
 */
public final class UbuntuFeed implements Feed {
    static final String ID = "ubuntu";

    /** The first release with an OVAL document. */
    private static final String FIRST = "14.04";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{2}\\.[0-9]{2}");
    private static final Pattern CODENAME = Pattern.compile("[a-z]{2,20}");
    private static final String BEFORE_THE_CODENAME = "com.ubuntu.";
    private static final String AFTER_THE_CODENAME = ".cve.oval.xml";

    private static final String TRACKER_ARCHIVE = "tracker.tar";
    private static final String OSV_ARCHIVE = "osv.tar";

    /** The tracker's texts as the pages of its repository offer them. */
    private static final FeedPart TRACKER = part(
            "tracker",
            TRACKER_ARCHIVE,
            "https://git.launchpad.net/ubuntu-cve-tracker/snapshot/ubuntu-cve-tracker-master.tar.gz");

    /** The same as those keep it who mirror the repository as an archive. */
    private static final FeedPart TRACKER_SNAPSHOT =
            part("tracker-snapshot", TRACKER_ARCHIVE, "https://git.launchpad.net/ubuntu-cve-tracker/snapshot.tar.xz");

    private static final FeedPart OSV =
            part("osv", OSV_ARCHIVE, "https://security-metadata.canonical.com/osv/osv-all.tar.xz");

    private static FeedPart part(String name, String document, String url) {
        return new FeedPart(ID, name, List.of(new FeedPart.Document(document, URI.create(url), true)));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        String number = number(distro);
        if (number == null || number.compareTo(FIRST) < 0) {
            return List.of();
        }
        // An image of a release that the table lacks names itself.
        String known = Distros.codenameOf(ID, number);
        String codename = known == null ? distro.codename() : known;
        return codename != null && CODENAME.matcher(codename).matches()
                ? List.of(release(number, codename))
                : List.of();
    }

    @Override
    public List<FeedPart> standIns(Distro distro) {
        return number(distro) == null ? List.of() : List.of(TRACKER, TRACKER_SNAPSHOT, OSV);
    }

    private static @Nullable String number(Distro distro) {
        String number = distro.versionId();
        boolean ours = distro.id().equals(ID)
                && number != null
                && NUMBER.matcher(number).matches();
        return ours ? number : null;
    }

    @Override
    public List<FeedPart> parts() {
        List<FeedPart> parts = new ArrayList<>();
        for (String number : Distros.versionIds(ID)) {
            if (number.compareTo(FIRST) >= 0) {
                parts.add(release(number, Objects.requireNonNull(Distros.codenameOf(ID, number))));
            }
        }
        parts.add(OSV);
        parts.add(TRACKER);
        parts.add(TRACKER_SNAPSHOT);
        return List.copyOf(parts);
    }

    private static FeedPart release(String number, String codename) {
        String name = BEFORE_THE_CODENAME + codename + AFTER_THE_CODENAME;
        return part(number, name, "https://security-metadata.canonical.com/oval/" + name + ".bz2");
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        if (part.equals(TRACKER) || part.equals(TRACKER_SNAPSHOT)) {
            new TrackerReader(TRACKER_ARCHIVE, reading).read(documents);
            return reading.end(TRACKER_ARCHIVE, null);
        }
        if (part.equals(OSV)) {
            new OsvRecords(OSV_ARCHIVE, reading).read(documents);
            return reading.end(OSV_ARCHIVE, null);
        }
        String document = part.documents().getFirst().name();
        String codename =
                document.substring(BEFORE_THE_CODENAME.length(), document.length() - AFTER_THE_CODENAME.length());
        OvalReader oval = new OvalReader(document, codename);
        @Nullable String date = oval.read(documents, reading);
        new OvalAdvisories(ID + ":" + part.name(), document, oval.tables(), reading).tell(oval.definitions());
        return reading.end(document, date);
    }
}
