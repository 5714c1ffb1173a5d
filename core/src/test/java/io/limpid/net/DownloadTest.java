package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.Digest;
import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.ServedDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads that go well, that are told no, and that are repeated; how they are continued is in {@link ResumeTest}. */
class DownloadTest {
    private static final long MANY = 1 << 24;
    private static final byte[] DOCUMENT = new byte[300_000];

    static {
        new Random(7).nextBytes(DOCUMENT);
    }

    @TempDir
    private Path folder;

    private final FaultServer server;
    private final OutboundClient client;

    DownloadTest() throws IOException {
        server = FaultServer.start();
        client = new OutboundClient(Settings.PLAIN);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Path file() {
        return folder.resolve("file");
    }

    @BeforeEach
    void leftovers() throws IOException {
        Files.writeString(file(), "left over from another time, and longer than what comes".repeat(10_000));
    }

    private DownloadRequest request(String path) {
        return new DownloadRequest(server.url(path), file(), null, null, MANY);
    }

    private Download download(DownloadRequest request) throws IOException, InterruptedException {
        return client.download(request, TransferProgress.NONE);
    }

    private LimpidException failure(DownloadRequest request) {
        return catchThrowableOfType(LimpidException.class, () -> download(request));
    }

    static Digest digest(byte[] bytes) {
        try {
            return new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LENGTH", "CHUNKED", "CLOSE"})
    void aDocumentIsFetchedWhole(Answer.Framing framing) throws Exception {
        server.on(
                "/a",
                new ServedDocument(DOCUMENT)
                        .etag("W/\"1\"")
                        .lastModified("Mon, 01 Jan 2024 00:00:00 GMT")
                        .framed(framing));
        assertThat(download(request("/a")))
                .isEqualTo(new Download.Fetched(
                        DOCUMENT.length,
                        digest(DOCUMENT),
                        "W/\"1\"",
                        "Mon, 01 Jan 2024 00:00:00 GMT",
                        server.url("/a")));
        assertThat(file()).hasBinaryContent(DOCUMENT);
        assertThat(server.requests().getFirst().fields())
                .containsExactly(
                        "Host: 127.0.0.1:" + server.port(),
                        "User-Agent: limpid/test",
                        "Accept: */*",
                        "Accept-Encoding: gzip");
    }

    @Test
    void anEmptyDocumentIsADocument() throws Exception {
        server.on("/a", Answer.ok(""));
        assertThat(download(request("/a")))
                .isEqualTo(new Download.Fetched(0, digest(new byte[0]), null, null, server.url("/a")));
        assertThat(file()).isEmptyFile();
    }

    @Test
    void whatIsCompressedStaysSo() throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write("x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        }
        server.on("/a", new ServedDocument(compressed.toByteArray()).encoding("gzip"));
        assertThat(download(request("/a")))
                .isInstanceOfSatisfying(
                        Download.Fetched.class,
                        fetched -> assertThat(fetched.digest()).isEqualTo(digest(compressed.toByteArray())));
        assertThat(file()).hasBinaryContent(compressed.toByteArray());
    }

    @Test
    void whereItCameFromIsTheEndOfTheRedirects() throws Exception {
        server.on("/a", Answer.redirect(307, "/b?signature=x"));
        server.on("/b", Answer.ok("x"));
        URI url = URI.create(server.url("/a").toString().replace("//", "//me:secret@"));
        assertThat(download(new DownloadRequest(url, file(), null, null, MANY)))
                .isInstanceOfSatisfying(
                        Download.Fetched.class,
                        fetched -> assertThat(fetched.from()).isEqualTo(server.url("/b?signature=x")));
    }

    @Test
    void aFurtherFieldIsForThatServerOnlyAndNeverShown() throws Exception {
        try (FaultServer other = FaultServer.start()) {
            server.on("/a", Answer.redirect(302, "/b"));
            server.on("/b", Answer.redirect(302, other.url("/c").toString()));
            other.on("/c", Answer.ok("x"));
            DownloadRequest request = request("/a").with("apiKey", "a-secret");
            assertThat(download(request)).isInstanceOf(Download.Fetched.class);
            assertThat(server.requests()).hasSize(2).allMatch(one -> "a-secret".equals(one.header("apiKey")));
            assertThat(other.requests())
                    .singleElement()
                    .satisfies(one -> assertThat(one.header("apiKey")).isNull());
            server.on("/a", Answer.status(403));
            assertThat(failure(request).toString()).doesNotContain("a-secret");
            assertThat(request.toString()).doesNotContain("a-secret");
        }
    }

    @Test
    void onlyANewerDocumentIsFetched() throws Exception {
        String date = "Mon, 01 Jan 2024 00:00:00 GMT";
        server.on("/a", new ServedDocument(DOCUMENT).etag("\"1\"").lastModified(date));
        String leftover = Files.readString(file());
        for (DownloadRequest same : List.of(
                new DownloadRequest(server.url("/a"), file(), "\"1\"", date, MANY),
                new DownloadRequest(server.url("/a"), file(), "\"1\"", null, MANY),
                new DownloadRequest(server.url("/a"), file(), null, date, MANY))) {
            assertThat(download(same)).isEqualTo(new Download.NotModified());
            assertThat(file()).as("nothing came, nothing was written").hasContent(leftover);
        }
        DownloadRequest older = new DownloadRequest(server.url("/a"), file(), "\"0\"", date, MANY);
        assertThat(download(older)).isInstanceOf(Download.Fetched.class);
        assertThat(server.requests().getFirst().fields())
                .endsWith("If-None-Match: \"1\"", "If-Modified-Since: " + date);
    }

    @Test
    void aValidatorThatWasNotKeptWellIsNoCondition() throws Exception {
        server.on("/a", Answer.ok("x"));
        download(new DownloadRequest(server.url("/a"), file(), "\"1\"\r\nX-Evil: 1", "x\0y", MANY));
        assertThat(server.requests().getFirst().fields()).hasSize(4);
        server.on("/a", Answer.status(304));
        assertThat(failure(new DownloadRequest(server.url("/a"), file(), "\"1\"\r\n", "\0", MANY))
                        .reason())
                .isEqualTo("the server answered 304 Not Modified without being asked for that");
    }

    @Test
    void notModifiedWithoutHavingAskedIsAFailure() {
        server.on("/a", Answer.status(304));
        assertThat(failure(request("/a")).reason())
                .isEqualTo("the server answered 304 Not Modified without being asked for that");
    }

    @Test
    void aPartWithoutHavingAskedIsAFailure() {
        server.on("/a", Answer.status(206).body(DOCUMENT).header("Content-Range", "bytes 0-299999/300000"));
        assertThat(failure(request("/a")).reason())
                .isEqualTo("the server answered 206 Partial Content without being asked for that");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void noSuchDocument(int status) throws Exception {
        server.on("/a", Answer.status(status));
        assertThat(download(request("/a"))).isEqualTo(new Download.Absent(status));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        201, the server answered 201
        203, the server answered 203
        204, the server answered 204 No Content
        300, the server answered 300 Multiple Choices
        400, the server answered 400 Bad Request
        401, the server answered 401 Unauthorized
        403, the server answered 403 Forbidden
        416, the server answered 416 Range Not Satisfiable without being asked for that
        451, the server answered 451 Unavailable For Legal Reasons
        501, the server answered 501 Not Implemented
        505, the server answered 505
        """)
    void aNoIsNotAskedAgain(int status, String reason) {
        server.on("/a", Answer.status(status));
        LimpidException told = failure(request("/a?k=v"));
        assertThat(told.code()).isEqualTo(ErrorCode.NETWORK);
        assertThat(told.what()).isEqualTo("cannot fetch " + server.url("/a?k=..."));
        assertThat(told.reason()).isEqualTo(reason);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void aNotNowIsAskedAgain(int status) throws Exception {
        server.on("/a", Answer.status(status), Answer.status(status), Answer.status(status), Answer.ok("x"));
        assertThat(download(request("/a"))).isInstanceOf(Download.Fetched.class);
        assertThat(server.requests()).hasSize(4);
        server.on("/b", Answer.status(status));
        assertThat(failure(request("/b")).reason())
                .isEqualTo("the server answered " + Status.words(status) + " (tried 4 times)");
        assertThat(server.requests()).hasSize(8);
    }

    @Test
    void connectionsThatBreakAreMadeAnew() throws Exception {
        server.on(
                "/a",
                Answer.raw(""),
                Answer.raw("").then(Answer.Ending.RESET),
                Answer.raw("HTTP/1.1 200").then(Answer.Ending.HANG_UP),
                Answer.ok("x"));
        assertThat(download(request("/a"))).isInstanceOf(Download.Fetched.class);
    }

    @Test
    void whatIsNotHttpIsNotAskedAgain() {
        server.on("/a", Answer.raw("220 mail.example ESMTP\r\n"));
        assertThat(failure(request("/a")).reason()).endsWith("is not HTTP");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void theServersPauseIsKept() throws Exception {
        List<Long> asked = new ArrayList<>();
        server.on("/a", _ -> {
            asked.add(System.nanoTime());
            return asked.size() == 1 ? Answer.status(503).header("Retry-After", "1") : Answer.ok("x");
        });
        download(request("/a"));
        assertThat(asked.get(1) - asked.get(0)).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        4,                             4 s
        3600,                          60 min
        99999999999999,                2147483647 s
        'Tue, 02 Jan 2024 01:00:00 GMT', 60 min
        """)
    void whoAsksForTooLongAPauseIsNotAskedAgain(String retryAfter, String told) {
        server.on(
                "/a",
                Answer.status(429)
                        .header("Date", "Tue, 02 Jan 2024 00:00:00 GMT")
                        .header("Retry-After", retryAfter));
        LimpidException failure = failure(request("/a"));
        assertThat(failure.reason())
                .isEqualTo("the server answered 429 Too Many Requests, and asks to wait for " + told);
        assertThat(failure.hint()).contains("later");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aDocumentIsBoundedBeforeItComesWhenItsLengthIsKnown() {
        server.on("/a", new ServedDocument(DOCUMENT).cut(0, Answer.Ending.STALL));
        LimpidException told = failure(new DownloadRequest(server.url("/a"), file(), null, null, 299_999));
        assertThat(told.code()).isEqualTo(ErrorCode.LIMIT);
        assertThat(told.reason()).isEqualTo("it has 300.0 kB, more than the 300.0 kB that are allowed");
        told = failure(new DownloadRequest(server.url("/a"), file(), null, null, 299_999, "feed-bytes"));
        assertThat(told.reason()).endsWith(" that are allowed (limit feed-bytes)");
    }

    @Test
    void andWhileItComesWhenItIsNot() {
        server.on("/a", new ServedDocument(DOCUMENT).framed(Answer.Framing.CHUNKED));
        LimpidException told = failure(new DownloadRequest(server.url("/a"), file(), null, null, 299_999));
        assertThat(told.code()).isEqualTo(ErrorCode.LIMIT);
        assertThat(told.reason()).isEqualTo("it has more than the 300.0 kB that are allowed");
        assertThat(failure(new DownloadRequest(server.url("/a"), file(), null, null, 299_999, "feed-bytes"))
                        .reason())
                .endsWith(" that are allowed (limit feed-bytes)");
        assertThat(file()).as("what came of it is deleted").doesNotExist();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aFailureLeavesNoPieceBehind() {
        server.on("/a", Answer.ok(DOCUMENT).cut(1000, Answer.Ending.HANG_UP), Answer.status(403));
        assertThat(failure(request("/a")).reason()).isEqualTo("the server answered 403 Forbidden (tried 2 times)");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aDocumentThatGoesAwayUnderTheDownloadIsAbsentAndLeavesNoPiece() throws Exception {
        server.on("/a", Answer.ok(DOCUMENT).cut(1000, Answer.Ending.HANG_UP), Answer.status(404));
        assertThat(download(request("/a"))).isEqualTo(new Download.Absent(404));
        assertThat(file()).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenIsNoFailureOfTheNetwork() throws Exception {
        server.on("/a", Answer.ok("x"));
        DownloadRequest request = new DownloadRequest(server.url("/a"), folder.resolve("none/file"), null, null, MANY);
        LimpidException told = failure(request);
        assertThat(told.code()).isEqualTo(ErrorCode.IO);
        assertThat(told.what()).isEqualTo("cannot write " + request.file());
        assertThat(server.requests()).as("it is not asked again for that").hasSize(1);
    }

    @Test
    void progressIsHeardOfFromTheBeginningToTheEnd() throws Exception {
        server.on("/a", new ServedDocument(DOCUMENT).framed(Answer.Framing.LENGTH));
        List<Long> heard = new ArrayList<>();
        client.download(request("/a"), (url, bytes, total) -> {
            assertThat(url).isEqualTo(server.url("/a"));
            assertThat(total).isEqualTo(DOCUMENT.length);
            heard.add(bytes);
        });
        assertThat(heard).startsWith(0L).endsWith((long) DOCUMENT.length).isSorted();
    }

    @Test
    void anInterruptedPauseIsAnInterruption() throws Exception {
        server.on("/a", Answer.status(503).header("Retry-After", "3"));
        Thread[] thread = new Thread[1];
        boolean[] interrupted = new boolean[1];
        thread[0] = Thread.ofPlatform().start(() -> {
            try {
                download(request("/a"));
            } catch (InterruptedException _) {
                interrupted[0] = true;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        while (server.requests().isEmpty()) {
            Thread.sleep(5);
        }
        thread[0].interrupt();
        thread[0].join();
        assertThat(interrupted[0]).isTrue();
    }
}
