package io.limpid.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.LimpidException;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that take their time. Only the deadline under test is short: that its words come shows that it was the one. */
class DeadlineTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration DRIP = Duration.ofMillis(40);
    private static final String BODY = "x".repeat(10_000);

    private final FaultServer server;

    DeadlineTest() throws IOException {
        server = FaultServer.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String reason(NetSettings settings, URI url) {
        try (OutboundClient client = new OutboundClient(settings)) {
            LimpidException told = catchThrowableOfType(LimpidException.class, () -> {
                try (WebResponse response = client.exchange(WebRequest.get(url, 1 << 20))) {
                    response.body().readAllBytes();
                }
            });
            return String.valueOf(told.reason());
        }
    }

    private String who() {
        return "127.0.0.1:" + server.port();
    }

    @Test
    void noConnection() throws IOException {
        // A listener that accepts nothing and whose queue is full: what a firewall does that drops packets.
        List<Socket> fill = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                fill.add(socket);
                try {
                    socket.connect(deaf.getLocalSocketAddress(), 100);
                } catch (IOException _) {
                    break;
                }
            }
            URI url = URI.create("http://127.0.0.1:" + deaf.getLocalPort() + "/");
            assertThat(reason(Settings.connect(SHORT), url))
                    .isEqualTo("no connection to 127.0.0.1:" + deaf.getLocalPort() + " within 300 ms");
        } finally {
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    @Test
    void noAnswerOfTheNameServer() {
        CountDownLatch end = new CountDownLatch(1);
        Resolver deaf = name -> {
            try {
                end.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(name);
        };
        try (OutboundClient client = new OutboundClient(Settings.connect(SHORT), deaf)) {
            LimpidException told = catchThrowableOfType(
                    LimpidException.class, () -> client.exchange(WebRequest.get(URI.create("http://a.example/"), 1)));
            assertThat(told.reason()).isEqualTo("no connection to a.example within 300 ms");
        } finally {
            end.countDown();
        }
    }

    /** Who stops waiting for a free connection does not get the next one that becomes free: it would be lost for all others. */
    @Test
    void whoIsInterruptedWhileItWaitsTakesNoConnectionWithIt() throws Exception {
        int most = 40;
        server.on("/", Answer.ok(BODY));
        List<WebResponse> held = new ArrayList<>();
        try (OutboundClient client = new OutboundClient(Settings.total(Duration.ofSeconds(3)))) {
            WebRequest request = WebRequest.get(server.url("/"), 1 << 20);
            for (int i = 0; i < most; i++) {
                held.add(client.exchange(request));
            }
            CountDownLatch interrupted = new CountDownLatch(1);
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    client.exchange(request).close();
                } catch (InterruptedException _) {
                    interrupted.countDown();
                } catch (IOException _) {
                    // It was too late.
                }
            });
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            waiting.interrupt();
            waiting.join();
            assertThat(interrupted.getCount()).isZero();
            held.removeLast().body().readAllBytes();
            try (WebResponse next = client.exchange(request)) {
                assertThat(next.status()).isEqualTo(200);
            }
        } finally {
            held.forEach(WebResponse::close);
        }
    }

    @Test
    void noTlsHandshake() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            URI url = URI.create("https://127.0.0.1:" + mute.getLocalPort() + "/");
            assertThat(reason(Settings.connect(SHORT), url))
                    .isEqualTo("no connection to 127.0.0.1:" + mute.getLocalPort() + " within 300 ms");
        }
    }

    @Test
    void noFirstByte() {
        server.on("/a", Answer.raw("").then(Answer.Ending.STALL));
        assertThat(reason(Settings.firstByte(SHORT), server.url("/a")))
                .isEqualTo("no answer of " + who() + " within 300 ms");
    }

    @Test
    void aHeadThatDrips() {
        server.on("/a", Answer.ok(BODY).dripHead(DRIP));
        assertThat(reason(Settings.firstByte(SHORT), server.url("/a")))
                .isEqualTo("no answer of " + who() + " within 300 ms");
    }

    @Test
    void informationWithoutEnd() {
        server.on(
                "/a", Answer.raw("HTTP/1.1 102 Processing\r\n\r\n".repeat(1000)).drip(Duration.ofMillis(5)));
        assertThat(reason(Settings.firstByte(SHORT), server.url("/a")))
                .isEqualTo("no answer of " + who() + " within 300 ms");
    }

    @Test
    void aBodyThatStalls() {
        server.on("/a", Answer.ok(BODY).cut(1234, Answer.Ending.STALL));
        assertThat(reason(Settings.idle(SHORT), server.url("/a")))
                .isEqualTo("nothing came for 300 ms after 1.2 kB of 10.0 kB");
    }

    @Test
    void aBodyThatDrips() {
        server.on("/a", Answer.ok(BODY).drip(DRIP));
        assertThat(reason(Settings.total(SHORT), server.url("/a")))
                .matches("it was not done within 300 ms: \\d+ bytes? of 10.0 kB came");
    }

    @Test
    void theBodyOfARedirectThatDrips() {
        // Reading all of it would take longer than the whole may.
        server.on("/a", Answer.redirect(302, "/b").body(new byte[1000]).drip(Duration.ofMillis(100)));
        server.on("/b", Answer.ok("there").then(Answer.Ending.CLOSE));
        NetSettings settings = Settings.firstByte(SHORT);
        try (OutboundClient client = new OutboundClient(settings);
                WebResponse response = client.exchange(WebRequest.get(server.url("/a"), 1 << 20))) {
            assertThat(response.status())
                    .as("its connection is given up, not the request")
                    .isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theWholeIsOverWhileAnAnswerIsWaitedFor() {
        server.on("/a", Answer.raw("").then(Answer.Ending.STALL));
        assertThat(reason(Settings.total(SHORT), server.url("/a"))).isEqualTo("it was not done within 300 ms");
    }

    @Test
    void theWholeHoldsOverRedirects() {
        for (int i = 0; i < 9; i++) {
            server.on("/" + i, Answer.redirect(302, "/" + (i + 1)).dripHead(Duration.ofMillis(2)));
        }
        assertThat(reason(Settings.total(SHORT), server.url("/0"))).endsWith("it was not done within 300 ms");
    }

    @Test
    void theWholeHoldsOverAllAttemptsOfADownload(@TempDir Path folder) {
        server.on("/a", Answer.ok(BODY).cut(100, Answer.Ending.RESET));
        NetSettings settings = Settings.total(Duration.ofMillis(500))
                .withRetries(new Retries(1000, Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofSeconds(1)));
        try (OutboundClient client = new OutboundClient(settings)) {
            DownloadRequest request = new DownloadRequest(server.url("/a"), folder.resolve("a"), null, null, 1 << 20);
            LimpidException told =
                    catchThrowableOfType(LimpidException.class, () -> client.download(request, TransferProgress.NONE));
            assertThat(told.reason())
                    .matches(".*(it was not done within 500 ms|the 500 ms that it may take are over).*");
        }
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(server.requests()).hasSizeGreaterThan(2);
    }
}
