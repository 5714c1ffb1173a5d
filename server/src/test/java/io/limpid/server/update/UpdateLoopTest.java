package io.limpid.server.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.metrics.Metrics;
import io.limpid.testing.Answer;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When updates run, and on which server. */
class UpdateLoopTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private UpdateFixture server;

    @BeforeEach
    void open() throws Exception {
        server = new UpdateFixture(folder.resolve("cache"));
        server.giveBack();
        serve("1-r1");
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private static Answer document(String version) {
        return Answer.ok(
                "{\"distroversion\":\"v3.18\",\"reponame\":\"main\",\"archs\":[],\"urlprefix\":\"x\",\"packages\":["
                        + "{\"pkg\":{\"name\":\"a\",\"secfixes\":{\"" + version + "\":[\"CVE-2020-1001\"]}}}]}");
    }

    private void serve(String version) {
        server.serve("alpine", "v3.18", "main.json", document(version));
    }

    private UpdateLoop loop(String name, Duration interval, Metrics metrics) {
        return server.loop(
                folder.resolve(name),
                new UpdateLoop.Settings(interval, LEASE, List.of(Updater.ALPINE), Set.of()),
                name,
                metrics);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("patience is at its end").isLessThan(end);
            Thread.sleep(50);
        }
    }

    private boolean isStored(String version) throws Exception {
        return server.stored().equals(Set.of("CVE-2020-1001 Unknown alpine:v3.18 a " + version));
    }

    @Test
    void theFirstRunIsAtOnceAndTheNextAfterTheInterval() throws Exception {
        Metrics metrics = new Metrics();
        try (UpdateLoop _ = loop("one", Duration.ofSeconds(1), metrics)) {
            await(() -> server.values.get(UpdaterKeys.LAST).isPresent());
            assertThat(isStored("1-r1")).isTrue();
            serve("1-r2");
            await(() -> isStored("1-r2"));
        }
        assertThat(server.leases.left(UpdateLoop.LEASE)).isEmpty();
        assertThat(new String(metrics.text(), StandardCharsets.UTF_8)).contains("clair_updater_duration_seconds");
    }

    @Test
    void whoStartsSoonAfterwardsDoesNotAskAgain() throws Exception {
        try (UpdateLoop _ = loop("one", HOUR, new Metrics())) {
            await(() -> server.values.get(UpdaterKeys.LAST).isPresent());
        }
        int asked = server.mirror.requests().size();
        try (UpdateLoop _ = loop("two", HOUR, new Metrics())) {
            Thread.sleep(1500);
        }
        assertThat(server.mirror.requests()).hasSize(asked);
    }

    /** The database's clock was ahead once, or the values are of a backup of another database. */
    @Test
    void aRunThatHasYetToEndHoldsUpNobody() throws Exception {
        Instant inTwoDays = Instant.now().plus(Duration.ofDays(2));
        server.values.put(UpdaterKeys.RUN, new LastRun(inTwoDays, 0).text());
        try (UpdateLoop _ = loop("one", HOUR, new Metrics())) {
            await(() -> server.values.get(UpdaterKeys.LAST).isPresent());
        }
        assertThat(isStored("1-r1")).isTrue();
    }

    @Test
    void oneServerAtATime() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        String path = UpdateFixture.document("alpine", "v3.18", "main.json").replaceFirst("https?:/", "");
        server.mirror.on(path, request -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                go.await(3, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new InterruptedIOException(e.toString());
            } finally {
                now.decrementAndGet();
            }
            return document("1-r1");
        });
        try (UpdateLoop _ = loop("one", HOUR, new Metrics());
                UpdateLoop _ = loop("two", HOUR, new Metrics());
                UpdateLoop _ = loop("three", HOUR, new Metrics())) {
            await(() -> server.values.get(UpdaterKeys.LAST).isPresent());
            // The lease is shorter than that took: it was renewed.
            go.countDown();
            Thread.sleep(1000);
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void anotherOneTakesOverWhereTheLeaseEnds() throws Exception {
        assertThat(server.leases.acquire(UpdateLoop.LEASE, "who died", Duration.ofSeconds(1)))
                .isPresent();
        try (UpdateLoop _ = loop("one", HOUR, new Metrics())) {
            await(() -> server.values.get(UpdaterKeys.LAST).isPresent());
        }
        assertThat(isStored("1-r1")).isTrue();
    }

    @Test
    void whoIsEndedInTheMiddleGivesTheLeaseBack() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        String path = UpdateFixture.document("alpine", "v3.18", "main.json").replaceFirst("https?:/", "");
        server.mirror.on(path, request -> {
            asked.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException(e.toString());
            }
            return document("1-r1");
        });
        try (UpdateLoop _ = loop("one", HOUR, new Metrics())) {
            assertThat(asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(server.leases.left(UpdateLoop.LEASE)).isEmpty();
        assertThat(server.stored()).isEmpty();
        end.countDown();
    }

    @Test
    void aFailureIsNoLastUpdateAndIsTriedAgain() throws Exception {
        server.serve("alpine", "v3.18", "main.json", Answer.status(500));
        Metrics metrics = new Metrics();
        try (UpdateLoop _ = loop("one", Duration.ofSeconds(1), metrics)) {
            await(() -> server.values
                    .get(UpdaterKeys.RUN)
                    .flatMap(LastRun::of)
                    .filter(run -> run.failures() > 1)
                    .isPresent());
            assertThat(server.values.get(UpdaterKeys.LAST)).isEmpty();
            assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
                    .doesNotContain("clair_updater_errors_total 0.0");
            serve("1-r1");
            await(() -> server.values.get(UpdaterKeys.LAST).isPresent());
        }
        assertThat(LastRun.of(server.values.get(UpdaterKeys.RUN).orElseThrow())
                        .orElseThrow()
                        .failures())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        60, 0,  60
        60, 1,  1
        60, 2,  2
        60, 3,  4
        60, 7,  60
        60, 99, 60
        1,  1,  1
        """)
    void afterAFailureItIsTriedAfterAMinuteThenTwiceAsLong(int interval, int failures, int minutes) {
        assertThat(LastRun.pause(failures, Duration.ofMinutes(interval))).isEqualTo(Duration.ofMinutes(minutes));
    }
}
