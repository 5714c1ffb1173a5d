package io.limpid.bench;

import io.limpid.feed.Feed;
import io.limpid.match.Advisories;
import io.limpid.model.Limits;
import io.limpid.snapshot.Origin;
import io.limpid.snapshot.SnapshotStore;
import io.limpid.snapshot.SnapshotSupply;
import io.limpid.snapshot.SupplyPolicy;
import io.limpid.snapshot.UpdateRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The advisories of 300 packages out of 100,000 kept ones, warm; {@link SnapshotBench} and {@code bench/run} have what the first time costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LookupBench {
    private static final int KEPT = 100_000;
    private static final int LOOKUPS = 300;

    private @Nullable Path folder;
    private @Nullable SnapshotSupply supply;
    private @Nullable Advisories open;

    @Setup
    public void keep() throws IOException, InterruptedException {
        Path cache = Files.createTempDirectory("limpid-bench");
        folder = cache;
        SnapshotStore store = new SnapshotStore(cache, Origin.PUBLISHERS, Limits.DEFAULT);
        Feed feed = MadeUpAdvisories.feed(KEPT);
        MadeUpAdvisories.updater(store)
                .update(feed, MadeUpAdvisories.PART, new UpdateRules(Duration.ZERO, true, Duration.ofMinutes(1)));
        SnapshotSupply made = new SnapshotSupply(
                List.of(feed),
                store,
                MadeUpAdvisories.updater(store),
                new SupplyPolicy(true, Duration.ZERO, Duration.ZERO),
                InstantSource.system());
        supply = made;
        open = made.forDistro(MadeUpAdvisories.DISTRO);
        if (lookUp() == 0) {
            throw new IllegalStateException("no advisories are found");
        }
    }

    @TearDown
    public void remove() throws IOException {
        Objects.requireNonNull(open).close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
            files.sorted(Comparator.reverseOrder()).forEach(LookupBench::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All 300, the file open. */
    @Benchmark
    public long lookUp() throws IOException {
        return lookUp(Objects.requireNonNull(open));
    }

    /** All 300, the file opened for them. */
    @Benchmark
    public long openAndLookUp() throws IOException, InterruptedException {
        try (Advisories advisories = Objects.requireNonNull(supply).forDistro(MadeUpAdvisories.DISTRO)) {
            return lookUp(advisories);
        }
    }

    private static long lookUp(Advisories advisories) throws IOException {
        long found = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            found += advisories
                    .about(MadeUpAdvisories.NAMESPACE, MadeUpAdvisories.packageName(i))
                    .size();
        }
        return found;
    }
}
