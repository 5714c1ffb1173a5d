package io.limpid.bench;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedDocuments;
import io.limpid.feed.FeedPart;
import io.limpid.feed.FeedReading;
import io.limpid.match.Advisories;
import io.limpid.model.Advisory;
import io.limpid.model.AdvisorySubject;
import io.limpid.model.Digest;
import io.limpid.model.Distro;
import io.limpid.model.Distros;
import io.limpid.model.FixState;
import io.limpid.model.Limits;
import io.limpid.model.Severity;
import io.limpid.model.SeverityRating;
import io.limpid.model.VersionRange;
import io.limpid.net.Download;
import io.limpid.snapshot.Origin;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.SnapshotSupply;
import io.limpid.snapshot.SnapshotUpdater;
import io.limpid.snapshot.SupplyPolicy;
import io.limpid.snapshot.UpdateRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What writing and asking a snapshot costs: {@code write CACHE ADVISORIES}, then {@code read CACHE} in a process of its own, as often as one likes.
 *
 * <p>The data have the shape of Debian's tracker: five releases, seven thousand packages of very different sizes.
 */
public final class SnapshotBench {
    private static final int PACKAGES = 7000;
    private static final int LOOKUPS = 300;
    private static final FeedPart PART = new FeedPart(
            "bench", "all", List.of(new FeedPart.Document("data", URI.create("https://bench.invalid/data"), true)));

    private SnapshotBench() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path cache = Path.of(args[1]);
        SnapshotStore store = new SnapshotStore(cache, Origin.PUBLISHERS, Limits.DEFAULT);
        if (args[0].equals("write")) {
            write(store, synthetic(Integer.parseInt(args[2])));
        } else {
            read(store, synthetic(0));
        }
    }

    private static void write(SnapshotStore store, Feed feed) throws IOException, InterruptedException {
        SnapshotUpdater updater = updater(store);
        UpdateRules rules = new UpdateRules(Duration.ZERO, true, Duration.ofMinutes(1));
        long begun = cpuMillis();
        System.out.println(updater.update(feed, PART, rules).getClass().getSimpleName());
        System.out.println("update: " + (cpuMillis() - begun) + " ms CPU");
        begun = cpuMillis();
        new SnapshotCatalog(store)
                .verify()
                .forEach(file -> System.out.println(
                        file.file() + ": " + file.file().toFile().length() + " bytes"));
        System.out.println("verify: " + (cpuMillis() - begun) + " ms CPU");
    }

    private static void read(SnapshotStore store, Feed feed) throws IOException, InterruptedException {
        SupplyPolicy offline = new SupplyPolicy(true, Duration.ZERO, Duration.ZERO);
        SnapshotSupply supply =
                new SnapshotSupply(List.of(feed), store, updater(store), offline, InstantSource.system());
        long found = 0;
        try (Advisories advisories = supply.forDistro(Distros.of("debian", "12", "bookworm"))) {
            for (int i = 0; i < LOOKUPS; i++) {
                found += advisories
                        .about("debian:12", "package-" + i * 7919L % (PACKAGES + PACKAGES / 6))
                        .size();
            }
        }
        System.out.println(
                LOOKUPS + " look-ups, " + found + " advisories: " + cpuMillis() + " ms CPU with the JVM's start");
    }

    private static SnapshotUpdater updater(SnapshotStore store) {
        return new SnapshotUpdater(
                store,
                request -> {
                    Files.writeString(request.file(), "");
                    return new Download.Fetched(0, new Digest("0".repeat(64)), null, null, request.url());
                },
                InstantSource.system());
    }

    private static long cpuMillis() {
        Optional<Duration> cpu = ProcessHandle.current().info().totalCpuDuration();
        return cpu.orElse(Duration.ZERO).toMillis();
    }

    /** A feed that makes its advisories up; of no class of its own, because it belongs into no list. */
    private static Feed synthetic(int count) {
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
            public FeedReading read(FeedPart part, FeedDocuments documents, Consumer<Advisory> sink) {
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
