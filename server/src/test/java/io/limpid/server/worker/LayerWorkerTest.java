package io.limpid.server.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.image.Sha256;
import io.limpid.net.NetSettings;
import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.Namespace;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.TarMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerWorkerTest {
    private static final byte[] LAYER = new TarMaker()
            .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
            .file("var/lib/dpkg/status", "Package: bash\nVersion: 5.2.15-2\n")
            .bytes();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final NetSettings net = NetSettings.fromEnvironment(Map.of(), "0");
    private final LayersInMemory layers = new LayersInMemory();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init")
    private FaultServer server;

    /** At {@code /held} a layer is given out only once the gate is open. */
    @BeforeEach
    void serve() throws IOException {
        server = FaultServer.start()
                .on("/l", Answer.ok(LAYER))
                .on("/broken", Answer.ok("this is no archive at all"))
                .on("/held", _ -> {
                    asked.countDown();
                    await(gate);
                    return Answer.ok(LAYER);
                });
    }

    @AfterEach
    void stop() {
        gate.countDown();
        server.close();
    }

    @Test
    void oneLayerPostedByManyIsReadOnce() throws Exception {
        try (LayerWorker worker = worker(WorkerSettings.DEFAULT)) {
            List<FutureTask<String>> posts = new ArrayList<>();
            posts.add(post(worker, "same", "/held"));
            asked.await();
            for (int i = 0; i < 20; i++) {
                posts.add(waiting(worker, "same", i % 2 == 0 ? "/held" : "/broken"));
            }
            gate.countDown();
            for (FutureTask<String> post : posts) {
                assertThat(post.get()).isEqualTo("stored");
            }
            assertThat(layers.inserted()).containsOnly("same");
        }
    }

    @Test
    void aFailureIsEverybodysAndTheNextPostTriesAgain() throws Exception {
        server.on("/fails", _ -> {
            asked.countDown();
            await(gate);
            return Answer.status(500);
        });
        try (LayerWorker worker = worker(WorkerSettings.DEFAULT)) {
            FutureTask<String> first = post(worker, "x", "/fails");
            asked.await();
            FutureTask<String> second = waiting(worker, "x", "/fails");
            gate.countDown();
            assertThat(List.of(first.get(), second.get())).containsOnly("could not find layer");
            assertThat(server.requests()).hasSize(1);
            assertThat(post(worker, "x", "/l").get()).isEqualTo("stored");
        }
    }

    /** Its client may have left: it is done all the same. */
    @Test
    void anotherRequestIsReadWhenTheFirstFailsAlsoForNobody() throws Exception {
        server.on("/fails", _ -> {
            asked.countDown();
            await(gate);
            return Answer.status(500);
        });
        try (LayerWorker worker = worker(WorkerSettings.DEFAULT)) {
            FutureTask<String> first = post(worker, "x", "/fails");
            asked.await();
            FutureTask<String> other = task(worker, "x", "/l");
            Thread client = Thread.ofVirtual().start(other);
            awaitWaiting(worker, 1);
            client.interrupt();
            assertThat(other.get()).isEqualTo(ClairError.BUSY.message());
            gate.countDown();
            assertThat(first.get()).isEqualTo("could not find layer");
        }
        assertThat(layers.inserted()).containsExactly("x");
    }

    /** As in the original, where each is read for itself: a wrong path of one client is not the failure of another. */
    @Test
    void aFailureIsNotThatOfAnotherRequest() throws Exception {
        server.on("/fails", _ -> {
            asked.countDown();
            await(gate);
            return Answer.status(500);
        });
        try (LayerWorker worker = worker(WorkerSettings.DEFAULT)) {
            FutureTask<String> first = post(worker, "x", "/fails");
            asked.await();
            FutureTask<String> broken = post(worker, "x", "/broken");
            awaitWaiting(worker, 1);
            FutureTask<String> right = post(worker, "x", "/l");
            awaitWaiting(worker, 2);
            gate.countDown();
            assertThat(first.get()).isEqualTo("could not find layer");
            assertThat(broken.get()).isEqualTo("tarutil: could not extract the archive");
            assertThat(right.get()).isEqualTo("stored");
            assertThat(layers.inserted()).containsOnly("x");
        }
    }

    @Test
    void whatIsBeyondTheQueueIsToldToComeLater() throws Exception {
        try (LayerWorker worker = worker(WorkerSettings.DEFAULT.withQueue(1, 1))) {
            FutureTask<String> running = post(worker, "a", "/held");
            asked.await();
            FutureTask<String> waiting = post(worker, "b", "/l");
            awaitWaiting(worker, 1);
            assertThat(worker.load().running()).isEqualTo(1);
            List<FutureTask<String>> beyond = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                beyond.add(post(worker, "c" + i, "/l"));
            }
            for (FutureTask<String> post : beyond) {
                assertThat(post.get()).isEqualTo(ClairError.BUSY.message());
            }
            gate.countDown();
            assertThat(List.of(running.get(), waiting.get())).containsOnly("stored");
            assertThat(worker.load()).isEqualTo(new WorkerLoad(0, 0, Duration.ZERO));
        }
    }

    /** Known layers need no place in the queue, and nothing of the request. */
    @Test
    void aKnownLayerIsLeftAsItIs() throws Exception {
        IndexedLayer known = new IndexedLayer("known", IndexedLayer.ENGINE, null, null, List.of());
        layers.insert(known);
        try (LayerWorker worker = worker(WorkerSettings.DEFAULT.withQueue(1, 0))) {
            FutureTask<String> running = post(worker, "a", "/held");
            asked.await();
            worker.process(new LayerRequest("known", "/nowhere", Map.of(), "absent", "nope"));
            gate.countDown();
            assertThat(running.get()).isEqualTo("stored");
            assertThat(layers.find("known", true)).contains(known);
        }
    }

    @Test
    void anOlderEnginesLayerIsReadAnewOverTheParentThatItHad() throws Exception {
        Namespace debian = new Namespace("debian:11", "dpkg");
        layers.insert(new IndexedLayer("below", IndexedLayer.ENGINE, null, debian, List.of()));
        layers.insert(new IndexedLayer("old", 2, "below", null, List.of()));
        server.on("/empty", Answer.ok(new byte[0]));
        try (LayerWorker worker = worker(WorkerSettings.DEFAULT)) {
            worker.process(new LayerRequest("old", server.url("/empty").toString(), Map.of(), "absent", "Docker"));
        }
        assertThat(layers.find("old", true))
                .contains(new IndexedLayer("old", IndexedLayer.ENGINE, "below", debian, List.of()));
    }

    @Test
    void whoLeavesLeavesTheWorkGoingOn() throws Exception {
        try (LayerWorker worker = worker(WorkerSettings.DEFAULT)) {
            CountDownLatch left = new CountDownLatch(1);
            Thread client = Thread.ofVirtual().start(() -> {
                assertThatThrownBy(() -> worker.process(request("left", "/held")))
                        .isInstanceOf(ClairException.class);
                left.countDown();
            });
            asked.await();
            client.interrupt();
            left.await();
            gate.countDown();
            assertThat(post(worker, "left", "/held").get()).isEqualTo("stored");
        }
        assertThat(layers.inserted()).containsExactly("left");
    }

    @Test
    void theDeadlineEndsWhatNeverComes() throws Exception {
        try (LayerWorker worker = worker(WorkerSettings.DEFAULT.withDeadline(Duration.ofMillis(200)))) {
            assertThat(post(worker, "late", "/held").get()).isEqualTo("could not find layer");
        }
    }

    @Test
    void closingWaitsForWhatIsBegun() throws Exception {
        LayerWorker worker = worker(WorkerSettings.DEFAULT);
        FutureTask<String> post = post(worker, "last", "/held");
        asked.await();
        Thread closing = Thread.ofVirtual().start(worker::close);
        while (post(worker, "more", "/l").get().equals("stored")) {
            layers.delete("more");
        }
        gate.countDown();
        closing.join();
        assertThat(post.get()).isEqualTo("stored");
        assertThat(post(worker, "more", "/l").get()).isEqualTo(ClairError.BUSY.message());
    }

    @Test
    void aDigestIsBelievedOnlyWhenItIsStrict() throws Exception {
        Path file = folder.resolve("layer.tar");
        Files.write(file, LAYER);
        WorkerSettings settings = WorkerSettings.DEFAULT.withLocalRoots(List.of(folder));
        String other = "0".repeat(64);
        try (LayerWorker worker = worker(settings);
                LayerWorker strict = worker(settings.withFetchPolicy(FetchPolicy.STRICT))) {
            worker.process(new LayerRequest(other, file.toString(), Map.of(), null, "docker"));
            layers.delete(other);
            for (String name : List.of(other, "sha256:" + other)) {
                assertThatThrownBy(
                                () -> strict.process(new LayerRequest(name, file.toString(), Map.of(), null, "docker")))
                        .hasMessage("tarutil: could not extract the archive");
            }
            for (String name :
                    List.of(Sha256.of(LAYER).toString(), Sha256.of(LAYER).hex(), "any name")) {
                strict.process(new LayerRequest(name, file.toString(), Map.of(), "", "docker"));
            }
            assertThat(layers.inserted()).hasSize(4);
        }
    }

    private LayerWorker worker(WorkerSettings settings) {
        return new LayerWorker(layers, settings, net);
    }

    private LayerRequest request(String name, String path) {
        return new LayerRequest(name, server.url(path).toString(), Map.of(), null, "Docker");
    }

    /** Posts a layer in a thread of its own; the outcome is {@code stored} or the error's message. */
    private FutureTask<String> post(LayerWorker worker, String name, String path) {
        FutureTask<String> task = task(worker, name, path);
        Thread.ofVirtual().start(task);
        return task;
    }

    /** The same, once it waits for the one of this name that is under way. */
    private FutureTask<String> waiting(LayerWorker worker, String name, String path) {
        FutureTask<String> task = task(worker, name, path);
        Thread client = Thread.ofVirtual().start(task);
        while (client.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return task;
    }

    private FutureTask<String> task(LayerWorker worker, String name, String path) {
        Callable<String> post = () -> {
            try {
                worker.process(request(name, path));
                return "stored";
            } catch (ClairException e) {
                return String.valueOf(e.getMessage());
            }
        };
        return new FutureTask<>(post);
    }

    private static void awaitWaiting(LayerWorker worker, int count) {
        while (worker.load().waiting() < count) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
