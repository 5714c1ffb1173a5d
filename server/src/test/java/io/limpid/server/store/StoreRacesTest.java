package io.limpid.server.store;

import static io.limpid.server.store.Stored.fix;
import static io.limpid.server.store.Stored.layer;
import static io.limpid.server.store.Stored.vulnerability;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.LayerFeature;
import io.limpid.server.store.LayerStore.Depth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two servers on one PostgreSQL: whoever comes first, nothing is missing and nobody is told of a conflict. */
@OnEachPostgres
class StoreRacesTest {
    private static final int ROUNDS = 200;

    /** The stores of one server. */
    private record Server(Database database, LayerStore layers, VulnerabilityStore vulnerabilities)
            implements AutoCloseable {
        static Server on(ConnectionSource source) throws ClairException {
            Database database = Database.open(source, Database.Settings.DEFAULT);
            return new Server(database, new LayerStore(database, 100), new VulnerabilityStore(database, 100));
        }

        @Override
        public void close() {
            database.close();
        }
    }

    @FunctionalInterface
    private interface Round {
        List<Callable<Object>> of(int round, Server one, Server other) throws ClairException;
    }

    @FunctionalInterface
    private interface Check {
        void after(int round, List<Object> results, Server one) throws ClairException;
    }

    private static void race(Round round, Check check) throws Exception {
        try (var fresh = TestDatabases.fresh();
                Server one = Server.on(fresh.source());
                Server other = Server.on(fresh.source());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ROUNDS; i++) {
                List<Callable<Object>> work = round.of(i, one, other);
                CyclicBarrier start = new CyclicBarrier(work.size());
                List<Future<Object>> futures = new ArrayList<>();
                for (Callable<Object> each : work) {
                    futures.add(threads.submit(() -> {
                        start.await();
                        return each.call();
                    }));
                }
                List<Object> results = new ArrayList<>();
                for (Future<Object> future : futures) {
                    results.add(future.get());
                }
                check.after(i, results, one);
            }
        }
    }

    private static Callable<Object> insert(Server server, IndexedLayer layer) {
        return () -> {
            server.layers.insert(layer);
            return true;
        };
    }

    @Test
    void aVulnerabilityAndALayerWithItsPackages() throws Exception {
        race(
                (i, one, other) -> {
                    // Features that are made by both would make the later one wait, with or without a lock.
                    one.layers.insert(layer("p" + i, null, "a" + i + " 0", "b" + i + " 0"));
                    return List.of(
                            insert(one, layer("l" + i, null, "a" + i + " 1", "b" + i + " 1", "c 1." + i)), () -> {
                                other.vulnerabilities.insert(
                                        vulnerability("v" + i, fix("b" + i, "2"), fix("c", "2"), fix("a" + i, "2")),
                                        true);
                                return true;
                            });
                },
                (i, _, one) -> {
                    IndexedLayer found =
                            one.layers.find("l" + i, Depth.VULNERABILITIES).orElseThrow();
                    assertThat(found.features()).hasSize(3);
                    for (LayerFeature feature : found.features()) {
                        assertThat(feature.affectedBy())
                                .anyMatch(each -> each.name().equals("v" + i));
                    }
                    // Every vulnerability so far fixes c in 2, which is after 1.round.
                    assertThat(found.features())
                            .filteredOn(feature ->
                                    feature.version().feature().name().equals("c"))
                            .singleElement()
                            .satisfies(
                                    feature -> assertThat(feature.affectedBy()).hasSize(i + 1));
                });
    }

    @Test
    void manyVulnerabilitiesAndLayersInOppositeOrders() throws Exception {
        race(
                (i, one, other) -> List.of(
                        insert(one, layer("l" + i, null, "a 1." + i, "b 1." + i, "c 1." + i)),
                        insert(other, layer("m" + i, null, "c 1." + i, "b 1." + i, "a 1." + i)),
                        () -> {
                            one.vulnerabilities.insertAll(
                                    List.of(
                                            vulnerability("v" + i, fix("a", "2"), fix("b", "2")),
                                            vulnerability("w" + i, fix("c", "2"))),
                                    true);
                            return true;
                        },
                        () -> {
                            other.vulnerabilities.insertAll(
                                    List.of(
                                            vulnerability("w" + i, fix("c", "2")),
                                            vulnerability("v" + i, fix("b", "2"), fix("a", "2"))),
                                    true);
                            return true;
                        },
                        () -> {
                            other.vulnerabilities.insert(vulnerability("x" + i, fix("c", "2"), fix("a", "2")), true);
                            return true;
                        }),
                (i, _, one) -> {
                    for (String name : List.of("l" + i, "m" + i)) {
                        for (LayerFeature feature : one.layers
                                .find(name, Depth.VULNERABILITIES)
                                .orElseThrow()
                                .features()) {
                            int each = feature.version().feature().name().equals("b") ? 1 : 2;
                            assertThat(feature.affectedBy())
                                    .as(feature.toString())
                                    .hasSize(each * (i + 1));
                        }
                    }
                });
    }

    @Test
    void theSameLayer() throws Exception {
        race(
                (i, one, other) -> List.of(
                        insert(one, layer("l" + i, null, "a" + i + " 1", "b 1")),
                        insert(other, layer("l" + i, null, "b 1", "a" + i + " 1"))),
                (i, _, one) -> assertThat(one.layers
                                .find("l" + i, Depth.FEATURES)
                                .orElseThrow()
                                .features())
                        .hasSize(2));
    }

    @Test
    void aLayerAndTheEndOfItsParent() throws Exception {
        race(
                (i, one, other) -> {
                    one.layers.insert(layer("p" + i, null, "a 1"));
                    return List.of(
                            () -> {
                                try {
                                    one.layers.insert(layer("c" + i, "p" + i, "a 1", "b 1"));
                                    return "stored";
                                } catch (ClairException e) {
                                    return e.error();
                                }
                            },
                            () -> other.layers.delete("p" + i));
                },
                (i, results, one) -> {
                    assertThat(results.get(0)).isIn("stored", ClairError.PARENT_UNKNOWN);
                    assertThat(results.get(1)).isEqualTo(true);
                    assertThat(one.layers.find("p" + i, Depth.LAYER)).isEmpty();
                    assertThat(one.layers.find("c" + i, Depth.LAYER)).isEmpty();
                });
    }

    @Test
    void aLayerAndItsOwnEnd() throws Exception {
        race(
                (i, one, other) -> List.of(
                        insert(one, layer("l" + i, null, "a 1")),
                        insert(other, layer("l" + i, null, "a 1")),
                        () -> other.layers.delete("l" + i)),
                (i, _, one) -> {
                    var left = one.layers.find("l" + i, Depth.FEATURES);
                    if (left.isPresent()) {
                        assertThat(left.get().features()).hasSize(1);
                    }
                });
    }

    @Test
    void theSameVulnerability() throws Exception {
        race(
                (i, one, other) -> List.of(
                        () -> {
                            one.vulnerabilities.insert(vulnerability("v" + i, fix("a", "1")), true);
                            return true;
                        },
                        () -> {
                            other.vulnerabilities.insert(vulnerability("v" + i, fix("b", "1")), true);
                            return true;
                        }),
                // The later one is a change of the earlier one, so that both fixes are there.
                (i, _, one) -> assertThat(one.vulnerabilities
                                .find(Stored.NAMESPACE.name(), "v" + i)
                                .orElseThrow()
                                .fixedIn())
                        .extracting(each -> each.feature().name())
                        .containsExactlyInAnyOrder("a", "b"));
    }
}
