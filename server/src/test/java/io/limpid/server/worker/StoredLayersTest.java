package io.limpid.server.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.net.NetSettings;
import io.limpid.server.clair.ClairException;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.store.LayerStore;
import io.limpid.server.store.OnEachPostgres;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.TarMaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers of several workers, as those of two servers, on one real PostgreSQL. */
@OnEachPostgres
class StoredLayersTest {
    private static final int CHAIN = 30;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final NetSettings net = NetSettings.fromEnvironment(Map.of(), "0");

    @Test
    void readsAChainPostedToTwoServersAtOnce() throws Exception {
        WorkerSettings settings = WorkerSettings.DEFAULT.withLocalRoots(List.of(folder));
        for (int i = 0; i < CHAIN; i++) {
            Files.write(folder.resolve("layer" + i), layer(i));
        }
        try (var fresh = TestDatabases.fresh();
                LayerWorker one = new LayerWorker(new LayerStore(fresh.database(), 100), settings, net);
                LayerWorker other = new LayerWorker(new LayerStore(fresh.database(), 0), settings, net);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CHAIN; i++) {
                LayerRequest request = new LayerRequest(
                        "layer" + i,
                        folder.resolve("layer" + i).toString(),
                        Map.of(),
                        i == 0 ? null : "layer" + (i - 1),
                        "Docker");
                List<Future<Void>> posts = new ArrayList<>();
                for (LayerWorker worker : List.of(one, other, one, other)) {
                    posts.add(clients.submit(() -> {
                        worker.process(request);
                        return null;
                    }));
                }
                for (Future<Void> post : posts) {
                    post.get();
                }
            }
            check(new LayerStore(fresh.database(), 100));
        }
    }

    /** Every layer has one package more than the one below it, and another version of one that all have. */
    private static void check(LayerStore store) throws ClairException {
        Optional<IndexedLayer> last = store.find("layer" + (CHAIN - 1), LayerStore.Depth.FEATURES);
        assertThat(last).isPresent();
        assertThat(last.get().features()).hasSize(CHAIN + 1).allSatisfy(feature -> {
            String name = feature.version().feature().name();
            String version = feature.version().version();
            assertThat(feature.addedBy())
                    .isEqualTo(name.equals("all") ? "layer" + version : "layer" + name.substring(1));
            assertThat(feature.version().feature().namespace().name()).isEqualTo("debian:12");
        });
    }

    private static byte[] layer(int index) {
        StringBuilder status = new StringBuilder("Package: all\nVersion: " + index + "\n\n");
        for (int i = 0; i <= index; i++) {
            status.append("Package: p").append(i).append("\nVersion: 1\n\n");
        }
        TarMaker tar = new TarMaker().file("var/lib/dpkg/status", status.toString());
        return (index == 0 ? tar.file("etc/os-release", "ID=debian\nVERSION_ID=12\n") : tar).bytes();
    }
}
