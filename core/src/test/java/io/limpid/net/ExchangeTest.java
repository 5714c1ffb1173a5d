package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.ErrorCode;
import io.limpid.model.LimpidException;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One request and its answer, over real sockets. */
class ExchangeTest {
    private static final int MANY = 1 << 20;

    private final FaultServer server;
    private final OutboundClient client;

    ExchangeTest() throws IOException {
        server = FaultServer.start();
        client = new OutboundClient(Settings.PLAIN);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    private WebResponse get(String path) throws IOException, InterruptedException {
        return client.exchange(WebRequest.get(server.url(path), MANY));
    }

    private LimpidException failure(WebRequest request) {
        return catchThrowableOfType(LimpidException.class, () -> text(client.exchange(request)));
    }

    private LimpidException failure(String path) {
        return failure(WebRequest.get(server.url(path), MANY));
    }

    private static String text(WebResponse response) throws IOException {
        try (response) {
            return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LENGTH", "CHUNKED", "CLOSE"})
    void theBodyIsReadHoweverItIsFramed(Answer.Framing framing) throws Exception {
        String body = "0123456789".repeat(1234);
        server.on("/a", Answer.ok(body).framed(framing).header("X-Words", " a b "));
        WebResponse response = get("/a");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.length()).isEqualTo(framing == Answer.Framing.LENGTH ? body.length() : -1);
        assertThat(response.headers().first("x-words")).isEqualTo("a b");
        assertThat(response.from()).isEqualTo(server.url("/a"));
        assertThat(text(response)).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 300, 301, 304, 400, 401, 404, 418, 500, 503, 599})
    void everyStatusIsAnAnswer(int status) throws Exception {
        server.on("/a", Answer.status(status));
        try (WebResponse response =
                client.exchange(WebRequest.get(server.url("/a"), MANY).withoutRedirects())) {
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.body().readAllBytes()).isEmpty();
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void nothingIsSentThatNobodyAskedFor() throws Exception {
        server.on("/a", Answer.ok("x"));
        assertThat(text(get("/a"))).isEqualTo("x");
        assertThat(server.requests().getFirst().fields())
                .containsExactly("Host: 127.0.0.1:" + server.port(), "User-Agent: limpid/test");
    }

    @Test
    void theCallersFieldsAreSentButNotThoseThatFrameTheMessage() throws Exception {
        server.on("/a", Answer.ok("x"));
        WebRequest request = WebRequest.get(server.url("/a"), MANY)
                .with("Authorization", "Bearer abc")
                .with("X-Two", "1")
                .with("X-Two", "2")
                .with("User-Agent", "other/1")
                .with("Host", "elsewhere.example")
                .with("Content-Length", "7")
                .with("Transfer-Encoding", "chunked")
                .with("Proxy-Authorization", "Basic abc")
                .with("connection", "X-Two");
        assertThat(text(client.exchange(request))).isEqualTo("x");
        assertThat(server.requests().getFirst().fields())
                .containsExactly(
                        "Host: 127.0.0.1:" + server.port(),
                        "Authorization: Bearer abc",
                        "X-Two: 1",
                        "X-Two: 2",
                        "User-Agent: other/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//twice//and/../so/./on",
                "/a?x=1&y=%20&z=a+b&&=&?",
                "/v2/library/alpine/blobs/sha256:abc",
                "/%2F%41%e4;v=1",
                "/a?next=http://other.example/b"
            })
    void pathAndQueryAreSentAsTheyAreWritten(String target) throws Exception {
        text(get(target));
        assertThat(server.requests().getFirst().target()).isEqualTo(target);
    }

    @Test
    void whatIsNotAsciiIsEscapedAndAFragmentStaysAtHome() throws Exception {
        text(client.exchange(WebRequest.get(URI.create(server.url("/ä€?ö=ü") + "#part"), MANY)));
        assertThat(server.requests().getFirst().target()).isEqualTo("/%C3%A4%E2%82%AC?%C3%B6=%C3%BC");
    }

    @Test
    void userInfoIsSentAsBasicCredentialsAndShownNowhere() throws Exception {
        server.on("/a", Answer.status(403));
        String url = server.url("/a?token=secret&b").toString().replace("//", "//me:p%40ss+w%3Ard@");
        WebResponse response = client.exchange(WebRequest.get(URI.create(url), MANY));
        // me:p@ss+w:rd
        assertThat(server.requests().getFirst().header("Authorization")).isEqualTo("Basic bWU6cEBzcyt3OnJk");
        assertThat(response.from()).isEqualTo(server.url("/a?token=secret&b"));
        LimpidException told = response.refused();
        assertThat(told.what()).isEqualTo("cannot fetch " + server.url("/a?token=...&..."));
        assertThat(told.reason()).isEqualTo("the server answered 403 Forbidden");
        assertThat(told.code()).isEqualTo(ErrorCode.NETWORK);
    }

    @Test
    void aPostSendsItsBodyOnce() throws Exception {
        server.on("/hook", Answer.status(201));
        try (WebResponse response =
                client.exchange(WebRequest.post(server.url("/hook"), "application/json", "{\"ä\":1}", MANY))) {
            assertThat(response.status()).isEqualTo(201);
        }
        FaultServer.Request request = server.requests().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.body()).isEqualTo("{\"ä\":1}");
        assertThat(request.fields())
                .containsExactly(
                        "Host: 127.0.0.1:" + server.port(),
                        "User-Agent: limpid/test",
                        "Content-Type: application/json",
                        "Content-Length: 8");
    }

    @Test
    void headHasNoBodyWhateverLengthItAnnounces() throws Exception {
        server.on("/a", Answer.ok("0123456789"));
        WebRequest head = new WebRequest("HEAD", server.url("/a"), Headers.NONE, null, 1, true, null);
        try (WebResponse response = client.exchange(head)) {
            assertThat(response.headers().first("Content-Length")).isEqualTo("10");
            assertThat(response.body().readAllBytes()).isEmpty();
        }
        text(client.exchange(head));
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void connectionsAreKeptWhenTheirStateIsKnown() throws Exception {
        server.on("/a", Answer.ok("x".repeat(200_000)));
        text(get("/a"));
        text(get("/a"));
        assertThat(server.connections()).isEqualTo(1);
        try (WebResponse response = get("/a")) {
            assertThat(response.body().read()).isEqualTo('x');
        }
        text(get("/a"));
        assertThat(server.connections())
                .as("what was left unread is not waited for")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG_UP", "RESET"})
    void aKeptConnectionThatWasClosedIsReplaced(Answer.Ending ending) throws Exception {
        server.on("/a", Answer.ok("x").then(ending), Answer.ok("y"));
        assertThat(text(get("/a"))).isEqualTo("x");
        Thread.sleep(100);
        assertThat(text(get("/a"))).isEqualTo("y");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aKeptConnectionThatIsClosedUnderARequestIsReplacedWhenTheRequestChangesNothing() throws Exception {
        server.on("/a", Answer.ok("x"), Answer.raw(""), Answer.ok("y"));
        assertThat(text(get("/a"))).isEqualTo("x");
        assertThat(text(get("/a"))).isEqualTo("y");
        assertThat(server.requests())
                .extracting(FaultServer.Request::connection)
                .containsExactly(1, 1, 2);
    }

    @Test
    void aPostOverAConnectionThatIsClosedUnderItIsNotSentAgain() throws Exception {
        server.on("/a", Answer.ok("x"), Answer.raw(""), Answer.ok("y"));
        text(get("/a"));
        LimpidException told = failure(WebRequest.post(server.url("/a"), "text/plain", "1", MANY));
        assertThat(told.what()).isEqualTo("cannot send to " + server.url("/a"));
        assertThat(told.reason()).isEqualTo("127.0.0.1:" + server.port() + " closed the connection without an answer");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void noAnswerAtAllIsAFailure() {
        server.on("/a", Answer.raw(""));
        assertThat(failure("/a").reason()).endsWith(" closed the connection without an answer");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aBodyIsBounded() throws Exception {
        server.on("/a", Answer.ok("0123456789"), Answer.ok("0123456789").framed(Answer.Framing.CHUNKED));
        for (int i = 0; i < 2; i++) {
            LimpidException told = failure(WebRequest.get(server.url("/a"), 9));
            assertThat(told.code()).isEqualTo(ErrorCode.LIMIT);
            assertThat(told.reason()).isEqualTo("it has more than the 9 bytes that are allowed");
        }
        assertThat(failure(WebRequest.get(server.url("/a"), 9).limitedBy("some-bytes"))
                        .reason())
                .endsWith(" that are allowed (limit some-bytes)");
        assertThat(text(client.exchange(WebRequest.get(server.url("/a"), 10)))).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        LENGTH,  CLOSE,   the connection was closed after 1.2 kB of 5.0 kB
        LENGTH,  HANG_UP, the connection was closed after 1.2 kB of 5.0 kB
        LENGTH,  RESET,   the connection .*was reset .*
        CHUNKED, CLOSE,   the connection was closed after 1.2 kB
        CHUNKED, RESET,   the connection .*was reset .*
        CLOSE,   RESET,   the connection .*was reset .*
        """)
    void aBodyThatIsCutIsNeverTakenForAWhole(Answer.Framing framing, Answer.Ending ending, String reason) {
        server.on("/a", Answer.ok("x".repeat(5000)).framed(framing).cut(1234, ending));
        LimpidException told = failure("/a");
        assertThat(told.code()).isEqualTo(ErrorCode.NETWORK);
        // With a reset what came before it may be lost, even the head.
        assertThat(told.reason()).matches(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "220 mail.example ESMTP\r\n",
                "HTTP/3.9 200 OK\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: other\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\nab"
            })
    void whatIsNotHttpIsSaidToBe(String answer) {
        server.on("/a", Answer.raw(answer));
        assertThat(failure("/a").reason()).isEqualTo("the answer of 127.0.0.1:" + server.port() + " is not HTTP");
    }

    /** A status that the rest did not follow is no answer: what it would have said of the body is not known. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "H",
                "HTTP/1.1 ",
                "HTTP/1.1 20",
                "HTTP/1.1 200",
                "HTTP/1.1 200 O",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 1",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"
            })
    void aHeadThatIsCutIsNeverTakenForAWhole(String answer) {
        server.on("/a", Answer.raw(answer));
        assertThat(failure("/a").reason())
                .isIn(
                        "127.0.0.1:" + server.port() + " closed the connection within the head of its answer",
                        "the answer of 127.0.0.1:" + server.port() + " is not HTTP");
    }

    @Test
    void brokenChunksAreNoBody() {
        server.on(
                "/a",
                Answer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\nabc\r\n0\r\n\r\n"));
        assertThat(failure("/a").reason()).isEqualTo("the answer is not HTTP any more after 3 bytes");
    }

    @Test
    void theHeadOfAnAnswerIsBounded() {
        server.on("/long", Answer.ok("x").header("X-Long", "x".repeat(40_000)));
        Answer many = Answer.ok("x");
        for (int i = 0; i < 201; i++) {
            many = many.header("X-" + i, "x");
        }
        server.on("/many", many);
        String reason = "the head of the answer of 127.0.0.1:" + server.port() + " is larger than allowed";
        assertThat(failure("/long").reason()).isEqualTo(reason);
        assertThat(failure("/many").reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        ftp://example.org/a,        only http and https URLs are fetched
        file:/etc/passwd,           only http and https URLs are fetched
        a/b,                        only http and https URLs are fetched
        http:/a,                    the URL has no host
        http://:80/a,               'the URL has no host, or one that is no name'
        http://a%20b/,              'the URL has no host, or one that is no name'
        http://[fe80::1%25eth0]/,   the URL's host is no address that can be dialled
        http://example.org:0/,      the URL's port is none
        http://example.org:65536/,  the URL's port is none
        http://example.org:x/,      the URL's port is none
        """)
    void whatIsNoUrlToFetchIsRefused(URI url, String reason) {
        assertThat(failure(WebRequest.get(url, MANY)).reason()).isEqualTo(reason);
    }

    @Test
    void nobodyListens() throws Exception {
        URI url = server.url("/");
        server.close();
        LimpidException told = failure(WebRequest.get(url, MANY));
        assertThat(told.reason()).isEqualTo("127.0.0.1:" + url.getPort() + " refused the connection");
        assertThat(told.hint()).contains("HTTPS_PROXY").contains("--offline");
    }

    @Test
    void manyThreadsShareOneClient() throws Exception {
        server.on("/a", request -> Answer.ok("x".repeat(10_000)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> lengths = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                lengths.add(threads.submit(() -> text(get("/a")).length()));
            }
            for (Future<Integer> length : lengths) {
                assertThat(length.get()).isEqualTo(10_000);
            }
        }
        assertThat(server.connections()).isLessThanOrEqualTo(40);
    }

    @Test
    void closingTheClientEndsWhatIsUnderWay() throws Exception {
        server.on("/a", Answer.ok("x".repeat(100)).cut(10, Answer.Ending.STALL));
        WebResponse response = get("/a");
        Thread closer = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(50);
                client.close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        LimpidException told = catchThrowableOfType(LimpidException.class, () -> text(response));
        closer.join();
        assertThat(told.reason()).isEqualTo("the connection was reset after 10 bytes of 100 bytes");
        assertThat(failure("/a").reason()).isEqualTo("the client is closed");
    }

    @Test
    void aVirtualThreadCanBeInterrupted() throws Exception {
        server.on("/a", Answer.ok("x").cut(0, Answer.Ending.STALL));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> text = threads.submit(() -> text(get("/a")));
            while (server.requests().isEmpty()) {
                Thread.sleep(5);
            }
            text.cancel(true);
        }
        // Leaving the block has waited for the thread: it ended long before any deadline.
        assertThat(server.requests()).hasSize(1);
    }
}
