package io.limpid.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.model.ClairSeverity;
import io.limpid.net.NetSettings;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Notification;
import io.limpid.server.clair.Vulnerability;
import io.limpid.server.metrics.Metrics;
import io.limpid.server.store.NotificationStore;
import io.limpid.server.store.NotificationStore.Waiting;
import io.limpid.server.store.StoreWatch;
import io.limpid.server.store.TestDatabases;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real database and a real socket: who is told, how often, and what keeps others from being told. */
class NotifierTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Namespace NAMESPACE = new Namespace("debian:12", "dpkg");
    private static final Pattern BODY = Pattern.compile("\\{\"Notification\":\\{\"Name\":\"([0-9a-f-]{36})\"}}");
    private static final String HOOK = "/hook";

    private TestDatabases.Fresh fresh;
    private FaultServer receiver;
    private NotificationStore store;
    private final Metrics metrics = new Metrics();
    /** What was told to the receiver, and how often. */
    private final Map<String, AtomicInteger> told = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws Exception {
        fresh = TestDatabases.fresh();
        store = new NotificationStore(fresh.database());
        receiver = FaultServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        receiver.close();
        fresh.close();
    }

    private void notifications(int count) throws Exception {
        VulnerabilityStore vulnerabilities = new VulnerabilityStore(fresh.database(), 100);
        for (int i = 0; i < count; i++) {
            vulnerabilities.insert(
                    new Vulnerability(0, NAMESPACE, "CVE-" + i, "", "", ClairSeverity.LOW, null, List.of(), ""), true);
        }
    }

    private Notifier notifier(Notifier.Settings settings) {
        Webhook webhook = new Webhook(receiver.url(HOOK), null, NetSettings.fromEnvironment(Map.of(), "test"));
        return Notifier.start(store, webhook, settings, "test", metrics);
    }

    private static Notifier.Settings settings(int attempts, Duration renotify, int parallel) {
        return new Notifier.Settings(attempts, renotify, SOON, Duration.ofSeconds(30), parallel);
    }

    /** Notes who was told, and answers so. */
    private FaultServer.Handler answering(Answer answer) {
        return request -> {
            note(request);
            return answer;
        };
    }

    private String note(FaultServer.Request request) {
        Matcher body = BODY.matcher(request.body());
        assertThat(body.matches()).as(request.body()).isTrue();
        told.computeIfAbsent(body.group(1), _ -> new AtomicInteger()).incrementAndGet();
        return body.group(1);
    }

    private int calls() {
        return told.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 300 && !condition.call(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.call()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201})
    void whatIsTakenIsToldOnce(int status) throws Exception {
        receiver.on(HOOK, answering(Answer.status(status)));
        notifications(20);
        try (Notifier _ = notifier(settings(5, HOUR, 4))) {
            await(() -> told.size() == 20);
            Thread.sleep(500);
        }
        assertThat(calls()).isEqualTo(20);
        FaultServer.Request request = receiver.requests().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
                .contains("clair_notifier_latency_milliseconds_count 20");
        assertThat(told.keySet()).allMatch(this::notified);
    }

    /** A receiver that does not take them, closes without a word or after the first bytes, or says more than anybody reads. */
    @ParameterizedTest
    @ValueSource(strings = {"204", "302", "404", "500", "nothing", "cut"})
    void whatIsNotTakenIsToldAgainByTheSameName(String kind) throws Exception {
        Answer answer = switch (kind) {
            case "nothing" -> Answer.raw("");
            case "cut" -> Answer.raw("HTTP/1.1 ");
            case "302" -> Answer.redirect(302, "/elsewhere");
            default -> Answer.status(Integer.parseInt(kind));
        };
        receiver.on(HOOK, answering(answer));
        notifications(1);
        try (Notifier _ = notifier(settings(5, HOUR, 1))) {
            await(() -> calls() >= 2);
            assertThat(told).hasSize(1);
            receiver.on(HOOK, answering(Answer.status(200)));
            await(() -> notified(told.keySet().iterator().next()));
        }
        assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
                .containsPattern("clair_notifier_backend_errors_total\\{backend=\"webhook\"} [2-9]");
    }

    @Test
    void aLongAnswerIsNotReadToItsEnd() throws Exception {
        receiver.on(HOOK, answering(Answer.ok(new byte[10_000_000])));
        notifications(3);
        try (Notifier _ = notifier(settings(5, HOUR, 1))) {
            await(() -> told.size() == 3);
            for (String name : told.keySet()) {
                await(() -> notified(name));
            }
        }
        assertThat(calls()).isEqualTo(3);
    }

    private boolean notified(String name) {
        try {
            return store.find(name, 0, Notification.Page.FIRST).orElseThrow().notified() != null;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** One whose telling takes as long as it may, and one that is never taken. */
    @Test
    void noneHoldsUpAnother() throws Exception {
        notifications(10);
        List<String> names = names();
        // The first is told first.
        String slow = names.getFirst();
        String refused = names.getLast();
        CountDownLatch released = new CountDownLatch(1);
        receiver.on(HOOK, request -> {
            String name = note(request);
            if (name.equals(slow)) {
                await(released);
            }
            return Answer.status(name.equals(refused) ? 500 : 200);
        });
        try (Notifier _ = notifier(settings(5, HOUR, 2))) {
            List<String> others = names.subList(1, names.size() - 1);
            await(() -> told.containsKey(refused) && others.stream().allMatch(this::notified));
            // It is still being told: nobody has given up.
            assertThat(told.get(slow)).hasValue(1);
            assertThat(waiting(slow).failures()).isZero();
            assertThat(waiting(slow).told()).isNull();
            released.countDown();
            await(() -> notified(slow));
        }
        assertThat(told.get(slow)).hasValue(1);
        assertThat(notified(refused)).isFalse();
    }

    /** In the order in which they are told. */
    private List<String> names() throws ClairException {
        return store.waiting(100).stream().map(Waiting::name).toList();
    }

    private Waiting waiting(String name) throws ClairException {
        return store.waiting(100).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** More mistakes than threads, in the telling and in what the database is asked, and the threads are all still there. */
    @Test
    void aMistakeOfTheProgramEndsNoThread() throws Exception {
        notifications(10);
        List<String> names = names();
        List<String> unlucky = names.subList(0, 6);
        fresh.database().watchedBy(new MistakenWatch());
        // What was claimed and not heard of is told when its claim ends.
        Notifier.Settings settings = new Notifier.Settings(1, HOUR, SOON, Duration.ofSeconds(1), 2);
        try (Notifier _ = Notifier.start(store, new MistakenSender(unlucky), settings, "test", metrics)) {
            await(() -> names.subList(6, 10).stream().allMatch(this::notified)
                    && told.keySet().containsAll(unlucky)
                    && store.waiting(100).stream()
                                    .filter(one -> one.failures() == 1)
                                    .count()
                            == 6);
        }
        assertThat(waiting(unlucky.getFirst()).failure()).isEqualTo("java.lang.IllegalStateException: a mistake\\u{0}");
        assertThat(new String(metrics.text(), StandardCharsets.UTF_8))
                .contains("clair_notifier_backend_errors_total{backend=\"mistaken\"} 6");
    }

    /** Tells some not, by a mistake of its own. */
    private final class MistakenSender implements NotificationSender {
        private final List<String> unlucky;

        MistakenSender(List<String> unlucky) {
            this.unlucky = unlucky;
        }

        @Override
        public String name() {
            return "mistaken";
        }

        @Override
        public void send(String notification) {
            told.computeIfAbsent(notification, _ -> new AtomicInteger()).incrementAndGet();
            if (unlucky.contains(notification)) {
                throw new IllegalStateException("a mistake\0");
            }
        }

        @Override
        public void close() {}
    }

    /** Throws the first times that a notification is claimed and that one is noted as taken. */
    private static final class MistakenWatch implements StoreWatch {
        private final AtomicInteger claims = new AtomicInteger();
        private final AtomicInteger notes = new AtomicInteger();

        @Override
        public void asked(Question question, long nanos) {
            boolean claims = question.name().equals("GetAvailableNotification") && this.claims.incrementAndGet() <= 6;
            boolean notes = question.name().equals("SetNotificationNotified") && this.notes.incrementAndGet() <= 3;
            if (claims || notes) {
                throw new IllegalStateException("another mistake");
            }
        }

        @Override
        public void failed(Question question) {}

        @Override
        public void remembered(String object, boolean isHit) {}

        @Override
        public void locking(int more) {}
    }

    private static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The receiver has deleted none. */
    @Test
    void whatWasTakenIsToldAgainAfterAWhile() throws Exception {
        receiver.on(HOOK, answering(Answer.status(200)));
        notifications(2);
        try (Notifier _ = notifier(settings(5, Duration.ofMillis(300), 2))) {
            await(() -> told.size() == 2 && told.values().stream().allMatch(count -> count.get() >= 3));
            Map.Entry<String, AtomicInteger> gone = told.entrySet().iterator().next();
            store.delete(gone.getKey());
            // One that was claimed before.
            Thread.sleep(500);
            int last = gone.getValue().get();
            Thread.sleep(1000);
            assertThat(gone.getValue()).hasValue(last);
        }
    }

    @Test
    void severalServersShareTheWork() throws Exception {
        receiver.on(HOOK, answering(Answer.status(200)));
        notifications(200);
        try (Notifier _ = notifier(settings(5, HOUR, 4));
                Notifier _ = notifier(settings(5, HOUR, 4));
                Notifier _ = notifier(settings(5, HOUR, 4))) {
            await(() -> told.size() == 200);
        }
        assertThat(calls()).isEqualTo(200);
    }

    /** What is being told while it ends is somebody else's at once. */
    @Test
    void whoEndsGivesBackWhatHeHasClaimed() throws Exception {
        notifications(1);
        AtomicInteger asked = new AtomicInteger();
        receiver.on(HOOK, request -> {
            note(request);
            if (asked.incrementAndGet() == 1) {
                sleep(Duration.ofSeconds(4));
            }
            return Answer.status(200);
        });
        Notifier one = notifier(settings(5, HOUR, 1));
        await(() -> asked.get() == 1);
        one.close();
        long begun = System.nanoTime();
        try (Notifier _ = notifier(settings(5, HOUR, 1))) {
            await(() -> asked.get() == 2);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(told).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 1, 1s",
        "5, 2, 2s",
        "5, 3, 4s",
        "5, 4, 8s",
        "5, 5, 2h",
        "5, 6, 1s",
        "5, 10, 2h",
        "1, 1, 2h",
        "1, 2, 2h",
        "100, 10, 512s",
        "100, 11, 900s",
        "100, 99, 900s",
        "100, 100, 2h"
    })
    void pauses(int attempts, int failures, String pause) {
        Duration expected = Duration.parse("PT" + pause);
        assertThat(settings(attempts, Duration.ofHours(2), 1).pause(failures)).isEqualTo(expected);
    }

    @Test
    void pausesOfAnyNumberOfFailures() {
        IntStream.of(1, 1000, Integer.MAX_VALUE)
                .forEach(failures ->
                        assertThat(settings(7, HOUR, 1).pause(failures)).isBetween(Duration.ofSeconds(1), HOUR));
    }
}
