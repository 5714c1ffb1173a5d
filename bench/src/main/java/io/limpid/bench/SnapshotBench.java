package io.limpid.bench;

import io.limpid.feed.Feed;
import io.limpid.match.Advisories;
import io.limpid.model.Limits;
import io.limpid.snapshot.Origin;
import io.limpid.snapshot.SnapshotCatalog;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.SnapshotSupply;
import io.limpid.snapshot.SnapshotUpdater;
import io.limpid.snapshot.SupplyPolicy;
import io.limpid.snapshot.UpdateRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What writing and asking a snapshot costs: {@code write CACHE ADVISORIES}, then {@code read CACHE} in a process of its own, as often as one likes.
 *
 * <p>The data have the shape of Debian's tracker: five releases, seven thousand packages of very different sizes.
 */
public final class SnapshotBench {
    private static final int LOOKUPS = 300;

    private SnapshotBench() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path cache = Path.of(args[1]);
        SnapshotStore store = new SnapshotStore(cache, Origin.PUBLISHERS, Limits.DEFAULT);
        if (args[0].equals("write")) {
            write(store, MadeUpAdvisories.feed(Integer.parseInt(args[2])));
        } else {
            read(store, MadeUpAdvisories.feed(0));
        }
    }

    private static void write(SnapshotStore store, Feed feed) throws IOException, InterruptedException {
        SnapshotUpdater updater = MadeUpAdvisories.updater(store);
        UpdateRules rules = new UpdateRules(Duration.ZERO, true, Duration.ofMinutes(1));
        long begun = cpuMillis();
        System.out.println(
                updater.update(feed, MadeUpAdvisories.PART, rules).getClass().getSimpleName());
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
        SnapshotSupply supply = new SnapshotSupply(
                List.of(feed), store, MadeUpAdvisories.updater(store), offline, InstantSource.system());
        long found = 0;
        try (Advisories advisories = supply.forDistro(MadeUpAdvisories.DISTRO)) {
            for (int i = 0; i < LOOKUPS; i++) {
                found += advisories
                        .about(MadeUpAdvisories.NAMESPACE, MadeUpAdvisories.packageName(i))
                        .size();
            }
        }
        System.out.println(
                LOOKUPS + " look-ups, " + found + " advisories: " + cpuMillis() + " ms CPU with the JVM's start");
    }

    private static long cpuMillis() {
        Optional<Duration> cpu = ProcessHandle.current().info().totalCpuDuration();
        return cpu.orElse(Duration.ZERO).toMillis();
    }
}
