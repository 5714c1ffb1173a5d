package io.limpid.bench;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.Digest;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FeedRecord;
import io.limpid.model.FixState;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import io.limpid.net.Download;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.SnapshotUpdater;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Advisories of the shape of Debian's tracker: five releases, seven thousand packages of very different sizes. */
final class MadeUpAdvisories {
    static final FeedPart PART = new FeedPart(
            "bench", "all", List.of(new FeedPart.Document("data", URI.create("https://bench.invalid/data"), true)));
    static final Distro DISTRO = Distros.of("debian", "12", "bookworm");
    static final String NAMESPACE = "debian:12";

    private static final int PACKAGES = 7000;

    private MadeUpAdvisories() {}

    /** The name of some package, of which one in seven has no advisories. */
    static String packageName(int number) {
        return "package-" + number * 7919L % (PACKAGES + PACKAGES / 6);
    }

    /** What updates a store with them, without a network. */
    static SnapshotUpdater updater(SnapshotStore store) {
        return new SnapshotUpdater(
                store,
                request -> {
                    Files.writeString(request.file(), "");
                    return new Download.Fetched(0, new Digest("0".repeat(64)), null, null, request.url());
                },
                InstantSource.system());
    }

    /** A feed that makes its advisories up; of no class of its own, because it belongs into no list. */
    static Feed feed(int count) {
        return new Feed() {
            @Override
            public String id() {
                return PART.feed();
            }

            @Override
            public List<FeedPart> partsFor(Distro distro) {
                return parts();
            }

            @Override
            public List<FeedPart> parts() {
                return List.of(PART);
            }

            @Override
            public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<FeedRecord> sink) {
                for (int i = 0; i < count; i++) {
                    sink.accept(advisory(i));
                }
                return new FeedReading(null, 0, List.of());
            }
        };
    }

    private static Advisory advisory(int number) {
        int vulnerability = number / 5;
        // Few packages have very many, most have a handful.
        long name = (long) (PACKAGES * Math.pow(vulnerability % 10_007 / 10_007.0, 3));
        String id = "CVE-" + (2010 + vulnerability % 16) + "-" + (1000 + vulnerability);
        String fixed = vulnerability % 9 + "." + vulnerability % 31 + "-" + (1 + vulnerability % 3);
        return new Advisory(
                id,
                List.of(),
                "bench",
                AdvisorySubject.ofSource("debian:" + (10 + number % 5), "package-" + name),
                FixState.FIXED,
                List.of(VersionRange.before(fixed)),
                fixed,
                List.of(new SeverityRating("bench", Severity.UNKNOWN, "not yet assigned", null)),
                "Flaw " + vulnerability + " in package " + name + " lets whoever sends it " + vulnerability * 31L
                        + " bytes read what is not theirs; versions before " + fixed + " have it.",
                null,
                "https://security-tracker.debian.org/tracker/" + id,
                List.of(),
                null,
                null);
    }
}
