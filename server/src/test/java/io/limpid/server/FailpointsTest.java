package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.store.StoreDump;
import io.limpid.server.store.StoreLaws;
import io.limpid.server.store.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed once at every hit of every {@link Failpoint}: whoever insists has in the end what he would have had without it.
 *
 * <p>{@code -Dlimpid.failpoints.rounds=all} kills at every hit; else at so many of them, 12 unless that says another number, which each day are others: {@code
 * -Dlimpid.seed=N} has those of another day. {@code -Dlimpid.failpoints.only=NAME} kills at the hits of one point.
 */
class FailpointsTest {
    private static final String ALL = "all";
    private static final String ROUNDS = System.getProperty("limpid.failpoints.rounds", "12");
    private static final String ONLY = System.getProperty("limpid.failpoints.only", "");
    private static final int PARALLEL = Integer.getInteger("limpid.failpoints.parallel", 2);
    private static final long SEED =
            Long.getLong("limpid.seed", LocalDate.now(ZoneOffset.UTC).toEpochDay());

    /** Points that the scenario does not come to, by the reason. */
    private static final Map<String, Set<Failpoint>> UNREACHED = Map.of(
            "there is no updater that takes a lease and notes what it did",
            EnumSet.of(Failpoint.LEASE_ACQUIRED, Failpoint.LEASE_RENEWED, Failpoint.LEASE_RELEASED, Failpoint.VALUE_PUT),
            "there is no updater that reads feeds",
            EnumSet.range(Failpoint.FEED_LOCKED, Failpoint.FEED_NOTED));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** One hit at which the server is killed. */
    private record Hit(FailpointScenario half, Failpoint point, int number) {}

    /**
     * What there is in the end.
     *
     * @param rows of the database
     * @param told by the API
     */
    private record End(List<String> rows, Map<String, String> told) {}

    @Test
    void whoeverInsistsHasInTheEndWhatHeWouldHaveHadWithoutTheKill() throws Exception {
        List<Hit> hits = new ArrayList<>();
        try (var filled = TestDatabases.empty(TestDatabases.chosen())) {
            counted(FailpointScenario.FILL, filled, hits);
            End expected;
            try (var told = TestDatabases.copy(filled)) {
                expected = counted(FailpointScenario.TELL, told, hits);
            }
            Set<Failpoint> points = reached(hits);
            List<Hit> chosen = chosen(hits);
            assertThat(failures(chosen, filled, expected)).isEmpty();
            System.out.println(hits.size() + " hits of " + points.size() + " points, killed at "
                    + (chosen.size() == hits.size() ? "each" : chosen.size() + " of them, seed " + SEED));
        }
    }

    /** Runs one half without a kill, adds its hits, and tells what there is at its end. */
    private End counted(FailpointScenario half, TestDatabases.Fresh fresh, List<Hit> hits) throws Exception {
        Path here = Files.createDirectory(folder.resolve(half.toString()));
        Path counts = here.resolve("hits");
        Map<String, String> told;
        try (var outside = new FailpointScenario.Outside(here, fresh.source());
                var client = outside.client()) {
            client.start("count:" + counts);
            half.run(client, outside);
            told = client.told(FailpointScenario.SUBJECTS);
            client.stop();
            assertThat(client.sawKill()).isFalse();
        }
        Map<Failpoint, Integer> numbers = new EnumMap<>(Failpoint.class);
        for (String line : Files.readAllLines(counts)) {
            Failpoint point = Failpoint.valueOf(line);
            hits.add(new Hit(half, point, numbers.merge(point, 1, Integer::sum)));
        }
        assertThat(StoreLaws.broken(fresh.source())).isEmpty();
        return new End(StoreDump.of(fresh.source()), told);
    }

    /** The points that were hit: all of them, but for those that say why not. */
    private static Set<Failpoint> reached(List<Hit> hits) {
        Set<Failpoint> points = EnumSet.noneOf(Failpoint.class);
        hits.forEach(hit -> points.add(hit.point()));
        Set<Failpoint> others = EnumSet.complementOf(EnumSet.copyOf(points));
        Set<Failpoint> excused = EnumSet.noneOf(Failpoint.class);
        UNREACHED.values().forEach(excused::addAll);
        assertThat(others).as("points that the scenario does not come to").isEqualTo(excused);
        return points;
    }

    /** As many as are wanted, in the order of the hits and as far from each other as can be: one at random out of each piece of them. */
    private static List<Hit> chosen(List<Hit> hits) {
        List<Hit> wanted = hits.stream()
                .filter(hit -> ONLY.isEmpty() || hit.point().name().equals(ONLY))
                .toList();
        int rounds = ROUNDS.equals(ALL) ? wanted.size() : Math.min(wanted.size(), Integer.parseInt(ROUNDS));
        Random random = new Random(SEED);
        List<Hit> chosen = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            int from = i * wanted.size() / rounds;
            int to = (i + 1) * wanted.size() / rounds;
            chosen.add(wanted.get(random.nextInt(from, to)));
        }
        return chosen;
    }

    /** Kills at each of some hits, several at once as a server's start is slow, and tells of those after which something is wrong. */
    private List<String> failures(List<Hit> chosen, TestDatabases.Fresh filled, End expected) throws Exception {
        List<Callable<String>> rounds = new ArrayList<>();
        for (Hit hit : chosen) {
            rounds.add(() -> {
                try (var fresh = hit.half() == FailpointScenario.FILL
                        ? TestDatabases.empty(TestDatabases.chosen())
                        : TestDatabases.copy(filled)) {
                    killed(hit, fresh, expected);
                    return "";
                } catch (Exception | AssertionError e) {
                    return hit + ", seed " + SEED + ": " + Throwables.getStackTrace(e);
                }
            });
        }
        List<String> failures = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL)) {
            for (Future<String> round : threads.invokeAll(rounds)) {
                failures.add(round.get());
            }
        }
        failures.removeIf(String::isEmpty);
        return failures;
    }

    /** Runs from the beginning of a half to the end of the scenario, with one kill on the way. */
    private void killed(Hit hit, TestDatabases.Fresh fresh, End expected) throws Exception {
        Path here = Files.createDirectory(folder.resolve(hit.half() + "-" + hit.point() + "-" + hit.number()));
        try (var outside = new FailpointScenario.Outside(here, fresh.source());
                var client = outside.client()) {
            client.start("kill:" + hit.point() + ":" + hit.number());
            hit.half().run(client, outside);
            client.stop();
            assertThat(client.sawKill()).as("it was killed").isTrue();
            if (hit.half() == FailpointScenario.FILL) {
                FailpointScenario.TELL.run(client, outside);
            }
            assertThat(client.told(FailpointScenario.SUBJECTS)).isEqualTo(expected.told());
            assertThat(StoreDump.of(fresh.source())).isEqualTo(expected.rows());
            assertThat(StoreLaws.broken(fresh.source())).isEmpty();
            // Nobody is told of what is not so, as of a change that was taken back and made again.
            assertThat(outside.told()).isEqualTo(StoreDump.notifications(fresh.source()));
        }
    }
}
