package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.api.RawHttp;
import io.limpid.server.store.Database;
import io.limpid.server.store.Migrations;
import io.limpid.server.store.TestCluster;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.SmallDisk;
import io.limpid.testing.TarMaker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A running server whose PostgreSQL crashes, hangs, and runs out of disk: what clients are told, and that all goes on afterwards by itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseFaultsTest {
    private static final String GONE = "database: the backend is not available, try again later";
    private static final byte[] LAYER = new TarMaker()
            .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
            .file("var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nVersion: 1\n\n")
            .bytes();
    private static final String LIST = "/v1/namespaces/debian:12/vulnerabilities";
    private static final Duration SHORT = Duration.ofSeconds(1);

    @SuppressWarnings("NullAway.Init")
    private TestCluster cluster;

    /** How a database is lost, and found again. */
    enum Loss {
        CRASH {
            @Override
            void begin(TestCluster cluster) throws Exception {
                cluster.crash();
            }

            @Override
            void end(TestCluster cluster) throws Exception {
                cluster.restart();
            }
        },
        HANG {
            @Override
            void begin(TestCluster cluster) throws Exception {
                cluster.freeze();
            }

            @Override
            void end(TestCluster cluster) throws Exception {
                cluster.thaw();
            }
        };

        abstract void begin(TestCluster cluster) throws Exception;

        abstract void end(TestCluster cluster) throws Exception;
    }

    @BeforeAll
    void start() throws Exception {
        cluster = TestDatabases.separate();
        new Migrations().migrate(cluster.source("postgres"));
    }

    @AfterAll
    void stop() throws Exception {
        cluster.close();
    }

    private Database database() throws Exception {
        return Database.open(
                cluster.source("postgres"), new Database.Settings(4, SHORT, SHORT, SHORT, Duration.ofSeconds(1)));
    }

    private static String vulnerability(String name, String description) {
        return "{\"Vulnerability\":{\"Name\":\"" + name + "\",\"NamespaceName\":\"debian:12\",\"Severity\":\"High\","
                + "\"Description\":\"" + description
                + "\",\"FixedIn\":[{\"Name\":\"a\",\"NamespaceName\":\"debian:12\","
                + "\"VersionFormat\":\"dpkg\",\"Version\":\"2\"}]}}";
    }

    @ParameterizedTest
    @EnumSource
    void saysThatTheDatabaseIsGoneAndGoesOnWhenItIsBack(Loss loss) throws Exception {
        CountDownLatch fetched = new CountDownLatch(3);
        CountDownLatch lost = new CountDownLatch(1);
        try (Database database = database();
                FaultServer files = FaultServer.start()
                        .on("/now", Answer.ok(LAYER))
                        .on("/slow", _ -> {
                            fetched.countDown();
                            awaited(lost);
                            return Answer.ok(LAYER);
                        });
                Served server = new Served(database, "");
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(server.ask("POST", LIST, vulnerability("CVE-1", "d")).status())
                    .isEqualTo(201);
            assertThat(server.post(loss + "-kept", files.url("/now").toString()).status())
                    .isEqualTo(201);
            assertThat(server.health()).isEqualTo(200);
            List<Future<RawHttp.Reply>> posts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String name = loss + "-open-" + i;
                posts.add(clients.submit(
                        () -> server.post(name, files.url("/slow").toString())));
            }
            fetched.await();
            loss.begin(cluster);
            try {
                lost.countDown();
                isToldByAll(
                        server,
                        clients,
                        posts,
                        Served.layer(loss + "-late", files.url("/now").toString()),
                        loss);
            } finally {
                loss.end(cluster);
            }
            Served.await("healthy", () -> server.health() == 200);
            assertThat(server.readiness().status()).isEqualTo(200);
            Served.await("answers", () -> server.get("/v1/namespaces").status() == 200);
            assertThat(server.get(LIST + "/CVE-1?fixedIn").body()).contains("\"Severity\":\"High\"", "\"Name\":\"a\"");
            assertThat(server.get("/v1/layers/" + loss + "-kept?features").status())
                    .isEqualTo(200);
            for (int i = 0; i < 3; i++) {
                assertThat(server.post(loss + "-open-" + i, files.url("/now").toString())
                                .status())
                        .isEqualTo(201);
            }
            nothingIsLeft();
        }
    }

    private static void isToldByAll(
            Served server, ExecutorService clients, List<Future<RawHttp.Reply>> posts, String layer, Loss loss)
            throws Exception {
        Map<String, Future<RawHttp.Reply>> replies = new LinkedHashMap<>();
        for (String request : List.of(
                "GET /v1/namespaces",
                "GET " + LIST + "?limit=10",
                "GET " + LIST + "/CVE-1?fixedIn",
                "GET " + LIST + "/CVE-1/fixes",
                "GET /v1/layers/" + loss + "-kept?vulnerabilities",
                "GET /v1/notifications/n?limit=1",
                "DELETE /v1/notifications/n",
                "DELETE /v1/layers/none",
                "DELETE " + LIST + "/none",
                "DELETE " + LIST + "/CVE-1/fixes/none",
                "POST " + LIST + " " + vulnerability("CVE-2", "d"),
                "PUT " + LIST + "/CVE-1 {\"Vulnerability\":{\"Name\":\"x\",\"Severity\":\"Low\"}}",
                "PUT " + LIST + "/CVE-1/fixes/b {\"Feature\":{\"Name\":\"b\",\"NamespaceName\":\"debian:12\","
                        + "\"VersionFormat\":\"dpkg\",\"Version\":\"1\"}}",
                "POST /v1/layers " + layer)) {
            String[] words = request.split(" ", 3);
            replies.put(
                    request, clients.submit(() -> server.ask(words[0], words[1], words.length < 3 ? "" : words[2])));
        }
        // Many probes at once wait for one answer, not for each other.
        List<Future<Integer>> probes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            probes.add(clients.submit(server::health));
        }
        for (Future<Integer> probe : probes) {
            assertThat(probe.get(60, TimeUnit.SECONDS)).isEqualTo(500);
        }
        RawHttp.Reply ready = server.readiness();
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("the database does not answer\n");
        posts.forEach(post -> replies.put("open post " + replies.size(), post));
        for (Map.Entry<String, Future<RawHttp.Reply>> each : replies.entrySet()) {
            RawHttp.Reply reply = each.getValue().get(60, TimeUnit.SECONDS);
            assertThat(reply.status()).as(each.getKey()).isEqualTo(503);
            assertThat(reply.headers()).as(each.getKey()).containsEntry("retry-after", "5");
            assertThat(reply.body()).as(each.getKey()).contains(GONE);
        }
    }

    /** The pool's connections, the one of health and this one; no thread of the driver that still tries to connect. */
    private void nothingIsLeft() throws Exception {
        try (Connection connection = cluster.source("postgres").connect();
                Statement statement = connection.createStatement()) {
            Served.await("no more connections than before", () -> {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")) {
                    return rows.next() && rows.getInt(1) <= 6;
                }
            });
        }
        Served.await(
                "no thread connects",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().contains("JDBC driver connection")));
    }

    @Test
    void aFullDiskIsSaidAndNothingIsHalfWritten() throws Exception {
        // Where PostgreSQL's user may reach it.
        Path folder = Files.createDirectory(cluster.sockets().resolveSibling("small"));
        try (SmallDisk disk = new SmallDisk(folder);
                Database database = database();
                Served server = new Served(database, "")) {
            assertThat(disk).isNotNull();
            Path room = folder.resolve("filler");
            Files.write(room, new byte[400 << 10]);
            Path place = Files.createDirectory(folder.resolve("space"));
            Files.setAttribute(place, "unix:uid", 65534);
            Files.setAttribute(place, "unix:gid", 65534);
            try (Connection connection = cluster.source("postgres").connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLESPACE small LOCATION '" + place + "'");
                statement.execute("ALTER TABLE limpid.vulnerability SET TABLESPACE small");
            }
            try {
                Random random = new Random(7);
                int kept = 0;
                RawHttp.Reply reply = server.ask("POST", LIST, vulnerability("FULL-0", text(random)));
                while (reply.status() == 201 && kept < 100) {
                    kept++;
                    reply = server.ask("POST", LIST, vulnerability("FULL-" + kept, text(random)));
                }
                assertThat(kept).isBetween(1, 99);
                assertThat(reply.status()).as(reply.body()).isEqualTo(503);
                assertThat(reply.headers()).containsEntry("retry-after", "5");
                assertThat(reply.body()).contains("its disk is full: make room on the disk of the database");
                assertThat(server.get(LIST + "/FULL-" + kept).status()).isEqualTo(404);
                assertThat(server.get(LIST + "/FULL-" + (kept - 1) + "?fixedIn").body())
                        .contains("\"Name\":\"a\"");
                assertThat(server.health()).isEqualTo(200);
                Files.delete(room);
                String late = vulnerability("FULL-" + kept, text(random));
                assertThat(server.ask("POST", LIST, late).status()).isEqualTo(201);
            } finally {
                try (Connection connection = cluster.source("postgres").connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute("ALTER TABLE limpid.vulnerability SET TABLESPACE pg_default");
                    statement.execute("DROP TABLESPACE small");
                }
            }
        }
    }

    /** What no database makes smaller. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        while (text.length() < 50_000) {
            text.append(Long.toHexString(random.nextLong()));
        }
        return text.toString();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
