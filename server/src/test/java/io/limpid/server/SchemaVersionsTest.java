package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.Migrations;
import io.limpid.server.store.OlderServer;
import io.limpid.server.store.StoreLaws;
import io.limpid.server.store.TestDatabases;
import io.limpid.testing.FreePort;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server of the version before the schema's last step and one of this version on one database.
 *
 * <p>The older one is stood in for by the statements that it was seen to make; {@code -Dlimpid.older=CLASSPATH} is a real one.
 */
class SchemaVersionsTest {
    private static final int ROUNDS = 10;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static OlderServer before(ConnectionSource source) throws Exception {
        return OlderServer.of(new Migrations().known(source) - 1);
    }

    @Test
    void whatEitherWritesIsWholeForBoth() throws Exception {
        ApiAt api = new ApiAt(FreePort.next());
        try (var fresh = TestDatabases.fresh();
                RunningServer _ = TwoServers.start(folder, fresh.source(), api.port(), FreePort.next());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            OlderServer older = before(fresh.source());
            for (int i = 0; i < ROUNDS; i++) {
                String round = Integer.toString(i);
                Path layer = TwoServers.archive(folder, "layer" + i, "p 2." + i);
                assertThat(api.postVulnerability("new-V" + i, "High", List.of("p 9")))
                        .isEqualTo(201);
                Future<?> beside = threads.submit(() -> {
                    assertThat(api.postLayer("new-L" + round, null, layer)).isEqualTo(201);
                    assertThat(api.postVulnerability("more-V" + round, "High", List.of("p 9")))
                            .isEqualTo(201);
                    assertThat(api.putSeverity("more-V" + round, "Critical")).isEqualTo(200);
                    return null;
                });
                older.round(fresh.source(), i);
                beside.get();
                assertThat(api.putSeverity("old-V" + i, "Medium")).isEqualTo(200);
                assertThat(api.postLayer("on-L" + i, "old-L" + i, layer)).isEqualTo(201);
                assertThat(StoreLaws.broken(fresh.source())).isEmpty();
            }
            String affected = IntStream.range(0, ROUNDS)
                    .boxed()
                    .flatMap(i ->
                            Stream.of("old-V" + i + " Medium 9", "new-V" + i + " Low 9", "more-V" + i + " Critical 9"))
                    .sorted()
                    .collect(Collectors.joining(", "));
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(api.layer("old-L" + i)).contains(new TreeMap<>(Map.of("p 1." + i, affected)));
                assertThat(api.layer("new-L" + i)).contains(new TreeMap<>(Map.of("p 2." + i, affected)));
                assertThat(api.layer("on-L" + i)).contains(new TreeMap<>(Map.of("p 2." + i, affected)));
                assertThat(api.layer("gone-L" + i)).isEmpty();
                assertThat(api.vulnerability("gone-V" + i)).isEmpty();
            }
        }
    }

    static Stream<Arguments> stepsThatBreak() {
        return Stream.of(
                arguments("ALTER TABLE layer ADD COLUMN digest text NOT NULL", "null value in column \"digest\""),
                arguments("ALTER TABLE fixed_in RENAME COLUMN version TO fixed", "column i.version does not exist"),
                arguments("ALTER TABLE vulnerability DROP COLUMN link", "column v.link does not exist"),
                arguments("ALTER TABLE vulnerability ADD CHECK (updater IS NOT NULL)", "violates check constraint"),
                arguments(
                        "ALTER TABLE affects DROP CONSTRAINT affects_pkey,"
                                + " ADD PRIMARY KEY (feature_version_id, vulnerability_id, fixed_in_id)",
                        "no unique or exclusion constraint"),
                arguments("ALTER TABLE notification ALTER COLUMN name TYPE uuid USING name::uuid", "is of type uuid"),
                arguments("ALTER TABLE lease RENAME TO turn", "relation \"lease\" does not exist"),
                arguments(
                        "ALTER TABLE feature DROP CONSTRAINT feature_namespace_id_name_key",
                        "no unique or exclusion constraint"));
    }

    @ParameterizedTest
    @MethodSource("stepsThatBreak")
    void aStepThatTheOlderOneCannotLiveWithIsSeen(String step, String reason) throws Exception {
        try (var fresh = TestDatabases.fresh()) {
            execute(fresh.source(), step);
            OlderServer older = before(fresh.source());
            assertThatThrownBy(() -> older.round(fresh.source(), 0))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE layer ADD COLUMN digest text",
                "ALTER TABLE layer ADD COLUMN digest text NOT NULL DEFAULT ''",
                "CREATE TABLE more (id bigint PRIMARY KEY)"
            })
    void aStepThatItCanLiveWithIsNot(String step) throws Exception {
        try (var fresh = TestDatabases.fresh()) {
            execute(fresh.source(), step);
            before(fresh.source()).round(fresh.source(), 0);
        }
    }

    private static void execute(ConnectionSource source, String sql) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO limpid; " + sql);
        }
    }

    @TestFactory
    Stream<DynamicTest> aRealOlderOneServesWhileTheStepsAreMade() {
        String older = System.getProperty("limpid.older", "");
        return older.isEmpty() ? Stream.of() : Stream.of(dynamicTest(older, () -> serveBeside(older)));
    }

    /** The older one makes its tables and serves, the newer one makes its steps meanwhile; then each goes and comes back. */
    private void serveBeside(String older) throws Exception {
        try (var fresh = TestDatabases.empty(TestDatabases.chosen());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                ServerProcess old =
                        ServerProcess.start(folder, fresh.source(), older).awaitHealth()) {
            Path layer = TwoServers.archive(folder, "layer", "p 1");
            AtomicBoolean isOver = new AtomicBoolean();
            List<Future<Integer>> loads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String name = "old-" + i;
                loads.add(threads.submit(() -> load(old.api(), name, layer, isOver)));
            }
            Thread.sleep(2_000);
            try (ServerProcess now = ServerProcess.start(folder, fresh.source()).awaitHealth()) {
                assertThat(now.hasMigrated()).isTrue();
                loads.add(threads.submit(() -> load(now.api(), "new", layer, isOver)));
                Thread.sleep(3_000);
                isOver.set(true);
                for (Future<Integer> each : loads) {
                    System.err.println("posted without an error: " + each.get());
                }
                assertThat(StoreLaws.broken(fresh.source())).isEmpty();
                assertThat(now.api().layer("new-0"))
                        .isEqualTo(old.api().layer("new-0"))
                        .isPresent();
            }
            // Back to the older one alone, started on the newer schema.
            old.kill();
            try (ServerProcess back =
                    ServerProcess.start(folder, fresh.source(), older).awaitHealth()) {
                assertThat(back.hasMigrated()).isFalse();
                isOver.set(false);
                Future<Integer> load = threads.submit(() -> load(back.api(), "back", layer, isOver));
                Thread.sleep(1_000);
                isOver.set(true);
                assertThat(load.get()).isPositive();
                assertThat(StoreLaws.broken(fresh.source())).isEmpty();
            }
        }
    }

    /** Posts, changes and deletes until it is over, each with success; gives back how often. */
    private static int load(ApiAt api, String name, Path layer, AtomicBoolean isOver) throws Exception {
        int i = 0;
        for (; !isOver.get(); i++) {
            String each = name + "-" + i;
            assertThat(api.postVulnerability(each, "High", List.of("p 2")))
                    .as(each)
                    .isEqualTo(201);
            assertThat(api.postLayer(each, i == 0 ? null : name + "-" + (i - 1), layer))
                    .as(each)
                    .isEqualTo(201);
            assertThat(api.putSeverity(each, "Low")).as(each).isEqualTo(200);
            assertThat(api.deleteVulnerability(each)).as(each).isEqualTo(200);
            assertThat(api.layer(each)).as(each).isPresent();
        }
        return i;
    }
}
