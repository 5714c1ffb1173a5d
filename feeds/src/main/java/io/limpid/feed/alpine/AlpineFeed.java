package io.limpid.feed.alpine;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedException;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.feed.PartReading;
import io.limpid.feedformat.secdb.SecdbAdvisories;
import io.limpid.feedformat.secdb.SecdbReader;
import io.limpid.model.Distro;
import io.limpid.model.FeedRecord;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Alpine's security databases: for each release one of each repository, which say in which version something was fixed. */
public final class AlpineFeed implements Feed {
    private static final String ID = "alpine";
    private static final String MAIN = "main";
    private static final String COMMUNITY = "community";
    private static final String EDGE = "edge";
    /** The first release with a database. */
    private static final int FIRST = 2;
    /** The last release that was known when this was written; {@link #partsFor} knows those after it too. */
    private static final int LAST = 23;

    private static final Pattern NAMESPACE = Pattern.compile("alpine:(edge|3\\.([1-9][0-9]{0,2}))");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        Matcher release = NAMESPACE.matcher(distro.namespace());
        if (!distro.id().equals(ID) || !release.matches()) {
            return List.of();
        }
        if (release.group(2) == null) {
            return List.of(part(EDGE));
        }
        return Integer.parseInt(release.group(2)) < FIRST ? List.of() : List.of(part("v" + release.group(1)));
    }

    @Override
    public List<FeedPart> parts() {
        return Stream.concat(Stream.of(EDGE), IntStream.rangeClosed(FIRST, LAST).mapToObj(minor -> "v3." + minor))
                .sorted()
                .map(AlpineFeed::part)
                .toList();
    }

    private static FeedPart part(String release) {
        // 3.2 has no community.
        return new FeedPart(ID, release, List.of(document(release, MAIN, true), document(release, COMMUNITY, false)));
    }

    private static FeedPart.Document document(String release, String repository, boolean required) {
        return new FeedPart.Document(
                repository + ".json",
                URI.create("https://secdb.alpinelinux.org/" + release + "/" + repository + ".json"),
                required);
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        String release = part.name();
        String namespace = ID + ":" + (release.startsWith("v") ? release.substring(1) : release);
        SecdbAdvisories advisories = new SecdbAdvisories(
                ID, List.of(namespace), id -> "https://security.alpinelinux.org/vuln/" + id, reading);
        SecdbReader reader = new SecdbReader(reading, advisories::fixes);
        for (FeedPart.Document document : part.documents()) {
            SecdbReader.Header header = reader.read(documents, document.name());
            if (header != null) {
                check(header, document, release);
            }
        }
        return reading.end(part.documents().getFirst().name(), null);
    }

    /** A mirror that answers with another release's database must not be believed: its versions are too low or too high. */
    private static void check(SecdbReader.Header header, FeedPart.Document document, String release)
            throws FeedException {
        if (!release.equals(header.release())) {
            throw new FeedException(
                    document.name(), "distroversion", "it is of " + header.release() + ", not of " + release);
        }
        if (!document.name().equals(header.repository() + ".json")) {
            throw new FeedException(document.name(), "reponame", "it is of " + header.repository());
        }
        if (header.packages() == 0 && document.required()) {
            throw new FeedException(document.name(), "packages", "it lists no package");
        }
    }
}
