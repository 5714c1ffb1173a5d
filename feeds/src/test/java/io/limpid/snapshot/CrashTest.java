package io.limpid.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.Advisory;
import io.limpid.model.Limits;
import io.limpid.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers that are killed at any instant, while others read: there is a whole generation at any time, and afterwards nothing is left behind.
 *
 * <p>{@code -Dlimpid.kills=N} kills at N random instants instead of 100.
 */
class CrashTest {
    private static final int PACKAGES = 2500;
    private static final int READERS = 4;
    private static final int SWITCHES = 150;
    private static final UpdateRules ALWAYS = new UpdateRules(Duration.ZERO, false, Duration.ofSeconds(30));

    @TempDir
    Path cache;

    @TempDir
    Path other;

    private final DocumentServer server = new DocumentServer();
    private final AtomicInteger published = new AtomicInteger();
    private final LineFeed feed = LineFeed.at(server.base());
    private final List<ChildJvm> readers = new ArrayList<>();
    private PartFolder folder;

    @BeforeEach
    void begin() throws Exception {
        folder = store().part("lines", "all");
        // Whoever asks gets something new.
        server.beforeAnswering(
                "/lines/data",
                () -> server.publish(
                        "/lines/data", LineFeed.document("debian:12", PACKAGES, published.incrementAndGet() + ".0")));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        for (int i = 0; i < READERS; i++) {
            readers.add(new ChildJvm(ReaderProcess.class, cache.toString(), String.valueOf(PACKAGES)));
        }
        for (ChildJvm reader : readers) {
            assertThat(reader.line()).isEqualTo("ready");
        }
    }

    @AfterEach
    void end() {
        readers.forEach(ChildJvm::close);
        server.close();
    }

    private SnapshotStore store() {
        return new SnapshotStore(cache, Origin.PUBLISHERS, Limits.DEFAULT);
    }

    private UpdateOutcome update() throws InterruptedException {
        return new SnapshotUpdater(store(), new PlainDownloader(), InstantSource.system())
                .update(feed, feed.part(), ALWAYS);
    }

    private ChildJvm writer(String... more) throws IOException {
        List<String> args =
                new ArrayList<>(List.of(cache.toString(), server.base().toString()));
        args.addAll(List.of(more));
        return new ChildJvm(UpdateProcess.class, args.toArray(String[]::new));
    }

    @Test
    void killedInEveryPhase() throws Exception {
        for (Phase phase : Phase.values()) {
            String before = current();
            try (ChildJvm writer = writer(phase.name())) {
                assertThat(writer.line()).isEqualTo("ready");
                writer.go();
                assertThat(writer.line()).isEqualTo(phase.name());
                writer.kill();
            }
            boolean switched = phase.compareTo(Phase.SWITCHED) >= 0;
            assertThat(current().equals(before)).as("before %s", phase).isEqualTo(!switched);
        }
        checkAfterwards();
    }

    @Test
    void killedAtAnyInstant() throws Exception {
        int kills = Integer.getInteger("limpid.kills", 100);
        Random random = new Random(kills);
        Deque<ChildJvm> ready = new ArrayDeque<>();
        ready.add(writer("-", other.resolve("first").toString()));
        for (int i = 0; i < kills; i++) {
            // The next one starts while this one works.
            ready.add(writer("-", other.resolve(String.valueOf(i)).toString()));
            try (ChildJvm writer = ready.remove()) {
                assertThat(writer.line()).isEqualTo("ready");
                writer.go();
                Thread.sleep(random.nextInt(150));
                assertThat(writer.isAlive()).isTrue();
                writer.kill();
                assertThat(writer.line()).isNull();
            }
            current();
        }
        ready.forEach(ChildJvm::close);
        checkAfterwards();
    }

    /** Killing at random hardly ever meets the switch itself: here there is little else. */
    @Test
    void switchedAgainAndAgainUnderReaders() throws Exception {
        List<Path> files = new ArrayList<>();
        long last = generation();
        for (int i = 1; i <= SWITCHES; i++) {
            Path file = other.resolve("generation-" + i);
            List<Advisory> advisories = new ArrayList<>();
            for (int number = 0; number < PACKAGES; number++) {
                advisories.add(LineFeed.advisory("lines", "debian:12", "package-" + number, "CVE-" + number, i + ".0"));
            }
            SnapshotFiles.write(file, SnapshotFiles.header("lines", "all", last + i), advisories, 1 << 24);
            files.add(file);
        }
        Files.createDirectories(folder.work());
        for (Path file : files) {
            folder.keepPrevious();
            folder.makeCurrent(file);
        }
        assertThat(current()).isEqualTo(SWITCHES + ".0");
        checkReaders();
    }

    private long generation() throws IOException {
        try (Snapshot snapshot = Objects.requireNonNull(folder.open(Limits.DEFAULT))) {
            return snapshot.header().generation();
        }
    }

    @Test
    void aWriterInAnotherProcessIsWaitedForAsLongAsItLives() throws Exception {
        UpdateRules hasty = new UpdateRules(Duration.ZERO, false, Duration.ofMillis(200));
        SnapshotUpdater updater = new SnapshotUpdater(store(), new PlainDownloader(), InstantSource.system());
        try (ChildJvm writer = writer(Phase.WRITTEN.name())) {
            assertThat(writer.line()).isEqualTo("ready");
            writer.go();
            assertThat(writer.line()).isEqualTo(Phase.WRITTEN.name());
            assertThat(updater.update(feed, feed.part(), hasty))
                    .isInstanceOfSatisfying(
                            UpdateOutcome.Failed.class,
                            failed -> assertThat(failed.problem()).hasMessageContaining("another process"));
            // Fresh data need no lock.
            assertThat(updater.update(feed, feed.part(), UpdateRules.DEFAULT))
                    .isInstanceOf(UpdateOutcome.Unchanged.class);
            writer.kill();
        }
        checkAfterwards();
    }

    /** The current generation's version, whole. */
    private String current() throws IOException {
        try (Snapshot snapshot = Objects.requireNonNull(folder.open(Limits.DEFAULT))) {
            snapshot.verify();
            return String.valueOf(
                    snapshot.about("debian:12", "package-1").getFirst().fixedVersion());
        }
    }

    private void checkAfterwards() throws Exception {
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(current()).isEqualTo(published.get() + ".0");
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> cache.relativize(file).toString())
                            .sorted())
                    .containsExactly(
                            "advisories/upstream/lines/all/current.limpid",
                            "advisories/upstream/lines/all/lock",
                            "advisories/upstream/lines/all/previous.limpid",
                            "advisories/upstream/lines/all/status",
                            "advisories/upstream/url");
        }
        assertThat(folder.work()).doesNotExist();
        checkReaders();
    }

    private void checkReaders() throws IOException {
        for (ChildJvm reader : readers) {
            assertThat(reader.isAlive()).isTrue();
            reader.go();
            String last = reader.line();
            assertThat(last).isNotNull().matches("readings [1-9]\\d* generations [1-9]\\d*");
        }
    }
}
