package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.store.StoreLaws;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed in the middle of posts, beside another one on the same PostgreSQL: what was acknowledged is there, and nothing is there by
 * half.
 *
 * <p>{@code -Dlimpid.kills=N} kills N times instead of once.
 */
class ServerKillsTest {
    private static final int KILLS = Integer.getInteger("limpid.kills", 1);
    private static final int CLIENTS = 4;
    private static final int PACKAGES = 30;
    /** So many acknowledgements at most before the kill. */
    private static final int MOST = 40;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void whatWasAcknowledgedIsThereAndNothingByHalf() throws Exception {
        Random random = new Random(KILLS);
        ApiAt survivor = new ApiAt(FreePort.next());
        try (var fresh = TestDatabases.fresh();
                RunningServer _ = TwoServers.start(folder, fresh.source(), survivor.port(), FreePort.next())) {
            ServerProcess server = ServerProcess.start(folder, fresh.source()).awaitHealth();
            try {
                for (int i = 0; i < KILLS; i++) {
                    Round round = new Round(i, TwoServers.archive(folder, "layer" + i, packages(i, 1)));
                    round.postUntilKilled(server, survivor, 1 + random.nextInt(MOST));
                    server = ServerProcess.start(folder, fresh.source()).awaitHealth();
                    round.check(List.of(server.api(), survivor));
                    assertThat(StoreLaws.broken(fresh.source())).isEmpty();
                }
            } finally {
                server.close();
            }
        }
    }

    /** A round's packages in a version: no other round has them. */
    private static String[] packages(int round, int version) {
        return IntStream.range(0, PACKAGES)
                .mapToObj(i -> "p" + round + "-" + i + " " + version)
                .toArray(String[]::new);
    }

    /** What clients wrote until the kill, by name: whether it was acknowledged. */
    private record Round(int number, Path archive, Map<String, Boolean> layers, Map<String, Boolean> vulnerabilities) {
        Round(int number, Path archive) {
            this(number, archive, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        /** Posts by some clients to a server, which is killed after so many acknowledgements, and by one to another server. */
        void postUntilKilled(ServerProcess server, ApiAt survivor, int acknowledgements) throws Exception {
            CountDownLatch acknowledged = new CountDownLatch(acknowledgements);
            AtomicBoolean isOver = new AtomicBoolean();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> clients = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    String name = number + "-" + client;
                    clients.add(threads.submit(() -> {
                        post(server.api(), name, acknowledged, isOver);
                        return null;
                    }));
                }
                clients.add(threads.submit(() -> {
                    post(survivor, number + "-beside", new CountDownLatch(1), isOver);
                    return null;
                }));
                acknowledged.await();
                server.kill();
                isOver.set(true);
                for (Future<?> client : clients) {
                    client.get();
                }
            }
        }

        /** Posts a chain of layers and as many vulnerabilities, until the server is gone when that may be so, or all is over. */
        private void post(ApiAt api, String client, CountDownLatch acknowledged, AtomicBoolean isOver)
                throws IOException {
            try {
                for (int i = 0; !isOver.get(); i++) {
                    String vulnerability = "V-" + client + "-" + i;
                    vulnerabilities.put(vulnerability, false);
                    assertThat(postVulnerability(api, vulnerability)).isEqualTo(201);
                    vulnerabilities.put(vulnerability, true);
                    acknowledged.countDown();
                    String layer = client + "-" + i;
                    layers.put(layer, false);
                    assertThat(postLayer(api, layer)).isEqualTo(201);
                    layers.put(layer, true);
                    acknowledged.countDown();
                }
            } catch (IOException | AssertionError e) {
                // Only the kill may end a connection.
                if (e instanceof AssertionError || acknowledged.getCount() > 0) {
                    while (acknowledged.getCount() > 0) {
                        acknowledged.countDown();
                    }
                    throw e;
                }
            }
        }

        private int postVulnerability(ApiAt api, String name) throws IOException {
            return api.postVulnerability(name, "High", List.of(packages(number, 2)));
        }

        /** Each on the one before it. */
        private int postLayer(ApiAt api, String name) throws IOException {
            int dash = name.lastIndexOf('-') + 1;
            int index = Integer.parseInt(name.substring(dash));
            return api.postLayer(name, index == 0 ? null : name.substring(0, dash) + (index - 1), archive);
        }

        /** Everything is there, or all of it is not and can be written again; and all servers say the same. */
        void check(List<ApiAt> servers) throws IOException {
            assertThat(vulnerabilities).containsValue(true);
            String fixes = Stream.of(packages(number, 2)).sorted().collect(Collectors.joining(", "));
            for (var entry : vulnerabilities.entrySet()) {
                String name = entry.getKey();
                for (ApiAt server : servers) {
                    Optional<String> found = server.vulnerability(name);
                    if (entry.getValue() || found.isPresent()) {
                        assertThat(found).as(name).contains("High: " + fixes);
                    }
                }
                assertThat(postVulnerability(servers.getFirst(), name)).isEqualTo(201);
            }
            String affected = vulnerabilities.keySet().stream()
                    .map(name -> name + " High 2")
                    .sorted()
                    .collect(Collectors.joining(", "));
            SortedMap<String, String> features = new TreeMap<>();
            Stream.of(packages(number, 1)).forEach(each -> features.put(each, affected));
            for (var entry : layers.entrySet()) {
                String name = entry.getKey();
                for (ApiAt server : servers) {
                    Optional<SortedMap<String, String>> found = server.layer(name);
                    if (entry.getValue() || found.isPresent()) {
                        assertThat(found).as(name).contains(features);
                    }
                }
                assertThat(postLayer(servers.getFirst(), name)).isEqualTo(201);
                assertThat(servers.getLast().layer(name)).contains(features);
            }
        }
    }
}
