package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.api.RawHttp;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.TarMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** More clients at once than are served: each gets an answer, and those of other kinds are not in their way. */
class CrowdTest {
    private static final int OPEN = 500;
    private static final int TAKEN = 256;
    private static final byte[] LAYER = new TarMaker()
            .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
            .file("var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nVersion: 1\n\n")
            .bytes();

    @Test
    void postsBeyondTheQueueAreToldToComeAgain() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(OPEN - TAKEN);
        try (TestDatabases.Fresh fresh = TestDatabases.fresh();
                FaultServer files = FaultServer.start();
                Served server = new Served(fresh.database(), "");
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = hold::countDown) {
            files.on("/l", _ -> {
                try {
                    hold.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Answer.ok(LAYER);
            });
            List<Future<RawHttp.Reply>> posts = new ArrayList<>();
            for (int i = 0; i < OPEN; i++) {
                String name = "layer-" + i;
                String path = files.url("/l").toString();
                posts.add(clients.submit(() -> {
                    RawHttp.Reply reply = server.post(name, path);
                    if (reply.status() == 429) {
                        refused.countDown();
                    }
                    return reply;
                }));
            }
            assertThat(refused.await(120, TimeUnit.SECONDS)).isTrue();
            assertThat(posts.stream().filter(Future::isDone)).hasSize(OPEN - TAKEN);
            assertThat(server.health()).isEqualTo(200);
            assertThat(server.readiness().status()).isEqualTo(200);
            assertThat(server.get("/v1/namespaces").status()).isEqualTo(200);
            assertThat(server.get("/v1/layers/layer-0").status()).isEqualTo(404);
            assertThat(server.get("/v1/metrics").body())
                    .contains("limpid_limits_hit_total{limit=\"layers\"} " + (OPEN - TAKEN) + ".0");
            hold.countDown();
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (Future<RawHttp.Reply> post : posts) {
                RawHttp.Reply reply = post.get(120, TimeUnit.SECONDS);
                statuses.merge(reply.status(), 1, Integer::sum);
                if (reply.status() == 429) {
                    assertThat(reply.headers()).containsKey("retry-after");
                    assertThat(reply.body()).contains("try again");
                }
            }
            assertThat(statuses).isEqualTo(Map.of(201, TAKEN, 429, OPEN - TAKEN));
            assertThat(server.post("later", files.url("/l").toString()).status())
                    .isEqualTo(201);
        }
    }
}
