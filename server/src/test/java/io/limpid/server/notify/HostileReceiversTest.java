package io.limpid.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.ClairSeverity;
import io.limpid.net.NetSettings;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.NotificationStore.Waiting;
import io.limpid.server.store.TestDatabases;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.testing.Answer;
import io.limpid.testing.Answer.Ending;
import io.limpid.testing.Answer.Framing;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real database and a real socket: receivers that answer wrongly, without end, or not; each costs five seconds at most, and others nothing. */
class HostileReceiversTest {
    private static final Duration HOUR = Duration.ofHours(1);
    /** What a receiver has, and what a busy machine takes besides. */
    private static final Duration WHOLE = Duration.ofSeconds(5);

    private static final Duration SPARE = Duration.ofSeconds(4);
    private static final Duration EACH_SECOND = Duration.ofSeconds(1);
    private static final String GOOD = "HTTP/1.1 200 OK\r\n";
    private static final String HOOK = "/hook";

    private TestDatabases.Fresh fresh;
    private NotificationStore store;
    private final Metrics metrics = new Metrics();

    @BeforeEach
    void start() throws Exception {
        fresh = TestDatabases.fresh();
        store = new NotificationStore(fresh.database());
        VulnerabilityStore vulnerabilities = new VulnerabilityStore(fresh.database(), 100);
        for (String name : List.of("CVE-1", "CVE-2", "CVE-3")) {
            vulnerabilities.insert(
                    new Vulnerability(
                            0,
                            new Namespace("debian:12", "dpkg"),
                            name,
                            "",
                            "",
                            ClairSeverity.LOW,
                            null,
                            List.of(),
                            ""),
                    true);
        }
    }

    @AfterEach
    void stop() throws Exception {
        fresh.close();
    }

    private static Answer answer(String kind) {
        return switch (kind) {
            case "nothing" -> Answer.raw("").then(Ending.STALL);
            case "closes" -> Answer.raw("");
            case "resets" -> Answer.raw("").then(Ending.RESET);
            case "garbage" -> Answer.raw("\0\1\2\u00ff\u00fe".repeat(1000) + "\r\n\r\n");
            case "half a status" -> Answer.raw("HTTP/1.1 20");
            case "status without its end" -> Answer.raw("HTTP/1.1 200");
            case "status and no more" -> Answer.raw(GOOD);
            case "half a head" -> Answer.raw(GOOD + "Content-Length: 1");
            case "status, then silence" -> Answer.raw(GOOD).then(Ending.STALL);
            case "half a status, then silence" -> Answer.raw("HTTP/1.1 200").then(Ending.STALL);
            case "fields without end" -> Answer.raw(GOOD + "X: y\r\n".repeat(100_000));
            case "a field without end" -> Answer.raw(GOOD + "X: " + "y".repeat(1_000_000));
            case "fields each second" ->
                Answer.raw(GOOD + "X: y\r\n".repeat(100)).drip(EACH_SECOND);
            case "a byte each second" -> Answer.status(200).dripHead(EACH_SECOND);
            case "interim answers" ->
                Answer.raw("HTTP/1.1 102 On\r\n\r\n".repeat(100_000)).then(Ending.STALL);
            case "a circle" -> Answer.redirect(301, HOOK);
            case "another circle" -> Answer.redirect(302, HOOK);
            case "307" -> Answer.redirect(307, HOOK);
            case "10 MB" -> Answer.ok(new byte[10_000_000]);
            case "10 MB in chunks" -> Answer.ok(new byte[10_000_000]).framed(Framing.CHUNKED);
            case "a body each second" -> Answer.ok("x".repeat(100)).drip(EACH_SECOND);
            case "a body that is cut" -> Answer.ok("x".repeat(100)).cut(50, Ending.CLOSE);
            case "500 and 10 MB" -> Answer.status(500).body(new byte[10_000_000]);
            default -> Answer.status(Integer.parseInt(kind));
        };
    }

    /** Why it is not taken; nothing when it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        404                         | it answers 404
        500                         | it answers 500
        500 and 10 MB               | it answers 500
        204                         | it answers 204
        a circle                    | it answers 301
        another circle              | it answers 302
        307                         | it answers 307
        closes                      | HOST closed the connection without an answer
        resets                      | the connection to HOST was reset before the answer was there
        garbage                     | the answer of HOST is not HTTP
        half a status               | the answer of HOST is not HTTP
        status without its end      | HOST closed the connection within the head of its answer
        status and no more          | HOST closed the connection within the head of its answer
        half a head                 | HOST closed the connection within the head of its answer
        fields without end          | the head of the answer of HOST is larger than allowed
        a field without end         | the head of the answer of HOST is larger than allowed
        nothing                     | it was not done within 5 s
        status, then silence        | it was not done within 5 s
        half a status, then silence | it was not done within 5 s
        fields each second          | it was not done within 5 s
        a byte each second          | it was not done within 5 s
        interim answers             | it was not done within 5 s
        200                         |
        201                         |
        10 MB                       |
        10 MB in chunks             |
        a body each second          |
        a body that is cut          |
        """)
    void costsItsFiveSecondsAndOthersNothing(String kind, @Nullable String reason) throws Exception {
        List<Waiting> all = store.waiting(10);
        String hostile = all.getFirst().name();
        try (FaultServer receiver = FaultServer.start()) {
            receiver.on(HOOK, request -> request.body().contains(hostile) ? answer(kind) : Answer.status(200));
            long begun = System.nanoTime();
            try (Notifier _ = notifier(receiver.url(HOOK), 1)) {
                await(() -> all.stream().skip(1).allMatch(this::isTold));
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SPARE);
                await(() -> isTold(all.getFirst()) || now(all.getFirst()).failures() > 0);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(WHOLE.plus(SPARE));
            }
            Waiting after = now(all.getFirst());
            if (reason == null) {
                assertThat(after.failures()).isZero();
            } else {
                assertThat(isTold(after)).isFalse();
                assertThat(after.failure()).contains(reason.replace("HOST", "127.0.0.1:" + receiver.port()));
                assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
                        .contains("clair_notifier_backend_errors_total{backend=\"webhook\"} 1");
            }
            assertThat(receiver.requests()).hasSize(3);
        }
    }

    /** It has taken it, and what it said of that was lost: it hears of it again, and knows it by its name. */
    @Test
    void whoseAnswerIsLostHearsOfItAgainByTheSameName() throws Exception {
        String lost = store.waiting(10).getFirst().name();
        try (FaultServer receiver = FaultServer.start()) {
            AtomicBoolean answers = new AtomicBoolean();
            receiver.on(
                    HOOK,
                    request -> request.body().contains(lost) && !answers.getAndSet(true)
                            ? Answer.raw("")
                            : Answer.status(200));
            try (Notifier _ = notifier(receiver.url(HOOK), 5)) {
                await(() -> store.waiting(10).stream().allMatch(this::isTold));
            }
            assertThat(receiver.requests()).hasSize(4);
            assertThat(receiver.requests())
                    .filteredOn(request -> request.body().contains(lost))
                    .hasSize(2);
        }
    }

    /** The status counts; of what follows no more is taken in than systems keep for both on the way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1000000000000\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n",
                "Connection: close\r\n\r\n"
            })
    void aBodyWithoutEndIsNotRead(String head) throws Exception {
        try (ServerSocket receiver = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Long> sent = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> pour(receiver, GOOD + head, sent));
            try (Webhook webhook = webhook(URI.create("http://127.0.0.1:" + receiver.getLocalPort() + HOOK))) {
                webhook.send("x");
            }
            assertThat(sent.get(10, TimeUnit.SECONDS)).isLessThan(20_000_000);
        }
    }

    /** Answers one request until nobody listens any more, and tells how many bytes went out. */
    private static void pour(ServerSocket receiver, String head, CompletableFuture<Long> sent) {
        long count = 0;
        try (Socket client = receiver.accept()) {
            InputStream in = client.getInputStream();
            // The body ends so.
            for (int last = 0, b = in.read(); b >= 0 && (last != '}' || b != '}'); b = in.read()) {
                last = b;
            }
            OutputStream out = client.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            byte[] block = new byte[10_000];
            while (count < 1_000_000_000) {
                out.write(block);
                count += block.length;
            }
        } catch (IOException _) {
            // It does not want more.
        }
        sent.complete(count);
    }

    private static Webhook webhook(URI endpoint) {
        return new Webhook(endpoint, null, NetSettings.fromEnvironment(Map.of(), "test"));
    }

    private Notifier notifier(URI endpoint, int attempts) {
        Notifier.Settings settings =
                new Notifier.Settings(attempts, HOUR, Duration.ofMillis(50), Duration.ofSeconds(30), 2);
        return Notifier.start(store, webhook(endpoint), settings, "test", metrics);
    }

    private Waiting now(Waiting before) throws ClairException {
        return store.waiting(10).stream()
                .filter(one -> one.name().equals(before.name()))
                .findFirst()
                .orElseThrow();
    }

    private boolean isTold(Waiting one) {
        try {
            return now(one).told() != null;
        } catch (ClairException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 300 && !condition.call(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.call()).isTrue();
    }
}
