package io.limpid.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.LimpidException;
import io.limpid.server.clair.ClairException;
import io.limpid.server.metrics.Metrics;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests over real sockets: targets, bodies, bounds, time, the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiServerTest {
    private static final Route READ = TestServers.echo("GET", "/echo/:name", Route.Kind.READING);
    private static final Route WRITE = TestServers.echo("POST", "/echo", Route.Kind.WRITING);

    private final ApiServer shared;

    ApiServerTest() throws LimpidException {
        shared = TestServers.start(TestServers.options(), new Metrics(), READ, WRITE);
    }

    @AfterAll
    void stop() {
        shared.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/echo/a%20b,200,[a b] 0 Optional.empty",
        "GET,/v1/echo/%C3%A9?q=%2B+%26&q=2,200,[é] 0 Optional[+ &]",
        "GET,/v1/echo/a;b=c,200,[a;b=c] 0 Optional.empty",
        "GET,/v1/echo/a?q=../..,200,[a] 0 Optional[../..]",
        "GET,/v1/echo/a?q=%zz&q=b;c&q=d,200,[a] 0 Optional[d]",
        "GET,/v1/echo/a#b,200,[a#b] 0 Optional.empty",
        "GET,/v1/echo/a%2Fb,404,404 page not found",
        "GET,/v1/echo/a\\b,200,[a\\b] 0 Optional.empty",
        "GET,/v1/echo/..,200,[..] 0 Optional.empty",
        "GET,/v1/echo/a%zz,400,400 Bad Request",
        "GET,nonsense,400,400 Bad Request",
        "GET,http://h/v1/echo/a,404,404 page not found",
        "BREW,/v1/echo,405,Method Not Allowed",
        "CONNECT,/v1/echo,405,Method Not Allowed",
        "TRACE,/v1/nothing,404,404 page not found",
        "OPTIONS,*,200,''",
        "GET,*,404,404 page not found",
    })
    void takesTargetsAsTheyAre(String method, String target, int status, String body) throws IOException {
        String latin = new String(target.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        RawHttp.Reply reply = RawHttp.exchange(shared.port(), method, latin);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().strip()).isEqualTo(body);
    }

    @Test
    void escapesWhereItSendsClients() throws IOException {
        RawHttp.Reply reply = RawHttp.exchange(shared.port(), "GET", "/v1/ECHO/%C3%A9%22!?q=\"<>&");
        assertThat(reply.status()).isEqualTo(301);
        assertThat(reply.headers()).containsEntry("location", "/echo/%C3%A9%22%21?q=\"<>&");
        assertThat(reply.body())
                .isEqualTo("<a href=\"/echo/%C3%A9%22%21?q=&#34;&lt;&gt;&amp;\">Moved Permanently</a>.\n\n");
    }

    @Test
    void keepsConnectionsWhateverWasAnswered() throws IOException {
        try (RawHttp http = new RawHttp(shared.port())) {
            byte[] body = new byte[100_000];
            assertThat(http.send("GET", "/v1/echo/a", Map.of(), body).status()).isEqualTo(200);
            assertThat(http.send("POST", "/v1/echo", Map.of(), body).body()).startsWith("[] 100000");
            assertThat(http.send("PUT", "/v1/echo", Map.of(), body).status()).isEqualTo(405);
            assertThat(http.send("POST", "/v1/nothing", Map.of(), body).status())
                    .isEqualTo(404);
            assertThat(http.send("HEAD", "/v1/echo", Map.of(), null).status()).isEqualTo(405);
            assertThat(http.send("POST", "/v1/echo", Map.of("Upgrade", "h2c", "Connection", "Upgrade"), body)
                            .body())
                    .startsWith("[] 100000");
        }
    }

    @Test
    void headersAreTheOriginals() throws IOException {
        RawHttp.Reply json = RawHttp.exchange(shared.port(), "GET", "/v1/echo/a");
        assertThat(json.names().strip().split(" ", -1))
                .containsExactlyInAnyOrder("Server", "Content-Type", "Content-Length", "Date");
        RawHttp.Reply zipped =
                RawHttp.exchange(shared.port(), "GET", "/v1/echo/a", Map.of("Accept-Encoding", "br, gzip;q=0"), null);
        assertThat(zipped.headers()).containsEntry("content-encoding", "gzip");
        assertThat(zipped.body()).isEqualTo(json.body());
    }

    @Test
    void cutsBodiesWhereTheOriginalDid() throws IOException, LimpidException {
        try (ApiServer server = TestServers.start(TestServers.options(), new Metrics(), WRITE)) {
            RawHttp.Reply cut =
                    RawHttp.exchange(server.port(), "POST", "/v1/echo", Map.of(), new byte[Call.MOST_BODY + 100_000]);
            assertThat(cut.body()).startsWith("[] " + Call.MOST_BODY + " ");
            try (RawHttp http = new RawHttp(server.port())) {
                http.write("POST /v1/echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                http.write("4;x=y\r\nefgh\r\n0\r\n\r\n");
                assertThat(http.read("POST").body()).startsWith("[] 7 ");
            }
        }
    }

    @Test
    void answersWhileAnEndlessBodyComes() throws IOException {
        try (RawHttp http = new RawHttp(shared.port())) {
            http.write("POST /v1/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100000000000\r\n\r\n");
            http.write("x".repeat(TestServers.BOUNDS.largestBody() + 1));
            assertThat(http.read("POST").body()).startsWith("[] " + Call.MOST_BODY + " ");
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void workGoesOnAfterTheTimeout() throws IOException, LimpidException, InterruptedException {
        CountDownLatch finish = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        Route slow = Route.of("GET", "/slow", "v1/slow", Route.Kind.READING, _ -> {
            await(finish);
            finished.countDown();
            return Answer.empty(200, Map.of());
        });
        ApiOptions options = TestServers.options(TestServers.BOUNDS, Duration.ofMillis(50), null, null);
        try (ApiServer server = TestServers.start(options, new Metrics(), slow)) {
            RawHttp.Reply reply = RawHttp.exchange(server.port(), "GET", "/v1/slow");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body())
                    .isEqualTo("{\"Error\":{\"Message\":\"Clair failed to respond within the configured timeout"
                            + " window.\",\"Type\":\"Timeout\"}}");
            assertThat(reply.headers()).containsEntry("content-type", "text/plain; charset=utf-8");
            finish.countDown();
            finished.await();
        }
    }

    @Test
    void refusesWhatIsTooMuchAndTakesItLater() throws Exception {
        CountDownLatch begun = new CountDownLatch(TestServers.BOUNDS.layers());
        CountDownLatch finish = new CountDownLatch(1);
        Route layer = Route.of("POST", "/layers", "v1/postLayer", Route.Kind.LAYER, _ -> {
            begun.countDown();
            await(finish);
            return Answer.empty(200, Map.of());
        });
        Metrics metrics = new Metrics();
        try (ApiServer server = TestServers.start(TestServers.options(), metrics, layer, READ)) {
            List<RawHttp> waiting = new ArrayList<>();
            for (int i = 0; i < TestServers.BOUNDS.layers(); i++) {
                RawHttp http = new RawHttp(server.port());
                http.write("POST /v1/layers HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
                waiting.add(http);
            }
            begun.await();
            RawHttp.Reply refused = RawHttp.exchange(server.port(), "POST", "/v1/layers", Map.of(), new byte[0]);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.headers()).containsEntry("retry-after", "1");
            assertThat(refused.body())
                    .isEqualTo("{\"Error\":{\"Message\":\"too many requests at once, try again\"}}\n");
            assertThat(RawHttp.exchange(server.port(), "GET", "/v1/echo/a").status())
                    .as("layers do not take the place of questions")
                    .isEqualTo(200);
            finish.countDown();
            for (RawHttp http : waiting) {
                assertThat(http.read("POST").status()).isEqualTo(200);
                http.close();
            }
            assertThat(RawHttp.exchange(server.port(), "POST", "/v1/layers", Map.of(), new byte[0])
                            .status())
                    .isEqualTo(200);
            assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
                    .contains("limpid_limits_hit_total{limit=\"layers\"} 1.0");
        }
    }

    @Test
    void closesConnectionsOfSlowClients() throws IOException, LimpidException {
        Bounds hasty = new Bounds(
                4,
                4,
                Duration.ofSeconds(30),
                2,
                1 << 20,
                1 << 20,
                16,
                64,
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                Duration.ofSeconds(30),
                1 << 30,
                Duration.ofSeconds(30),
                1 << 20,
                Duration.ofSeconds(10));
        ApiOptions options = TestServers.options(hasty, Duration.ofSeconds(30), null, null);
        try (ApiServer server = TestServers.start(options, new Metrics(), READ, WRITE)) {
            try (RawHttp silent = new RawHttp(server.port())) {
                assertThat(silent.isClosed()).isTrue();
            }
            try (RawHttp head = new RawHttp(server.port())) {
                head.write("GET /v1/echo/a HTTP/1.1\r\nHost: ");
                assertThat(head.isClosed()).isTrue();
            }
            try (RawHttp second = new RawHttp(server.port())) {
                second.send("GET", "/v1/echo/a", Map.of(), null);
                second.write("GET /v1/echo/a HTTP/1.1\r\nHost: ");
                assertThat(second.isClosed()).isTrue();
            }
            try (RawHttp body = new RawHttp(server.port())) {
                body.write("POST /v1/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");
                assertThat(body.read("POST").status()).isEqualTo(408);
                assertThat(body.isClosed()).isTrue();
            }
        }
    }

    @Test
    void aClientThatLeavesCostsNothing() throws IOException, LimpidException {
        try (ApiServer server = TestServers.start(TestServers.options(), new Metrics(), READ, WRITE)) {
            for (int i = 0; i < 5 * TestServers.BOUNDS.requests(); i++) {
                try (RawHttp http = new RawHttp(server.port())) {
                    http.write("POST /v1/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 500\r\n\r\nab");
                }
            }
            int status = 429;
            for (int tries = 0; status == 429 && tries < 1000; tries++) {
                status = RawHttp.exchange(server.port(), "POST", "/v1/echo", Map.of(), new byte[10])
                        .status();
            }
            assertThat(status).isEqualTo(200);
        }
    }

    @Test
    void aFaultIsAnErrorWithoutItsInside() throws IOException, LimpidException {
        Route broken = Route.of("GET", "/broken", "v1/broken", Route.Kind.READING, _ -> {
            throw new IllegalStateException("secret");
        });
        try (ApiServer server = TestServers.start(TestServers.options(), new Metrics(), broken)) {
            RawHttp.Reply reply = RawHttp.exchange(server.port(), "GET", "/v1/broken");
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).doesNotContain("secret").startsWith("{\"Error\":{\"Message\":");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,,200",
        "POST,,401",
        "POST,Bearer wrong,401",
        "POST,Basic let-me-in,401",
        "POST,Bearer let-me-in,200",
        "POST,bearer let-me-in,200",
        "DELETE,,401",
        "DELETE,Bearer let-me-in,200",
    })
    void changesNeedTheToken(String method, String shown, int status) throws IOException, LimpidException {
        Route delete = TestServers.echo("DELETE", "/echo", Route.Kind.READING);
        Route read = TestServers.echo("GET", "/echo", Route.Kind.READING);
        ApiOptions options = TestServers.options(TestServers.BOUNDS, Duration.ofSeconds(30), null, "let-me-in");
        try (ApiServer server = TestServers.start(options, new Metrics(), read, WRITE, delete)) {
            Map<String, String> headers = shown == null ? Map.of() : Map.of("Authorization", shown);
            RawHttp.Reply reply = RawHttp.exchange(server.port(), method, "/v1/echo", headers, null);
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.headers().containsKey("www-authenticate")).isEqualTo(status == 401);
        }
    }

    @Test
    void endsWhatItHasBegun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Route slow = Route.of("GET", "/slow", "v1/slow", Route.Kind.READING, _ -> {
            begun.countDown();
            await(finish);
            return Answer.json(200, new byte[] {'1'});
        });
        ApiServer server = TestServers.start(TestServers.options(), new Metrics(), slow, READ);
        try (RawHttp http = new RawHttp(server.port())) {
            http.write("GET /v1/slow HTTP/1.1\r\nHost: h\r\n\r\n");
            begun.await();
            int port = server.port();
            AtomicBoolean isClosed = new AtomicBoolean();
            Thread closing = Thread.ofVirtual().start(() -> {
                server.close();
                isClosed.set(true);
            });
            boolean isRefused = false;
            while (!isRefused) {
                try (RawHttp another = new RawHttp(port)) {
                    isRefused =
                            another.send("GET", "/v1/echo/a", Map.of(), null).status() == 503;
                } catch (IOException _) {
                    isRefused = true;
                }
            }
            assertThat(isClosed.get()).isFalse();
            finish.countDown();
            assertThat(http.read("GET").status()).isEqualTo(200);
            closing.join();
        }
    }

    @Test
    void saysWhatToDoAboutAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            ApiOptions options = new ApiOptions(
                    new Endpoint("127.0.0.1", 0),
                    new Endpoint("127.0.0.1", taken.getLocalPort()),
                    Duration.ofSeconds(1),
                    null,
                    null,
                    TestServers.BOUNDS);
            assertThatThrownBy(() -> TestServers.start(options, new Metrics(), READ))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("starting the health API on 127.0.0.1:" + taken.getLocalPort())
                    .extracting(e -> ((LimpidException) e).hint())
                    .asString()
                    .contains("another process may have the port");
        }
    }

    @Test
    void healthSaysWhatIsMissing() throws IOException, LimpidException {
        TestServers.TestHealth health = new TestServers.TestHealth();
        try (ApiServer server =
                ApiServer.start(TestServers.options(), new RouteTable(List.of(READ)), health, new Metrics())) {
            RawHttp.Reply ready = RawHttp.exchange(server.healthPort(), "GET", "/readyz");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.body()).isEqualTo("ready\n");
            health.missing.set(List.of("the updater debian has never finished"));
            RawHttp.Reply waiting = RawHttp.exchange(server.healthPort(), "GET", "/readyz");
            assertThat(waiting.status()).isEqualTo(503);
            assertThat(waiting.body()).isEqualTo("the updater debian has never finished\n");
            assertThat(RawHttp.exchange(server.healthPort(), "GET", "/health").status())
                    .isEqualTo(200);
            health.missing.set(List.of(TestServers.TestHealth.DEAD));
            RawHttp.Reply dead = RawHttp.exchange(server.healthPort(), "GET", "/health");
            assertThat(dead.status()).isEqualTo(500);
            assertThat(dead.raw()).isEmpty();
            assertThat(dead.headers()).containsEntry("server", "clair").doesNotContainKey("content-type");
            assertThat(RawHttp.exchange(server.healthPort(), "GET", "/readyz").body())
                    .isEqualTo("the database does not answer\n");
        }
    }

    private static void await(CountDownLatch latch) throws ClairException {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
