package io.limpid.cli;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedPart;
import io.limpid.feed.Feeds;
import io.limpid.match.AdvisoryList;
import io.limpid.model.Advisory;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A few advisories that come with the program, in the form in which Debian publishes all of them. */
final class DemoAdvisories {
    private static final String RESOURCE = "demo-advisories.json";
    private static final Distro DISTRO = Distros.of("debian", "12", null);

    private DemoAdvisories() {}

    /**
     * Reads them as the feed reads the real ones.
     *
     * @param now when they count as fetched
     */
    static AdvisoryList read(Limits limits, Instant now) throws IOException {
        List<Advisory> advisories = new ArrayList<>();
        for (Feed feed : Feeds.all()) {
            for (FeedPart part : feed.partsFor(DISTRO)) {
                feed.read(part, new Sample(part, limits), record -> {
                    if (record instanceof Advisory advisory) {
                        advisories.add(advisory);
                    }
                });
            }
        }
        return new AdvisoryList(advisories, now.toString());
    }

    /** The sample stands for what is required; what is not required is not there. */
    private record Sample(FeedPart part, Limits limits) implements FeedDocuments {
        @Override
        public @Nullable InputStream open(String name) {
            boolean required = part.documents().stream()
                    .anyMatch(document -> document.name().equals(name) && document.required());
            return required
                    ? Objects.requireNonNull(
                            DemoAdvisories.class.getResourceAsStream(RESOURCE), RESOURCE + " is not in the jar")
                    : null;
        }

        @Override
        public List<String> names() {
            return part.documents().stream()
                    .filter(FeedPart.Document::required)
                    .map(FeedPart.Document::name)
                    .toList();
        }
    }
}
