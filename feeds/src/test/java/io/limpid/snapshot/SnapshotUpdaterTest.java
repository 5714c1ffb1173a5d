package io.limpid.snapshot;

import static io.limpid.snapshot.LineFeed.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.FeedLimits;
import io.limpid.model.ErrorCode;
import io.limpid.model.Limits;
import io.limpid.model.LimpidException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An update brings what is new, or changes nothing and says why: over a real server. */
class SnapshotUpdaterTest {
    private static final UpdateRules ALWAYS = new UpdateRules(Duration.ZERO, false, Duration.ofSeconds(20));
    private static final UpdateRules FORCED = new UpdateRules(Duration.ZERO, true, Duration.ofSeconds(20));
    private static final String DATA = "/lines/data";
    private static final String MORE = "/lines/more";

    @TempDir
    Path cache;

    private final DocumentServer server = new DocumentServer();
    private final MovableClock clock = new MovableClock();
    private final LineFeed feed = LineFeed.at(server.base());
    private SnapshotStore store;
    private SnapshotUpdater updater;
    private PartFolder folder;

    @BeforeEach
    void begin() {
        store = new SnapshotStore(cache, Origin.PUBLISHERS, Limits.DEFAULT);
        updater = new SnapshotUpdater(store, downloader(), clock);
        folder = store.part("lines", "all");
        server.publish(DATA, document("debian:12", 20, "1.0"));
        server.publish(MORE, document("debian:13", 10, "1.0"));
    }

    @AfterEach
    void end() throws IOException {
        server.close();
        if (Files.exists(folder.path())) {
            try (Stream<Path> left = Files.list(folder.path())) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .isSubsetOf("current.limpid", "previous.limpid", "status", "lock");
            }
        }
    }

    /** What fetches; another one must do the same. */
    Downloader downloader() {
        return new PlainDownloader();
    }

    private UpdateOutcome update() throws InterruptedException {
        return update(ALWAYS);
    }

    private UpdateOutcome update(UpdateRules rules) throws InterruptedException {
        clock.pass(Duration.ofSeconds(1));
        return updater.update(feed, feed.part(), rules);
    }

    /** The versions in which package 3 of a release is fixed, as the current generation has it. */
    private List<String> fixed(String namespace) throws IOException {
        try (Snapshot snapshot = Objects.requireNonNull(folder.open(Limits.DEFAULT))) {
            snapshot.verify();
            return snapshot.about(namespace, "package-3").stream()
                    .map(advisory -> String.valueOf(advisory.fixedVersion()))
                    .toList();
        }
    }

    private static LimpidException failed(UpdateOutcome outcome) {
        assertThat(outcome).isInstanceOf(UpdateOutcome.Failed.class);
        return ((UpdateOutcome.Failed) outcome).problem();
    }

    @Test
    void theFirstGenerationHasEverything() throws Exception {
        assertThat(update()).isInstanceOfSatisfying(UpdateOutcome.Updated.class, updated -> {
            assertThat(updated.difference()).isEqualTo(new Difference(30, 0, 0));
            assertThat(updated.now().namespaces())
                    .containsExactly(
                            new SnapshotHeader.Namespace("debian:12", 20),
                            new SnapshotHeader.Namespace("debian:13", 10));
            assertThat(updated.now().fetchedAt()).isEqualTo(clock.instant());
            assertThat(updated.now().generation()).isEqualTo(clock.instant().getEpochSecond());
        });
        assertThat(fixed("debian:12")).containsExactly("1.0");
        assertThat(Files.readString(store.folder().resolve("url"))).isEqualTo("upstream\n");
        assertThat(server.requests()).containsExactly(DATA, MORE);
    }

    @Test
    void whatHasNotChangedIsNotFetched() throws Exception {
        update();
        server.requests();
        byte[] before = Files.readAllBytes(folder.current());
        assertThat(update())
                .isInstanceOfSatisfying(
                        UpdateOutcome.Unchanged.class,
                        same -> assertThat(same.asked()).isTrue());
        assertThat(server.requests()).containsExactly(DATA + "?", MORE + "?");
        assertThat(Files.readAllBytes(folder.current())).isEqualTo(before);
        assertThat(folder.status().checked()).isEqualTo(clock.instant());
    }

    @Test
    void ofTwoDocumentsOneOfWhichChangedBothAreFetched() throws Exception {
        update();
        server.requests();
        server.publish(MORE, document("debian:13", 11, "2.0"));
        assertThat(update())
                .isInstanceOfSatisfying(
                        UpdateOutcome.Updated.class,
                        updated -> assertThat(updated.difference()).isEqualTo(new Difference(1, 0, 10)));
        assertThat(server.requests()).containsExactly(DATA + "?", MORE + "?", DATA);
        assertThat(fixed("debian:12")).containsExactly("1.0");
        assertThat(fixed("debian:13")).containsExactly("2.0");
        try (Snapshot previous = Objects.requireNonNull(folder.openPrevious(Limits.DEFAULT))) {
            assertThat(previous.about("debian:13", "package-3"))
                    .extracting(advisory -> advisory.fixedVersion())
                    .containsExactly("1.0");
        }
    }

    @Test
    void afterTheFirstChangeNothingIsAskedConditionally() throws Exception {
        update();
        server.requests();
        server.publish(DATA, document("debian:12", 20, "2.0"));
        update();
        assertThat(server.requests()).containsExactly(DATA + "?", MORE);
    }

    @Test
    void theSameBytesWithoutTagAreNoNewGeneration() throws Exception {
        byte[] text = document("debian:12", 20, "1.0").getBytes(StandardCharsets.UTF_8);
        server.publish(DATA, text, null);
        update();
        assertThat(update()).isInstanceOf(UpdateOutcome.Unchanged.class);
    }

    @Test
    void aNewReaderReadsAnewWhatHasNotChanged() throws Exception {
        update();
        server.requests();
        LineFeed newer = new LineFeed("lines", 2, server.base());
        assertThat(updater.update(newer, newer.part(), UpdateRules.DEFAULT)).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(server.requests()).containsExactly(DATA, MORE);
    }

    @Test
    void aFreshGenerationIsUsedWithoutARequest() throws Exception {
        update();
        server.requests();
        clock.pass(Duration.ofMinutes(59));
        assertThat(updater.update(feed, feed.part(), UpdateRules.DEFAULT))
                .isInstanceOfSatisfying(
                        UpdateOutcome.Unchanged.class,
                        same -> assertThat(same.asked()).isFalse());
        assertThat(server.requests()).isEmpty();
        clock.pass(Duration.ofMinutes(2));
        assertThat(updater.update(feed, feed.part(), UpdateRules.DEFAULT)).isInstanceOf(UpdateOutcome.Unchanged.class);
        assertThat(server.requests()).hasSize(2);
        // A clock that is set back makes nothing fresh for ever.
        clock.pass(Duration.ofHours(-40));
        updater.update(feed, feed.part(), UpdateRules.DEFAULT);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aDocumentThatNeedNotBeIsAGap() throws Exception {
        server.remove(MORE);
        update();
        try (Snapshot snapshot = Objects.requireNonNull(folder.open(Limits.DEFAULT))) {
            assertThat(snapshot.header().gaps())
                    .extracting(Gap::what)
                    .containsExactly("its publisher has no more: what only that document says is missing");
        }
        server.requests();
        assertThat(update()).isInstanceOf(UpdateOutcome.Unchanged.class);
        server.publish(MORE, document("debian:13", 10, "1.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(fixed("debian:13")).containsExactly("1.0");
    }

    @Test
    void aRequiredDocumentThatIsNotThereIsSaid() throws Exception {
        server.remove(DATA);
        assertThat(update()).isInstanceOfSatisfying(UpdateOutcome.Absent.class, absent -> {
            assertThat(absent.document()).isEqualTo("data");
            assertThat(absent.kept()).isNull();
        });
        server.publish(DATA, document("debian:12", 20, "1.0"));
        update();
        server.remove(DATA);
        assertThat(update())
                .isInstanceOfSatisfying(
                        UpdateOutcome.Absent.class,
                        absent -> assertThat(absent.kept()).isNotNull());
        assertThat(fixed("debian:12")).containsExactly("1.0");
        assertThat(folder.status().error()).contains("no data at " + server.base());
    }

    @Test
    void a304ThatNobodyAskedForIsAskedAgainAndThenAnError() throws Exception {
        server.refuse(DATA, 304);
        assertThat(failed(update())).hasMessageContaining("304").hasMessageContaining(DATA);
        assertThat(server.requests()).containsExactly(DATA, DATA);
        int[] times = {0};
        server.beforeAnswering(DATA, () -> {
            if (++times[0] == 2) {
                server.publish(DATA, document("debian:12", 20, "1.0"));
            }
        });
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void aRefusalChangesNothing(int status) throws Exception {
        update();
        server.refuse(DATA, status);
        LimpidException problem = failed(update());
        assertThat(problem.code()).isEqualTo(ErrorCode.NETWORK);
        assertThat(problem).hasMessageContaining(String.valueOf(status)).hasMessageContaining(DATA);
        assertThat(fixed("debian:12")).containsExactly("1.0");
        assertThat(folder.status().error()).isEqualTo(problem.getMessage());
        // What was not checked is not fresh.
        assertThat(folder.status().checked()).isEqualTo(clock.instant().minusSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "end\n", "debian:12 a CVE-1", "debian:12 a CVE-1 1.0 x\nend\n", "<!DOCTYPE HTML><p>"})
    void whatIsNoDocumentOfThisFeedChangesNothing(String text) throws Exception {
        update();
        server.publish(DATA, text);
        server.remove(MORE);
        LimpidException problem = failed(update());
        assertThat(problem.code()).isEqualTo(ErrorCode.BROKEN_ADVISORIES);
        assertThat(problem).hasMessageContaining("lines/all");
        assertThat(problem.hint()).isNotNull();
        assertThat(fixed("debian:12")).containsExactly("1.0");
        server.publish(DATA, document("debian:12", 20, "2.0"));
        assertThat(update()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(folder.status().error()).isNull();
    }

    @Test
    void compressedDocumentsAreReadAndBrokenOnesSaid() throws Exception {
        byte[] packed = gzip(gzip(document("debian:12", 500, "1.0").getBytes(StandardCharsets.UTF_8)));
        server.publish(DATA, packed, null);
        update();
        assertThat(fixed("debian:12")).containsExactly("1.0");
        server.publish(DATA, Arrays.copyOf(packed, packed.length / 2), null);
        assertThat(failed(update())).hasMessageContaining("data, byte ");
        byte[] flipped = packed.clone();
        flipped[packed.length / 2] ^= 4;
        server.publish(DATA, flipped, null);
        assertThat(failed(update())).hasMessageContaining("data");
        assertThat(fixed("debian:12")).containsExactly("1.0");
    }

    @Test
    void whatIsCompressedOnceMoreIsBoundedToo() throws Exception {
        Limits small = FeedLimits.of(1_000, 1_000);
        SnapshotUpdater bounded =
                new SnapshotUpdater(new SnapshotStore(cache, Origin.PUBLISHERS, small), downloader(), clock);
        ByteArrayOutputStream nothings = new ByteArrayOutputStream();
        for (int i = 0; i < 200; i++) {
            nothings.write(gzip(new byte[0]));
        }
        for (byte[] body : List.of(gzip(nothings.toByteArray()), new byte[1_001], gzip(new byte[1_001]))) {
            server.publish(DATA, body, null);
            assertThat(failed(bounded.update(feed, feed.part(), ALWAYS)))
                    .hasMessageContaining("data")
                    .hasMessageContaining("it has more than 1000 bytes");
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    void ofTwoAtOnceOneUpdatesAndTheOtherTakesWhatItBrought() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        server.beforeAnswering(DATA, () -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        CompletableFuture<UpdateOutcome> first = async(ALWAYS);
        asked.await();
        CompletableFuture<UpdateOutcome> hasty = async(new UpdateRules(Duration.ZERO, false, Duration.ofMillis(50)));
        assertThat(failed(hasty.get())).hasMessageContaining("another process");
        CompletableFuture<UpdateOutcome> second = async(ALWAYS);
        clock.pass(Duration.ofSeconds(5));
        answer.countDown();
        assertThat(first.get()).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(second.get()).isInstanceOf(UpdateOutcome.Unchanged.class);
        assertThat(server.requests()).containsExactly(DATA, MORE);
    }

    private CompletableFuture<UpdateOutcome> async(UpdateRules rules) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return updater.update(feed, feed.part(), rules);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                command -> Thread.ofPlatform().start(command));
    }

    @Test
    @Timeout(20)
    void howVeryManyOfOneNameDifferIsToldSoon() throws Exception {
        server.publish(DATA, ofOneName("1."));
        update();
        server.publish(DATA, ofOneName("2."));
        assertThat(update())
                .isInstanceOfSatisfying(
                        UpdateOutcome.Updated.class,
                        updated -> assertThat(updated.difference()).isEqualTo(new Difference(0, 0, 60_000)));
    }

    private static String ofOneName(String fixed) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append("debian:12 bash CVE-1 ").append(fixed).append(i).append('\n');
        }
        return text.append("end\n").toString();
    }

    @Test
    void insistingFetchesAnewWhateverIsThere() throws Exception {
        update();
        server.requests();
        assertThat(update(FORCED)).isInstanceOf(UpdateOutcome.Updated.class);
        assertThat(server.requests()).containsExactly(DATA, MORE);
    }
}
