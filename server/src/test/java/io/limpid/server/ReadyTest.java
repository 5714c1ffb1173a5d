package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.feed.Feeds;
import io.limpid.model.ClairSeverity;
import io.limpid.server.api.RawHttp;
import io.limpid.server.clair.IndexedLayer;
import io.limpid.server.clair.Namespace;
import io.limpid.server.clair.Vulnerability;
import io.limpid.server.config.Configuration;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.KeyValueStore;
import io.limpid.server.store.LayerStore;
import io.limpid.server.store.TestDatabases;
import io.limpid.server.store.VulnerabilityStore;
import io.limpid.testing.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    @Test
    void aReleaseThatTheUpdaterHadNothingOfIsNotCalledClean() throws Exception {
        int port = FreePort.next();
        Path file = Files.writeString(folder.resolve("d.yaml"), """
            clair:
              api:
                v1_addr: "127.0.0.1:%d"
                healthaddr: "127.0.0.1:%d"
              updater:
                enabledupdaters: [debian]
                mirror: "http://127.0.0.1:1"
            """.formatted(port, FreePort.next()));
        try (TestDatabases.Fresh fresh = TestDatabases.fresh();
                RunningServer _ = RunningServer.over(
                        fresh.database(), ServerSettings.of(Configuration.read(file)), "test", Feeds.all())) {
            new KeyValueStore(fresh.database()).put("updater/debian/finished", "1");
            Namespace release = new Namespace("debian:99", "dpkg");
            new LayerStore(fresh.database(), 0)
                    .insert(new IndexedLayer("l", IndexedLayer.ENGINE, null, release, List.of()));
            RawHttp.Reply unknown = RawHttp.exchange(port, "GET", "/v1/layers/l?vulnerabilities");
            assertThat(unknown.status()).isEqualTo(503);
            assertThat(unknown.body()).contains("nothing is known of the vulnerabilities of debian:99");
            assertThat(RawHttp.exchange(port, "GET", "/v1/layers/l").status()).isEqualTo(200);
            new VulnerabilityStore(fresh.database(), 0)
                    .insert(new Vulnerability(0, release, "V", "", "", ClairSeverity.LOW, null, List.of(), ""), false);
            // What somebody made by hand says nothing of all others.
            assertThat(vulnerabilities(port)).isEqualTo(503);
            fresh.toldBy("debian", "V");
            assertThat(vulnerabilities(port)).isEqualTo(200);
        }
    }

    private static int vulnerabilities(int port) throws Exception {
        return RawHttp.exchange(port, "GET", "/v1/layers/l?vulnerabilities").status();
    }

    private static void ready(int port, int status, String body) throws Exception {
        RawHttp.Reply reply = RawHttp.exchange(port, "GET", "/readyz");
        assertThat(reply.body()).isEqualTo(body);
        assertThat(reply.status()).isEqualTo(status);
    }
}
