package io.limpid.server.store;

import static io.limpid.server.store.DatabaseTest.execute;
import static io.limpid.server.store.DatabaseTest.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.LimpidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema's steps: made once, by one, whole or not at all, and not understood by everybody. */
class MigrationsTest {
    private static final String ROOT = "io/limpid/server/store/";
    private static final Migrations TWO = new Migrations(ROOT + "two");
    private static final Migrations THREE = new Migrations(ROOT + "three");

    static List<TestDatabases.Kind> kinds() {
        return TestDatabases.available();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void stepsAreMadeOnceInASchemaOfTheirOwn(TestDatabases.Kind kind) throws Exception {
        try (var fresh = TestDatabases.empty(kind);
                Connection connection = fresh.source().connect()) {
            execute(connection, "CREATE TABLE public.layer (id int); INSERT INTO public.layer VALUES (7)");
            Migrations.Outcome first = TWO.migrate(fresh.source());
            assertThat(first.applied()).containsExactly("1 first", "2 second");
            assertThat(first.before()).isZero();
            assertThat(first.after()).isEqualTo(2);
            assertThat(TWO.migrate(fresh.source())).isEqualTo(new Migrations.Outcome(2, 2, List.of()));
            assertThat(query(
                            connection,
                            "SELECT string_agg(table_schema || '.' || table_name, ' ' ORDER BY table_schema DESC,"
                                    + " table_name) FROM information_schema.tables WHERE table_schema IN ('public',"
                                    + " 'limpid')"))
                    .isEqualTo("public.layer limpid.a limpid.flyway_schema_history");
            assertThat(query(connection, "SELECT id FROM public.layer")).isEqualTo("7");
        }
    }

    @Test
    void aNewerSchemaIsServedWhenItsStepsSayThatItCanBe() throws Exception {
        try (var fresh = TestDatabases.empty(TestDatabases.chosen())) {
            THREE.migrate(fresh.source());
            assertThat(TWO.migrate(fresh.source()).after()).isEqualTo(3);
            Migrations one = new Migrations(ROOT + "one");
            assertThatThrownBy(() -> one.migrate(fresh.source()))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining(
                            "its schema has step 1 (first), which this version of Limpid cannot work with");
            try (Connection connection = fresh.source().connect()) {
                execute(
                        connection,
                        "UPDATE limpid.flyway_schema_history SET description = 'third' WHERE version = '3'");
            }
            assertThatThrownBy(() -> TWO.migrate(fresh.source()))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("its schema has step 3 (third)")
                    .hasMessageContaining("it knows steps up to 2");
        }
    }

    @Test
    void aStepThatFailsLeavesNothing() throws Exception {
        try (var fresh = TestDatabases.empty(TestDatabases.chosen())) {
            assertThatThrownBy(() -> new Migrations(ROOT + "broken").migrate(fresh.source()))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("no_such_function");
            assertThat(TWO.migrate(fresh.source()).applied()).containsExactly("2 second");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void ofManyFirstStartsAtOnceOneMigrates(TestDatabases.Kind kind) throws Exception {
        for (int round = 0; round < 5; round++) {
            try (var fresh = TestDatabases.empty(kind);
                    ExecutorService threads = Executors.newFixedThreadPool(6)) {
                List<Future<Migrations.Outcome>> starts = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    starts.add(threads.submit(() -> TWO.migrate(fresh.source())));
                }
                List<String> applied = new ArrayList<>();
                for (Future<Migrations.Outcome> start : starts) {
                    assertThat(start.get(60, TimeUnit.SECONDS).after()).isEqualTo(2);
                    applied.addAll(start.get().applied());
                }
                assertThat(applied).containsExactly("1 first", "2 second");
            }
        }
    }

    @Test
    void everyStepHasANameThatServersCanRead() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources", ROOT, "migrations"))) {
            List<String> names =
                    files.map(Path::getFileName).map(Path::toString).sorted().toList();
            assertThat(names).isNotEmpty().allMatch(name -> name.matches("V[1-9]\\d*__[a-z0-9_]+\\.sql"));
        }
    }

    @Test
    void whatIsWrongWithADatabaseIsSaid() throws Exception {
        try (var fresh = TestDatabases.empty(TestDatabases.chosen())) {
            assertThatThrownBy(() -> TWO.migrate(fresh.source().withDatabase("none_of_this_name")))
                    .isInstanceOfSatisfying(LimpidException.class, e -> {
                        assertThat(e.what())
                                .contains("none_of_this_name")
                                .contains("schema was not brought up to date");
                        assertThat(e.reason()).contains("database \"none_of_this_name\" does not exist");
                        assertThat(e.hint()).contains("createdb");
                    });
        }
    }
}
