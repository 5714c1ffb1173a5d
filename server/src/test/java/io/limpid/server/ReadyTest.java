package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Feeds;
import io.limpid.server.api.RawHttp;
import io.limpid.server.config.Configuration;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.KeyValueStore;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /readyz} says while updaters have never finished. */
class ReadyTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"refuse", "clair"})
    void namesTheUpdatersThatAreAwaited(String answers) throws Exception {
        int health = FreePort.next();
        Path file = Files.writeString(folder.resolve("c.yaml"), """
            clair:
              api:
                v1_addr: "127.0.0.1:%d"
                healthaddr: "127.0.0.1:%d"
                unready_answers: %s
              updater:
                enabledupdaters: [debian, alpine]
            """.formatted(FreePort.next(), health, answers));
        try (TestDatabases.Fresh fresh = TestDatabases.fresh();
                RunningServer _ = RunningServer.over(
                        fresh.database(), ServerSettings.of(Configuration.read(file)), "test", Feeds.all())) {
            KeyValueStore values = new KeyValueStore(fresh.database());
            if (answers.equals("refuse")) {
                ready(health, 503, "the updater alpine has never finished\nthe updater debian has never finished\n");
                values.put("updater/alpine/finished", "1");
                ready(health, 503, "the updater debian has never finished\n");
                values.put("updater/debian/finished", "1");
            }
            ready(health, 200, "ready\n");
        }
    }

    private static void ready(int port, int status, String body) throws Exception {
        RawHttp.Reply reply = RawHttp.exchange(port, "GET", "/readyz");
        assertThat(reply.body()).isEqualTo(body);
        assertThat(reply.status()).isEqualTo(status);
    }
}
