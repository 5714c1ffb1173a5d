package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.LimpidException;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ServedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads that break off and are continued: what is in the file in the end is one document, from its first byte to its last. */
class ResumeTest {
    private static final String DATE = "Mon, 01 Jan 2024 00:00:00 GMT";
    /** Less than a minute before the answers' own date. */
    private static final String YOUNG = "Mon, 01 Jan 2024 23:59:30 GMT";

    @TempDir
    private @Nullable Path folder;

    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private Path file() throws IOException {
        return folder == null ? Files.createTempFile("resume", null) : folder.resolve("file");
    }

    private Download.Fetched fetch(FaultServer server, NetSettings settings, byte[] expected) throws Exception {
        Path file = file();
        try (OutboundClient client = new OutboundClient(settings)) {
            DownloadRequest request = new DownloadRequest(server.url("/a"), file, null, null, 1 << 24);
            Download download = client.download(request, TransferProgress.NONE);
            assertThat(file).hasBinaryContent(expected);
            Download.Fetched fetched = (Download.Fetched) download;
            assertThat(fetched.bytes()).isEqualTo(expected.length);
            assertThat(fetched.digest()).isEqualTo(DownloadTest.digest(expected));
            return fetched;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** A field of all requests; {@code none} where it was not there. */
    private static List<String> asked(FaultServer server, String field) {
        return server.requests().stream()
                .map(request -> Objects.requireNonNullElse(request.header(field), "none"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "HANG_UP", "RESET", "STALL"})
    void itGoesOnWhereItBrokeOff(Answer.Ending ending) throws Exception {
        byte[] document = bytes(1, 200_000);
        try (FaultServer server = FaultServer.start()) {
            server.on("/a", new ServedDocument(document).etag("\"1\"").cut(150_000, ending));
            fetch(server, Settings.idle(Duration.ofMillis(500)), document);
            // With a reset what came before it may be lost.
            if (ending != Answer.Ending.RESET) {
                assertThat(asked(server, "Range")).containsExactly("none", "bytes=150000-");
                assertThat(asked(server, "If-Range")).containsExactly("none", "\"1\"");
            }
        }
    }

    @Test
    void alsoWithChunksWhoseEndWasNotAnnounced() throws Exception {
        byte[] document = bytes(1, 200_000);
        try (FaultServer server = FaultServer.start()) {
            server.on(
                    "/a",
                    new ServedDocument(document)
                            .etag("\"1\"")
                            .framed(Answer.Framing.CHUNKED)
                            .cut(150_000, Answer.Ending.HANG_UP));
            fetch(server, Settings.PLAIN, document);
            assertThat(asked(server, "Range")).containsExactly("none", "bytes=150000-");
        }
    }

    @Test
    void alsoByADateThatIsOldEnough() throws Exception {
        byte[] document = bytes(1, 2000);
        try (FaultServer server = FaultServer.start()) {
            server.on("/a", new ServedDocument(document).lastModified(DATE).cut(1000, Answer.Ending.HANG_UP));
            fetch(server, Settings.PLAIN, document);
            assertThat(asked(server, "If-Range")).containsExactly("none", DATE);
        }
    }

    @Test
    void itBeginsAnewWhereNothingNamesTheBytesForSure() throws Exception {
        byte[] document = bytes(1, 2000);
        for (ServedDocument served : List.of(
                new ServedDocument(document),
                new ServedDocument(document).etag("W/\"1\""),
                new ServedDocument(document).etag("1"),
                new ServedDocument(document).lastModified(YOUNG),
                new ServedDocument(document).lastModified("yesterday"))) {
            try (FaultServer server = FaultServer.start()) {
                server.on("/a", served.cut(1000, Answer.Ending.HANG_UP));
                fetch(server, Settings.PLAIN, document);
                assertThat(asked(server, "Range")).containsExactly("none", "none");
            }
        }
    }

    @Test
    void itBeginsAnewWhereTheServerKnowsNoRanges() throws Exception {
        byte[] document = bytes(1, 2000);
        try (FaultServer server = FaultServer.start()) {
            server.on(
                    "/a",
                    new ServedDocument(document)
                            .etag("\"1\"")
                            .withoutRanges()
                            .cut(1000, Answer.Ending.HANG_UP)
                            .cut(1500, Answer.Ending.HANG_UP));
            fetch(server, Settings.PLAIN, document);
            assertThat(asked(server, "Range")).containsExactly("none", "bytes=1000-", "bytes=1500-");
        }
    }

    @Test
    void itIsAnotherDocumentNow() throws Exception {
        byte[] after = bytes(2, 3000);
        try (FaultServer server = replaced(new ServedDocument(after).etag("\"2\""))) {
            assertThat(fetch(server, Settings.PLAIN, after).etag()).isEqualTo("\"2\"");
        }
    }

    /** A server on which a document of 2000 bytes breaks off after 1000 of them, and is another one from then on. */
    private static FaultServer replaced(ServedDocument after) throws IOException {
        FaultServer server = FaultServer.start();
        ServedDocument before = new ServedDocument(bytes(1, 2000)).etag("\"1\"");
        server.on("/a", before.cut(1000, Answer.Ending.HANG_UP).then(after));
        return server;
    }

    /** Servers and caches that give a range of whatever is there now. */
    static List<ServedDocument> blind(byte[] after) {
        return List.of(
                new ServedDocument(after).etag("\"2\""),
                new ServedDocument(after),
                new ServedDocument(after).etag("\"1\"").lastModified(YOUNG),
                new ServedDocument(after).etag("\"1\"").encoding("gzip"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aRangeOfAnotherDocumentIsNotTaken(int which) throws Exception {
        byte[] before = bytes(1, 2000);
        byte[] after = bytes(2, 2000);
        try (FaultServer server = FaultServer.start()) {
            server.on(
                    "/a",
                    new ServedDocument(before)
                            .etag("\"1\"")
                            .lastModified(DATE)
                            .cut(1000, Answer.Ending.HANG_UP)
                            .then(blind(after).get(which).blindToConditions()));
            fetch(server, Settings.PLAIN, after);
            assertThat(asked(server, "Range")).containsExactly("none", "bytes=1000-", "none");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes 999-1999/2000",
                "bytes 1001-1999/2000",
                "bytes 1000-1999/2001",
                "bytes 1000-2999/2000",
                "bytes 1999-1000/2000",
                "bytes */2000",
                "bytes=1000-1999/2000",
                "items 1000-1999/2000",
                "bytes 1000-99999999999999999999/2000",
                ""
            })
    void aRangeThatIsNotTheOneAskedForIsNotTaken(String range) throws Exception {
        byte[] document = bytes(1, 2000);
        try (FaultServer server = FaultServer.start()) {
            Answer wrong = Answer.status(206)
                    .header("ETag", "\"1\"")
                    .header("Content-Range", range)
                    .body(bytes(3, 1000));
            server.on(
                    "/a",
                    Answer.ok(document).header("ETag", "\"1\"").cut(1000, Answer.Ending.HANG_UP),
                    wrong,
                    Answer.ok(document).header("ETag", "\"1\""));
            fetch(server, Settings.PLAIN, document);
            assertThat(asked(server, "Range")).containsExactly("none", "bytes=1000-", "none");
        }
    }

    @Test
    void whatCannotBeSatisfiedIsAskedForWhole() throws Exception {
        byte[] after = bytes(2, 500);
        try (FaultServer server = replaced(new ServedDocument(after).etag("\"1\""))) {
            fetch(server, Settings.PLAIN, after);
            assertThat(asked(server, "Range")).containsExactly("none", "bytes=1000-", "none");
        }
    }

    @Test
    void partsThatAreShorterThanAskedForAreTakenOneByOne() throws Exception {
        byte[] document = bytes(1, 900_000);
        try (FaultServer server = FaultServer.start()) {
            AtomicInteger part = new AtomicInteger();
            server.on("/a", request -> {
                if (part.getAndIncrement() == 0) {
                    return Answer.ok(document).header("ETag", "\"1\"").cut(100_000, Answer.Ending.HANG_UP);
                }
                String range = String.valueOf(request.header("Range"));
                int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
                int to = Math.min(document.length, from + 100_000);
                return Answer.status(206)
                        .header("ETag", "\"1\"")
                        .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + document.length)
                        .body(Arrays.copyOfRange(document, from, to));
            });
            fetch(server, Settings.PLAIN, document);
            assertThat(part)
                    .as("more often than attempts may be fruitless: each brought something")
                    .hasValue(9);
        }
    }

    @Test
    void whatBringsNothingNewIsGivenUp() throws Exception {
        byte[] document = bytes(1, 900_000);
        try (FaultServer server = FaultServer.start();
                OutboundClient client = new OutboundClient(Settings.PLAIN)) {
            server.on("/a", Answer.ok(document).cut(500_000, Answer.Ending.HANG_UP));
            DownloadRequest request = new DownloadRequest(server.url("/a"), file(), null, null, 1 << 24);
            LimpidException told =
                    catchThrowableOfType(LimpidException.class, () -> client.download(request, TransferProgress.NONE));
            assertThat(told.reason()).isEqualTo("the connection was closed after 500.0 kB of 900.0 kB (tried 4 times)");
            assertThat(server.requests()).hasSize(4);
            assertThat(request.file()).doesNotExist();
        }
    }

    @Test
    void moreThanWasAnnouncedIsNotTaken() throws Exception {
        byte[] document = bytes(1, 2000);
        try (FaultServer server = FaultServer.start();
                OutboundClient client = new OutboundClient(Settings.PLAIN)) {
            server.on(
                    "/a",
                    Answer.ok(document).header("ETag", "\"1\"").cut(1000, Answer.Ending.HANG_UP),
                    Answer.status(206)
                            .header("ETag", "\"1\"")
                            .header("Content-Range", "bytes 1000-1999/2000")
                            .body(bytes(3, 1001)));
            DownloadRequest request = new DownloadRequest(server.url("/a"), file(), null, null, 1 << 24);
            LimpidException told =
                    catchThrowableOfType(LimpidException.class, () -> client.download(request, TransferProgress.NONE));
            assertThat(told.reason()).startsWith("it has more bytes than were announced");
            assertThat(request.file()).doesNotExist();
        }
    }

    @Test
    void aPresignedPlaceIsAskedForAnewEachTime() throws Exception {
        byte[] document = bytes(1, 2000);
        try (FaultServer server = FaultServer.start()) {
            AtomicInteger signed = new AtomicInteger();
            server.on("/a", _ -> Answer.redirect(307, "/b?signature=" + signed.incrementAndGet()));
            server.on("/b", new ServedDocument(document).etag("\"1\"").cut(1000, Answer.Ending.HANG_UP));
            assertThat(fetch(server, Settings.PLAIN, document).from()).isEqualTo(server.url("/b?signature=2"));
            assertThat(server.requests())
                    .extracting(FaultServer.Request::target)
                    .containsExactly("/a", "/b?signature=1", "/a", "/b?signature=2");
        }
    }

    /** A document and the places where its transfers end. */
    @Provide
    Arbitrary<Tuple.Tuple3<Integer, List<Integer>, Answer.Framing>> breaks() {
        Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 400_000);
        Arbitrary<List<Integer>> cuts =
                Arbitraries.integers().between(0, 400_000).list().ofMaxSize(3);
        return Combinators.combine(lengths, cuts, Arbitraries.of(Answer.Framing.LENGTH, Answer.Framing.CHUNKED))
                .as(Tuple::of);
    }

    @Property(tries = 60)
    void whereverItBreaksItIsTheSameDocument(
            @ForAll("breaks") Tuple.Tuple3<Integer, List<Integer>, Answer.Framing> breaks,
            @ForAll boolean ranges,
            @ForAll boolean named)
            throws Exception {
        byte[] document = bytes(breaks.get1(), breaks.get1());
        ServedDocument served = new ServedDocument(document).framed(breaks.get3());
        if (named) {
            served.etag("\"1\"");
        }
        if (!ranges) {
            served.withoutRanges();
        }
        List<Answer.Ending> endings = List.of(Answer.Ending.HANG_UP, Answer.Ending.CLOSE, Answer.Ending.RESET);
        for (int i = 0; i < breaks.get2().size(); i++) {
            served.cut(breaks.get2().get(i), endings.get(i));
        }
        try (FaultServer server = FaultServer.start()) {
            server.on("/a", served);
            fetch(server, Settings.PLAIN, document);
        }
    }
}
