package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.failpoint.Failpoint;
import io.limpid.server.store.StoreDump;
import io.limpid.server.store.StoreLaws;
import io.limpid.server.store.TestDatabases;
import io.limpid.server.store.TimePasses;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed once at every hit of every {@link Failpoint}: whoever insists has in the end what he would have had without it.
 *
 * <p>{@code -Dlimpid.failpoints.rounds=all} kills at every hit; else at so many of them, 6 unless that says another number, each of another point, which are others each day: {@code
 * -Dlimpid.seed=N} has those of another day. {@code -Dlimpid.failpoints.only=PATTERN} kills at hits of names that match, as {@code CHANGE-FEED_.*}.
 */
class FailpointsTest {
    private static final String ALL = "all";
    private static final List<FailpointScenario> PARTS = List.of(FailpointScenario.values());
    private static final String ROUNDS = System.getProperty("limpid.failpoints.rounds", "6");
    private static final Pattern ONLY = Pattern.compile(System.getProperty("limpid.failpoints.only", ".*"));
    private static final int PARALLEL = Integer.getInteger("limpid.failpoints.parallel", 2);
    private final long seed =
            Long.getLong("limpid.seed", LocalDate.now(ZoneOffset.UTC).toEpochDay());

    /** Points that the scenario does not come to, with the reason. */
    private static final Map<Failpoint, String> UNREACHED = Map.of(
            Failpoint.LEASE_RENEWED, "an update ends long before its lease is to be renewed",
            Failpoint.FEED_READING, "no part has a thousand advisories");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Map<FailpointScenario, End> ends = new EnumMap<>(FailpointScenario.class);

    /** One hit at which the server is killed. */
    private record Hit(FailpointScenario part, Failpoint point, int number) {
        @Override
        public String toString() {
            return part + "-" + point + "-" + number;
        }
    }

    /**
     * What there is after a part of the scenario.
     *
     * @param files where its server kept some
     * @param rows of the database
     * @param told by the API
     */
    private record End(TestDatabases.Fresh database, Path files, List<String> rows, Map<String, String> told) {}

    @AfterEach
    void close() throws SQLException {
        for (End end : ends.values()) {
            end.database().close();
        }
    }

    @Test
    void whoeverInsistsHasInTheEndWhatHeWouldHaveHadWithoutTheKill() throws Exception {
        try (FaultServer web = FaultServer.start()) {
            List<Hit> hits = new ArrayList<>();
            for (FailpointScenario part : FailpointScenario.values()) {
                FailpointRound.prepare(web, part);
                hits.addAll(counted(part, web));
            }
            Set<Failpoint> points = reached(hits);
            List<Hit> chosen = chosen(hits);
            List<String> failures = new ArrayList<>();
            for (FailpointScenario part : FailpointScenario.values()) {
                FailpointRound.prepare(web, part);
                failures.addAll(failures(
                        chosen.stream().filter(hit -> hit.part() == part).toList(), web));
            }
            System.out.println(hits.size() + " hits of " + points.size() + " points, killed at "
                    + (chosen.size() == hits.size() ? "each" : chosen.size() + " of them, seed " + seed));
            assertThat(failures).isEmpty();
        }
    }

    /** A database as it is when a part begins. */
    private TestDatabases.Fresh before(FailpointScenario part) throws Exception {
        if (part == FailpointScenario.FILL) {
            return TestDatabases.empty(TestDatabases.chosen());
        }
        TestDatabases.Fresh fresh =
                TestDatabases.copy(end(PARTS.get(PARTS.indexOf(part) - 1)).database());
        if (part == FailpointScenario.CHANGE) {
            TimePasses.untilTheNextUpdate(fresh.source());
        }
        return fresh;
    }

    private FailpointRound round(FailpointScenario part, String name, TestDatabases.Fresh fresh, FaultServer web)
            throws IOException {
        FailpointRound round = new FailpointRound(part, folder.resolve(name), fresh.source(), web);
        if (part == FailpointScenario.CHANGE) {
            round.copyFiles(end(FailpointScenario.UPDATE).files());
        }
        return round;
    }

    private End end(FailpointScenario part) {
        return Objects.requireNonNull(ends.get(part), "not counted yet");
    }

    /** Runs one part without a kill, keeps what there is after it, and gives its hits. */
    private List<Hit> counted(FailpointScenario part, FaultServer web) throws Exception {
        TestDatabases.Fresh fresh = before(part);
        FailpointRound round = round(part, part.toString(), fresh, web);
        Path counts = folder.resolve("hits-" + part);
        Map<String, String> told;
        try (StubbornClient client = round.client()) {
            client.start("count:" + counts);
            part.run(client, round);
            told = client.told(FailpointScenario.SUBJECTS);
            client.stop();
            assertThat(client.sawKill()).isFalse();
        }
        assertThat(StoreLaws.broken(fresh.source())).isEmpty();
        ends.put(part, new End(fresh, round.data(), StoreDump.of(fresh.source()), told));
        List<Hit> hits = new ArrayList<>();
        Map<Failpoint, Integer> numbers = new EnumMap<>(Failpoint.class);
        for (String line : Files.readAllLines(counts)) {
            Failpoint point = Failpoint.valueOf(line);
            hits.add(new Hit(part, point, numbers.merge(point, 1, Integer::sum)));
        }
        return hits;
    }

    /** The points that were hit: all of them, but for those that say why not. */
    private static Set<Failpoint> reached(List<Hit> hits) {
        Set<Failpoint> points = EnumSet.noneOf(Failpoint.class);
        hits.forEach(hit -> points.add(hit.point()));
        assertThat(EnumSet.complementOf(EnumSet.copyOf(points)))
                .as("points that the scenario does not come to")
                .isEqualTo(UNREACHED.keySet());
        return points;
    }

    /** All, or as many as are wanted of points as far from each other as can be, and of each point one hit at random. */
    private List<Hit> chosen(List<Hit> hits) {
        List<Hit> wanted = hits.stream()
                .filter(hit -> ONLY.matcher(hit.toString()).matches())
                .toList();
        if (ROUNDS.equals(ALL)) {
            return wanted;
        }
        List<List<Hit>> points = List.copyOf(wanted.stream()
                .collect(Collectors.groupingBy(
                        hit -> hit.part() + "-" + hit.point(), LinkedHashMap::new, Collectors.toList()))
                .values());
        int rounds = Math.min(points.size(), Integer.parseInt(ROUNDS));
        Random random = new Random(seed);
        List<Hit> chosen = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            List<Hit> point = points.get(random.nextInt(i * points.size() / rounds, (i + 1) * points.size() / rounds));
            chosen.add(point.get(random.nextInt(point.size())));
        }
        return chosen;
    }

    /** Kills at each of some hits, several at once as a server's start is slow, and tells of those after which something is wrong. */
    private List<String> failures(List<Hit> chosen, FaultServer web) throws Exception {
        List<Callable<String>> rounds = new ArrayList<>();
        for (Hit hit : chosen) {
            rounds.add(() -> {
                try {
                    killed(hit, web);
                    return "";
                } catch (Exception | AssertionError e) {
                    return hit + ", seed " + seed + ": " + Throwables.getStackTrace(e);
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

    /** Runs a part, and what is needed to compare its end, with one kill on the way. */
    private void killed(Hit hit, FaultServer web) throws Exception {
        try (var fresh = before(hit.part())) {
            FailpointRound round = round(hit.part(), hit.toString(), fresh, web);
            FailpointScenario last = hit.part();
            try (StubbornClient client = round.client()) {
                client.start("kill:" + hit.point() + ":" + hit.number());
                hit.part().run(client, round);
                client.stop();
                assertThat(client.sawKill()).as("it was killed").isTrue();
                if (hit.part() == FailpointScenario.FILL) {
                    last = FailpointScenario.TELL;
                    last.run(client, round);
                }
                assertThat(client.told(FailpointScenario.SUBJECTS))
                        .isEqualTo(end(last).told());
                assertThat(StoreDump.of(fresh.source())).isEqualTo(end(last).rows());
                assertThat(StoreLaws.broken(fresh.source())).isEmpty();
                if (last == FailpointScenario.TELL) {
                    // Nobody is told of what is not so, as of a change that was taken back and made again.
                    assertThat(round.told()).isEqualTo(StoreDump.notifications(fresh.source()));
                }
            }
        }
    }
}
