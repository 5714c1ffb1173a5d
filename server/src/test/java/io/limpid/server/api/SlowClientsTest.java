package io.limpid.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.LimpidException;
import io.limpid.server.metrics.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients that send slowly, ask on and on, or take no answers: they cost neither others' places nor memory, and are sent away. */
class SlowClientsTest {
    private static final int LARGE = 8 << 20;
    private static final Route READ = TestServers.echo("GET", "/echo/:name", Route.Kind.READING);
    private static final Route WRITE = TestServers.echo("POST", "/echo", Route.Kind.WRITING);

    private static Bounds bounds(Duration patience, int answerBytes, Duration taking) {
        Bounds usual = TestServers.BOUNDS;
        return new Bounds(
                8,
                2,
                patience,
                usual.layers(),
                usual.bodyBytes(),
                answerBytes,
                4,
                usual.connections(),
                usual.head(),
                usual.body(),
                taking,
                usual.slowest(),
                usual.idle(),
                usual.largestBody(),
                usual.drain());
    }

    private static ApiServer start(Bounds bounds, Route... routes) throws LimpidException {
        return TestServers.start(
                TestServers.options(bounds, Duration.ofSeconds(60), null, null), new Metrics(), routes);
    }

    /** A client with a small window, so that what the server has for it stays there. */
    private static RawHttp reluctant(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawHttp(socket);
    }

    private static Route large(AtomicInteger made) {
        return Route.of("GET", "/large", "v1/large", Route.Kind.READING, _ -> {
            made.incrementAndGet();
            return new Answer(200, Map.of(), new byte[LARGE], false, null);
        });
    }

    @Test
    void bodiesThatComeSlowlyTakeNoPlaces() throws Exception {
        try (ApiServer server = start(bounds(Duration.ofSeconds(30), LARGE, Duration.ofSeconds(30)), READ, WRITE)) {
            List<RawHttp> slow = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                RawHttp http = new RawHttp(server.port());
                http.write("POST /v1/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\na");
                slow.add(http);
            }
            for (String part : List.of("b", "c", "d")) {
                for (RawHttp http : slow) {
                    http.write(part);
                }
                assertThat(RawHttp.exchange(server.port(), "GET", "/v1/echo/a").status())
                        .isEqualTo(200);
                assertThat(RawHttp.exchange(server.port(), "POST", "/v1/echo", Map.of(), new byte[5])
                                .body())
                        .startsWith("[] 5 ");
            }
            for (RawHttp http : slow) {
                http.write("e");
                assertThat(http.read("POST").body()).startsWith("[] 5 ");
                http.close();
            }
        }
    }

    @Test
    void whoTakesNoAnswerIsClosedAndItsMemoryGivenBack() throws Exception {
        AtomicInteger made = new AtomicInteger();
        // There is memory for one such answer: the next waits until the first is given up.
        Bounds bounds = bounds(Duration.ofSeconds(60), LARGE, Duration.ofMillis(500));
        try (ApiServer server = start(bounds, READ, large(made));
                RawHttp first = reluctant(server.port());
                RawHttp second = reluctant(server.port())) {
            first.write("GET /v1/large HTTP/1.1\r\nHost: h\r\n\r\n");
            second.write("GET /v1/large HTTP/1.1\r\nHost: h\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                RawHttp.Reply reply = RawHttp.exchange(server.port(), "GET", "/v1/large");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.raw()).hasSize(LARGE);
            }
            assertThat(made).hasValue(5);
        }
    }

    @Test
    void whoAsksWhileThereIsNoMemoryForTheAnswerIsToldToComeAgain() throws Exception {
        AtomicInteger made = new AtomicInteger();
        Bounds bounds = bounds(Duration.ofMillis(100), LARGE, Duration.ofSeconds(60));
        try (ApiServer server = start(bounds, READ, large(made))) {
            try (RawHttp greedy = reluctant(server.port())) {
                greedy.write("GET /v1/large HTTP/1.1\r\nHost: h\r\n\r\n");
                RawHttp.Reply reply = RawHttp.exchange(server.port(), "GET", "/v1/large");
                while (reply.status() == 200) {
                    reply = RawHttp.exchange(server.port(), "GET", "/v1/large");
                }
                assertThat(reply.status()).isEqualTo(429);
                assertThat(reply.headers()).containsEntry("retry-after", "1");
            }
            RawHttp.Reply later = RawHttp.exchange(server.port(), "GET", "/v1/large");
            for (int tries = 0; later.status() == 429 && tries < 600; tries++) {
                later = RawHttp.exchange(server.port(), "GET", "/v1/large");
            }
            assertThat(later.status()).isEqualTo(200);
        }
    }

    @Test
    void whoAsksOnAndOnWithoutReadingGetsLittleMade() throws Exception {
        AtomicInteger made = new AtomicInteger();
        Bounds bounds = bounds(Duration.ofSeconds(30), 4 * LARGE, Duration.ofSeconds(60));
        try (ApiServer server = start(bounds, READ, large(made));
                RawHttp http = reluctant(server.port())) {
            for (int i = 0; i < 1000; i++) {
                try {
                    http.write("GET /v1/large HTTP/1.1\r\nHost: h\r\n\r\n");
                } catch (SocketException _) {
                    // It was closed, which is one way not to read on.
                    break;
                }
            }
            for (int i = 0; i < 100; i++) {
                assertThat(RawHttp.exchange(server.port(), "GET", "/v1/echo/a").status())
                        .isEqualTo(200);
            }
            assertThat(made.get()).isLessThanOrEqualTo(4);
        }
    }
}
