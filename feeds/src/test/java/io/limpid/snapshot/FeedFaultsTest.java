package io.limpid.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.limpid.feed.Feed;
import io.limpid.feed.FeedCases;
import io.limpid.feed.FeedCases.Case;
import io.limpid.feed.FeedPart;
import io.limpid.feed.Feeds;
import io.limpid.model.Limits;
import io.limpid.net.Deadlines;
import io.limpid.net.DownloadRequest;
import io.limpid.net.NetSettings;
import io.limpid.net.OutboundClient;
import io.limpid.net.Retries;
import io.limpid.net.TransferProgress;
import io.limpid.testing.Answer;
import io.limpid.testing.Answer.Ending;
import io.limpid.testing.FaultServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with each feed on its way, from a real server through the real client: the generation before stays, and is told why. */
class FeedFaultsTest {
    private static final UpdateRules ALWAYS = new UpdateRules(Duration.ZERO, false, Duration.ofSeconds(30));
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final String PAGE = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n";

    /** Cases with documents that are not required and that no sample has. */
    private static final Set<String> WITH_MORE = Set.of("records-too", "two-pages", "vex-changes");

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();

    /** A feed on a server of its own, and what is kept of it. */
    private final class Mirror implements AutoCloseable {
        private final FaultServer server = FaultServer.start();
        private final OutboundClient client = new OutboundClient(NetSettings.fromEnvironment(Map.of(), "test")
                .withDeadlines(new Deadlines(SHORT, SHORT, SHORT, Duration.ofSeconds(20)))
                .withRetries(new Retries(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(1))));
        private final SnapshotStore store;
        private final SnapshotUpdater updater;

        Mirror() throws IOException {
            store = new SnapshotStore(
                    Files.createTempDirectory(folder, "cache"), new Origin(server.url("")), Limits.DEFAULT);
            updater = new SnapshotUpdater(store, this::download, clock);
        }

        private io.limpid.net.Download download(DownloadRequest request) throws IOException {
            try {
                return client.download(request, TransferProgress.NONE);
            } catch (InterruptedException e) {
                throw new InterruptedIOException(e.getMessage());
            }
        }

        static String path(FeedPart.Document document) {
            String query = document.url().getRawQuery();
            return "/" + document.url().getHost() + document.url().getRawPath() + (query == null ? "" : "?" + query);
        }

        void publish(Case one, String etag) throws IOException {
            for (FeedPart.Document document : one.documentsAndThoseTheyName()) {
                byte[] bytes = one.contents().get(document.name());
                if (bytes != null) {
                    server.on(path(document), Answer.ok(bytes).header("ETag", "\"" + etag + "\""));
                }
            }
        }

        UpdateOutcome update(Feed feed, FeedPart part) throws InterruptedException {
            clock.pass(Duration.ofHours(2));
            return updater.update(feed, part, ALWAYS);
        }

        /** All that is kept, as text. */
        Map<String, String> kept(FeedPart part) throws IOException {
            Map<String, String> kept = new TreeMap<>();
            try (Snapshot snapshot = store.part(part.feed(), part.name()).open(Limits.DEFAULT)) {
                if (snapshot != null) {
                    for (var walk : List.of(snapshot.walk(), snapshot.walkDetails(), snapshot.walkProducts())) {
                        for (var one = walk.next(); one != null; one = walk.next()) {
                            kept.put(one.key().toString(), one.value().toString());
                        }
                    }
                }
            }
            return kept;
        }

        @Override
        public void close() {
            client.close();
            server.close();
        }
    }

    /** A fault and the words that tell of it. */
    private record Fault(String name, UnaryOperator<Answer> of, String words) {}

    private static List<Fault> faults() {
        return List.of(
                new Fault("403", _ -> Answer.status(403), "403"),
                new Fault("500", _ -> Answer.status(500), "500"),
                new Fault("empty", _ -> Answer.ok(""), "empty"),
                new Fault("a web page", _ -> Answer.ok(PAGE), "web page"),
                new Fault("wrong gzip", FeedFaultsTest::brokenGzip, ""),
                new Fault("stalls", good -> good.cut(20, Ending.STALL), "nothing came for"),
                new Fault("always reset", good -> good.cut(0, Ending.RESET), "reset"),
                new Fault("304 that nobody asked for", _ -> Answer.status(304), "304"));
    }

    private static Answer brokenGzip(Answer good) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"a\":".repeat(1000).getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        byte[] broken = bytes.toByteArray();
        Arrays.fill(broken, broken.length / 2, broken.length, (byte) 0x55);
        return good.body(broken).header("Content-Encoding", "gzip");
    }

    @TestFactory
    Stream<DynamicTest> theGenerationBeforeStays() {
        return Feeds.all().stream().flatMap(feed -> {
            Case sample = FeedCases.sample(feed);
            return faults().stream()
                    .map(fault -> dynamicTest(feed.id() + ": " + fault.name, () -> {
                        try (Mirror mirror = new Mirror()) {
                            kept(mirror, feed, sample, fault);
                        }
                    }));
        });
    }

    private static void kept(Mirror mirror, Feed feed, Case sample, Fault fault) throws Exception {
        FeedPart part = sample.part();
        mirror.publish(sample, "1");
        assertThat(mirror.update(feed, part)).isInstanceOf(UpdateOutcome.Updated.class);
        Map<String, String> before = mirror.kept(part);
        assertThat(before).isNotEmpty();
        mirror.publish(sample, "2");
        FeedPart.Document first = required(part);
        Answer good = Answer.ok(Objects.requireNonNull(sample.contents().get(first.name())))
                .header("ETag", "\"2\"");
        mirror.server.on(Mirror.path(first), fault.of.apply(good));

        UpdateOutcome outcome = mirror.update(feed, part);
        if (fault.name.startsWith("304")) {
            // There is something that it can be about.
            assertThat(outcome).isInstanceOf(UpdateOutcome.Unchanged.class);
        } else {
            assertThat(outcome).isInstanceOfSatisfying(UpdateOutcome.Failed.class, failed -> {
                assertThat(failed.problem().getMessage()).contains(fault.words);
                assertThat(failed.problem().what() + failed.problem().reason())
                        .containsAnyOf(part.toString(), first.url().getPath());
                assertThat(failed.problem().hint()).isNotBlank();
                assertThat(failed.kept()).isNotNull();
            });
            assertThat(mirror.store.part(part.feed(), part.name()).status().error())
                    .isNotBlank();
        }
        assertThat(mirror.kept(part)).isEqualTo(before);

        // The next good answer is taken, as if nothing had been.
        mirror.publish(sample, "3");
        assertThat(mirror.update(feed, part))
                .isInstanceOfAny(UpdateOutcome.Updated.class, UpdateOutcome.Unchanged.class);
        assertThat(mirror.kept(part)).isEqualTo(before);
        assertThat(mirror.store.part(part.feed(), part.name()).status().error()).isNull();
    }

    @TestFactory
    Stream<DynamicTest> withoutAGenerationNothingIsMade() {
        return Feeds.all().stream().flatMap(feed -> {
            Case sample = FeedCases.sample(feed);
            FeedPart part = sample.part();
            FeedPart.Document first = required(part);
            return faults().stream()
                    .map(fault -> dynamicTest(feed.id() + ": " + fault.name, () -> {
                        try (Mirror mirror = new Mirror()) {
                            mirror.publish(sample, "1");
                            Answer good = Answer.ok(
                                    Objects.requireNonNull(sample.contents().get(first.name())));
                            mirror.server.on(Mirror.path(first), fault.of.apply(good));
                            assertThat(mirror.update(feed, part))
                                    .isInstanceOfSatisfying(UpdateOutcome.Failed.class, failed -> {
                                        assertThat(failed.problem().getMessage())
                                                .contains(fault.words);
                                        assertThat(failed.kept()).isNull();
                                    });
                            assertThat(mirror.kept(part)).isEmpty();
                        }
                    }));
        });
    }

    @TestFactory
    Stream<DynamicTest> absentAndHalf() {
        return Feeds.all().stream()
                .map(feed -> dynamicTest(feed.id(), () -> {
                    Case sample = FeedCases.sample(feed);
                    FeedPart part = sample.part();
                    FeedPart.Document first = required(part);
                    byte[] whole = Objects.requireNonNull(sample.contents().get(first.name()));
                    try (Mirror mirror = new Mirror()) {
                        mirror.publish(sample, "1");
                        mirror.server.on(Mirror.path(first), Answer.status(404));
                        assertThat(mirror.update(feed, part))
                                .isInstanceOfSatisfying(
                                        UpdateOutcome.Absent.class,
                                        absent -> assertThat(absent.reason()).contains(Mirror.path(first)));
                        // Half a document that the server takes for a whole one.
                        mirror.server.on(Mirror.path(first), Answer.ok(Arrays.copyOf(whole, whole.length / 2)));
                        assertThat(mirror.update(feed, part))
                                .isInstanceOfSatisfying(
                                        UpdateOutcome.Failed.class,
                                        failed -> assertThat(failed.problem().getMessage())
                                                .contains(first.name()));
                        assertThat(mirror.kept(part)).isEmpty();
                        // A connection that breaks in the middle is gone on with where it broke.
                        mirror.server.on(Mirror.path(first), request -> {
                            Answer good = Answer.ok(whole).header("ETag", "\"5\"");
                            String range = request.header("Range");
                            if (range == null) {
                                return good.cut(whole.length / 2, Ending.HANG_UP);
                            }
                            int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
                            return Answer.status(206)
                                    .body(Arrays.copyOfRange(whole, from, whole.length))
                                    .header("ETag", "\"5\"")
                                    .header(
                                            "Content-Range",
                                            "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length);
                        });
                        assertThat(mirror.update(feed, part)).isInstanceOf(UpdateOutcome.Updated.class);
                        assertThat(mirror.server.requests())
                                .anyMatch(request ->
                                        request.target().equals(Mirror.path(first)) && request.header("Range") != null);
                    }
                }));
    }

    /** One that a part is something without costs a first run what it says and nothing else, whoever names it; a gap tells it. */
    @TestFactory
    Stream<DynamicTest> anOptionalDocumentThatMakesNoSense() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Feed feed : Feeds.all()) {
            for (Case sample : FeedCases.of(feed)) {
                String name = sample.folder().getFileName().toString();
                if (!name.startsWith("sample") && !WITH_MORE.contains(name)) {
                    continue;
                }
                for (FeedPart.Document document : sample.documentsAndThoseTheyName()) {
                    byte[] good = sample.contents().get(document.name());
                    if (document.required() || good == null) {
                        continue;
                    }
                    for (Answer answer : List.of(Answer.ok(PAGE), brokenGzip(Answer.ok(good)))) {
                        tests.add(dynamicTest(
                                sample.name() + ": " + document.name(), () -> leftOut(sample, document, answer)));
                    }
                }
            }
        }
        return tests.stream();
    }

    private void leftOut(Case sample, FeedPart.Document document, Answer answer) throws Exception {
        try (Mirror mirror = new Mirror()) {
            mirror.publish(sample, "1");
            mirror.server.on(Mirror.path(document), answer);
            assertThat(gaps(mirror.update(sample.feed(), sample.part())))
                    .anyMatch(gap -> gap.contains(document.name()));
            assertThat(mirror.kept(sample.part())).isNotEmpty();
            mirror.publish(sample, "2");
            assertThat(gaps(mirror.update(sample.feed(), sample.part())))
                    .noneMatch(gap -> gap.contains(document.name()));
        }
    }

    /** The records that stand in where a release has no errata are not fetched beside them. */
    @Test
    void whatIsNothingWithoutAnOptionalDocumentFails() throws Exception {
        Feed alma = feed("alma");
        byte[] errata = Objects.requireNonNull(FeedCases.sample(alma).contents().get("errata.full.json"));
        FeedPart part = alma.parts().stream()
                .filter(one -> one.name().equals("10"))
                .findFirst()
                .orElseThrow();
        FeedPart.Document document = part.documents().getFirst();
        assertThat(document.required()).isFalse();
        try (Mirror mirror = new Mirror()) {
            mirror.publish(new Case(alma, Path.of("made-up"), part, Map.of(document.name(), errata)), "1");
            mirror.server.on(Mirror.path(document), Answer.ok(PAGE));
            assertThat(mirror.update(alma, part))
                    .isInstanceOfSatisfying(
                            UpdateOutcome.Failed.class,
                            failed -> assertThat(failed.problem()).hasMessageContaining("errata.full.json"));
        }
    }

    private static Feed feed(String id) {
        return Feeds.all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> gaps(UpdateOutcome outcome) {
        assertThat(outcome).isInstanceOf(UpdateOutcome.Updated.class);
        return ((UpdateOutcome.Updated) outcome)
                .now().gaps().stream().map(Gap::what).toList();
    }

    @Test
    void whatShrinksByMoreThanSixtyPercentIsHeldBack() throws Exception {
        Feed feed = feed("debian");
        FeedPart part = feed.parts().getFirst();
        String name = required(part).name();
        try (Mirror mirror = new Mirror()) {
            mirror.publish(new Case(feed, Path.of("made-up"), part, Map.of(name, tracker(100))), "1");
            assertThat(mirror.update(feed, part)).isInstanceOf(UpdateOutcome.Updated.class);
            mirror.publish(new Case(feed, Path.of("made-up"), part, Map.of(name, tracker(39))), "2");
            assertThat(mirror.update(feed, part))
                    .isInstanceOfSatisfying(
                            UpdateOutcome.HeldBack.class,
                            held -> assertThat(held.reason()).contains("100", "39"));
            assertThat(mirror.kept(part)).hasSize(100);
            mirror.publish(new Case(feed, Path.of("made-up"), part, Map.of(name, tracker(41))), "3");
            assertThat(mirror.update(feed, part)).isInstanceOf(UpdateOutcome.Updated.class);
            assertThat(mirror.kept(part)).hasSize(41);
        }
    }

    private static FeedPart.Document required(FeedPart part) {
        return part.documents().stream()
                .filter(FeedPart.Document::required)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] tracker(int packages) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < packages; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("\"p")
                    .append(i)
                    .append("\":{\"CVE-2024-")
                    .append(1000 + i)
                    .append("\":{\"releases\":{\"bookworm\":{\"status\":\"open\",\"repositories\":{},")
                    .append("\"urgency\":\"low\"}}}}");
        }
        return json.append('}').toString().getBytes(UTF_8);
    }
}
