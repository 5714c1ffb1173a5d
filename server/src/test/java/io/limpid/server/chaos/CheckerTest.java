package io.limpid.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What bench/chaos finds at its end: nothing after a load without faults, and each change of a row that no client asked for. */
class CheckerTest {
    private static final int NEVER = 0;

    /**
     * One row that is not as it should be.
     *
     * @param sql changes that row
     * @param told what is found
     */
    private record Sabotage(String name, String sql, String told) {}

    private static final List<Sabotage> SABOTAGES = List.of(
            new Sabotage("another severity of a vulnerability", """
                UPDATE vulnerability SET severity = 'Defcon1'
                WHERE id = (SELECT max(id) FROM vulnerability WHERE deleted_at IS NULL)\
                """, "severity=Defcon1"),
            new Sabotage("another version of a fix", """
                UPDATE fixed_in SET version = '77' WHERE id =
                (SELECT max(i.id) FROM fixed_in i JOIN vulnerability v ON v.id = i.vulnerability_id
                 WHERE v.deleted_at IS NULL)\
                """, "=77"),
            new Sabotage("a vulnerability that is deleted", """
                UPDATE vulnerability SET deleted_at = now()
                WHERE id = (SELECT min(id) FROM vulnerability WHERE deleted_at IS NULL)\
                """, "is Optional.empty," + " not one of"),
            new Sabotage("a layer without a package that it adds", """
                DELETE FROM layer_change WHERE is_added AND layer_id = (SELECT max(id) FROM layer)
                AND feature_version_id = (SELECT max(feature_version_id) FROM layer_change WHERE is_added
                                          AND layer_id = (SELECT max(id) FROM layer))\
                """, "-1], not one of"),
            new Sabotage("a layer that is gone", """
                DELETE FROM layer WHERE id =
                (SELECT min(id) FROM layer l WHERE NOT EXISTS (SELECT FROM layer c WHERE c.parent_id = l.id))\
                """, ", not" + " one of" + " [["),
            new Sabotage(
                    "a package that is told to be clean",
                    "DELETE FROM affects WHERE ctid = (SELECT min(ctid) FROM affects)",
                    "a wrong clean"),
            new Sabotage(
                    "a notification that is gone",
                    "DELETE FROM notification WHERE id = (SELECT max(id) FROM notification)",
                    "was told, and is not known"),
            new Sabotage("a deleted notification that is back", """
                UPDATE notification SET deleted_at = NULL
                WHERE id = (SELECT min(id) FROM notification WHERE deleted_at IS NOT NULL)\
                """, "is not deleted any" + " more"));

    @TempDir
    private static Path folder;

    private static Stage stage;
    private static Load load;

    @BeforeAll
    static void loaded() throws IOException, SQLException, InterruptedException {
        stage = new Stage(folder, new Receiver.Manners(0, 0, 50), NEVER, null);
        stage.add(Map.of());
        load = new Load(stage.ports(), Archives.make(folder.toRealPath()), new Load.Size(4, 5, 60), 1);
        stage.receiver().deleteAt(stage.ports(), load.tally());
        load.start();
        Thread.sleep(Duration.ofSeconds(4));
        load.stop();
    }

    @AfterAll
    static void end() throws IOException {
        stage.close();
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongIsFound() {
        return Stream.concat(
                Stream.of(dynamicTest("nothing is wrong", () -> {
                    Checker checker = new Checker(stage, load, false);
                    assertThat(checker.broken()).isEmpty();
                    assertThat(load.tally().broken()).isEmpty();
                    assertThat(checker.layers()).isPositive();
                    assertThat(checker.vulnerabilities()).isPositive();
                    assertThat(checker.notifications()).isPositive();
                })),
                SABOTAGES.stream()
                        .map(sabotage -> dynamicTest(sabotage.name, () -> {
                            List<String> before = broken();
                            assertThat(change(sabotage.sql)).as("rows").isEqualTo(1);
                            assertThat(broken())
                                    .filteredOn(each -> !before.contains(each))
                                    .anyMatch(each -> each.contains(sabotage.told));
                        })));
    }

    private static List<String> broken() throws Exception {
        return new Checker(stage, load, false).broken();
    }

    private static int change(String sql) throws SQLException {
        try (Connection connection = stage.source().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO limpid");
            return statement.executeUpdate(sql);
        }
    }
}
