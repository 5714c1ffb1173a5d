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
import java.util.List;
import java.util.function.Consumer;

/** Red Hat's advisories, on RHEL and on CentOS Linux, which was built from the same sources. */
public final class RedhatFeed implements Feed {
    static final String ID = "redhat";
    private static final String VEX = "vex";
    private static final String REPOSITORIES = "repositories";
    private static final String REPOSITORY_LIST = "repository-to-cpe.json";
    private static final String BASE = "https://security.access.redhat.com/data/";
    private static final String VEX_BASE = BASE + "csaf/v2/vex/";

    private static final List<FeedPart> PARTS = List.of(
            new FeedPart(
                    ID,
                    REPOSITORIES,
                    List.of(new FeedPart.Document(
                            REPOSITORY_LIST, URI.create(BASE + "meta/v1/" + REPOSITORY_LIST), true))),
            new FeedPart(
                    ID,
                    VEX,
                    List.of(
                            vex(VexChanges.LATEST, true),
                            vex(VexChanges.CHANGES, true),
                            vex(VexChanges.DELETIONS, false))));

    private static FeedPart.Document vex(String name, boolean required) {
        return new FeedPart.Document(name, URI.create(VEX_BASE + name), required);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<FeedPart> partsFor(Distro distro) {
        boolean ours = distro.namespace().startsWith("rhel:") || distro.namespace().matches("centos:[5-8]");
        return ours ? PARTS : List.of();
    }

    @Override
    public List<FeedPart> parts() {
        return PARTS;
    }

    @Override
    public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) throws IOException {
        PartReading reading = new PartReading(documents.limits(), sink);
        return switch (part.name()) {
            case VEX -> new VexReader(documents, reading).read();
            default -> new RepositoriesReader(REPOSITORY_LIST, reading).read(documents);
        };
    }
}
