package io.limpid.feed.redhat;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.model.Distro;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Red Hat's advisories, on RHEL and on CentOS Linux, which was built from the same sources. */
public final class RedhatFeed implements Feed {
    static final String ID = "redhat";
    private static final String VEX = "vex";
    private static final String REPOSITORIES = "repositories";
    private static final String REPOSITORY_LIST = "repository-to-cpe.json";
    private static final String BASE = "https://security.access.redhat.com/data/";
    private static final String VEX_BASE = BASE + "csaf/v2/vex/";

    private static final Pattern NAMESPACE = Pattern.compile("rhel:([1-9][0-9]?)|centos:([5-8])");

    private static final String OVAL_BASE = "https://www.redhat.com/security/data/oval/";
    private static final String UNPATCHED = "-unpatched";
    private static final Pattern OVAL = Pattern.compile("([5-9])(" + UNPATCHED + ")?");

    private static final FeedPart REPOSITORIES_PART = new FeedPart(
            ID,
            REPOSITORIES,
            List.of(new FeedPart.Document(REPOSITORY_LIST, URI.create(BASE + "meta/v1/" + REPOSITORY_LIST), true)));

    private static final FeedPart VEX_PART = new FeedPart(
            ID,
            VEX,
            List.of(vex(VexChanges.LATEST, true), vex(VexChanges.CHANGES, true), vex(VexChanges.DELETIONS, false)));

    /** The releases that there are OVAL definitions of; later ones are in VEX documents only. */
    private static final List<String> OVAL_RELEASES = List.of("5", "6", "7", "8", "9");

    /** All releases of RHEL: what is said of a product and of no release concerns its packages on each. */
    static final List<String> RELEASES = List.of("5", "6", "7", "8", "9", "10");

    private static FeedPart patches(String release) {
        String name = "com.redhat.rhsa-RHEL" + release + ".xml";
        URI url = URI.create(OVAL_BASE + name + ".bz2");
        return new FeedPart(ID, release, List.of(new FeedPart.Document(name, url, true)));
    }

    private static FeedPart unpatched(String release) {
        String name = "rhel-" + release + "-including-unpatched.oval.xml";
        URI url = URI.create(OVAL_BASE + "v2/RHEL" + release + "/" + name + ".bz2");
        return new FeedPart(ID, release + UNPATCHED, List.of(new FeedPart.Document(name, url, true)));
    }

    private static FeedPart.Document vex(String name, boolean required) {
        return new FeedPart.Document(name, URI.create(VEX_BASE + name), required);
    }

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
        Matcher release = NAMESPACE.matcher(distro.namespace());
        if (!release.matches()) {
            return List.of();
        }
        String number = release.group(1) == null ? release.group(2) : release.group(1);
        List<FeedPart> parts = new ArrayList<>();
        if (OVAL_RELEASES.contains(number)) {
            oval(number, parts);
        }
        parts.add(REPOSITORIES_PART);
        parts.add(VEX_PART);
        return parts;
    }

    @Override
    public List<FeedPart> parts() {
        List<FeedPart> parts = new ArrayList<>();
        OVAL_RELEASES.forEach(release -> oval(release, parts));
        parts.add(REPOSITORIES_PART);
        parts.add(VEX_PART);
        return parts;
    }

    /** Of release 5 nothing was ever published that has no fix. */
    private static void oval(String release, List<FeedPart> parts) {
        parts.add(patches(release));
        if (!release.equals(OVAL_RELEASES.getFirst())) {
            parts.add(unpatched(release));
        }
    }

    /**
     * The archive that the text names, and what has changed since it was made.
     *
     * <p>Each is named with what tells its state: they are kept, so that the archive is not fetched again because a few others are newer.
     */
    @Override
    public List<FeedPart.Document> follow(FeedPart part, FeedDocuments fetched) throws IOException {
        if (!part.name().equals(VEX)) {
            return List.of();
        }
        VexChanges changes = VexChanges.read(fetched);
        List<FeedPart.Document> named = new ArrayList<>();
        named.add(new FeedPart.Document(
                changes.archive(), URI.create(VEX_BASE + changes.archive()), true, changes.day()));
        changes.changed().forEach((path, time) -> {
            if (!changes.isGone(path)) {
                named.add(new FeedPart.Document(VexChanges.name(path), URI.create(VEX_BASE + path), false, time));
            }
        });
        return named;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        Matcher oval = OVAL.matcher(part.name());
        if (oval.matches()) {
            return new OvalReader(part.documents().getFirst().name(), oval.group(1), reading).read(documents);
        }
        return part.name().equals(VEX)
                ? new VexReader(documents, reading).read()
                : new RepositoriesReader(REPOSITORY_LIST, reading).read(documents);
    }
}
