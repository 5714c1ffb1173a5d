package io.limpid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.server.clair.ClairError;
import io.limpid.server.clair.ClairException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions on a real PostgreSQL: what is repeated, what is not, and what a client is told. */
class DatabaseTest {

    static List<TestDatabases.Kind> kinds() {
        return TestDatabases.available();
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return String.valueOf(rows.getString(1));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void worksInASchemaOfItsOwnUnderLimits(TestDatabases.Kind kind) throws Exception {
        try (var fresh = TestDatabases.fresh(kind)) {
            Database database = fresh.database();
            assertThat(database.ping()).isTrue();
            String found = database.read(connection -> query(connection, "SELECT current_schema()") + " "
                    + query(connection, "SHOW statement_timeout") + " " + query(connection, "SHOW lock_timeout") + " "
                    + query(connection, "SHOW idle_in_transaction_session_timeout") + " "
                    + query(connection, "SHOW transaction_read_only") + " "
                    + query(connection, "SHOW transaction_isolation"));
            assertThat(found).isEqualTo("limpid 1min 15s 1min on repeatable read");
        }
    }

    /** The locks on features would keep nothing together in a transaction that sees what was there before it waited. */
    @ParameterizedTest
    @ValueSource(strings = {"repeatable read", "serializable"})
    void changesSeeWhatWasCommittedWhateverTheDefaultIs(String isolation) throws Exception {
        try (var fresh = TestDatabases.fresh()) {
            String name = fresh.source().database();
            fresh.database()
                    .change(connection -> execute(
                            connection,
                            "ALTER DATABASE " + name + " SET default_transaction_isolation TO '" + isolation + "'"));
            try (Database another = Database.open(fresh.source(), Database.Settings.DEFAULT)) {
                assertThat(another.<String>inTransaction(connection -> query(connection, "SHOW transaction_isolation")))
                        .isEqualTo("read committed");
            }
        }
    }

    @Test
    void keepsAllOrNothing() throws Exception {
        try (var fresh = TestDatabases.fresh()) {
            Database database = fresh.database();
            database.change(connection -> execute(connection, "CREATE TABLE t (n int PRIMARY KEY)"));
            assertThatThrownBy(() -> database.change(connection -> {
                        execute(connection, "INSERT INTO t VALUES (1)");
                        execute(connection, "INSERT INTO t VALUES (1)");
                    }))
                    .isInstanceOfSatisfying(ClairException.class, e -> {
                        assertThat(e.error()).isEqualTo(ClairError.BACKEND);
                        assertThat(e).hasMessage("database: an error occured when querying the backend");
                        assertThat(e).hasRootCauseInstanceOf(SQLException.class);
                    });
            assertThatThrownBy(() -> database.change(connection -> {
                        execute(connection, "INSERT INTO t VALUES (2)");
                        throw new ClairException(ClairError.NOT_FOUND);
                    }))
                    .isInstanceOfSatisfying(
                            ClairException.class, e -> assertThat(e.error()).isEqualTo(ClairError.NOT_FOUND));
            assertThat(database.<String>read(connection -> query(connection, "SELECT count(*) FROM t")))
                    .isEqualTo("0");
        }
    }

    @Test
    void aDeadlockIsNobodysError() throws Exception {
        try (var fresh = TestDatabases.fresh();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Database database = fresh.database();
            database.change(connection -> {
                execute(connection, "CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL)");
                execute(connection, "INSERT INTO t VALUES (1, 0), (2, 0)");
            });
            CyclicBarrier bothHaveOne = new CyclicBarrier(2);
            AtomicInteger tries = new AtomicInteger();
            Future<?> up = threads.submit(() -> inOrder(database, 1, 2, bothHaveOne, tries));
            Future<?> down = threads.submit(() -> inOrder(database, 2, 1, bothHaveOne, tries));
            up.get(60, TimeUnit.SECONDS);
            down.get(60, TimeUnit.SECONDS);
            assertThat(tries.get()).as("one of the two was the victim").isGreaterThanOrEqualTo(3);
            assertThat(database.<String>read(connection -> query(connection, "SELECT sum(n) FROM t")))
                    .isEqualTo("4");
        }
    }

    private static Object inOrder(
            Database database, int first, int second, CyclicBarrier bothHaveOne, AtomicInteger tries)
            throws ClairException {
        boolean[] again = {false};
        return database.inTransaction(connection -> {
            tries.incrementAndGet();
            execute(connection, "UPDATE t SET n = n + 1 WHERE id = " + first);
            if (!again[0]) {
                again[0] = true;
                try {
                    bothHaveOne.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            execute(connection, "UPDATE t SET n = n + 1 WHERE id = " + second);
            return first;
        });
    }

    @Test
    void aSerializationFailureIsTriedAgainWithinABound() throws Exception {
        try (var fresh = TestDatabases.fresh()) {
            AtomicInteger tries = new AtomicInteger();
            String done = fresh.database().inTransaction(connection -> {
                if (tries.incrementAndGet() < 4) {
                    execute(connection, "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$");
                }
                return "done";
            });
            assertThat(done).isEqualTo("done");
            assertThat(tries).hasValue(4);
            tries.set(0);
            assertThatThrownBy(() -> fresh.database().change(connection -> {
                        tries.incrementAndGet();
                        execute(connection, "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$");
                    }))
                    .isInstanceOfSatisfying(
                            ClairException.class, e -> assertThat(e.error()).isEqualTo(ClairError.BACKEND));
            assertThat(tries).hasValue(12);
        }
    }

    @Test
    void connectionsThatTheDatabaseEndedAreReplaced() throws Exception {
        try (var fresh = TestDatabases.fresh()) {
            Database database = fresh.database();
            database.change(connection -> execute(connection, "CREATE TABLE t (n int)"));
            String killAll = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname ="
                    + " current_database() AND pid <> pg_backend_pid()";
            assertThat(database.ping()).isTrue();
            try (Connection other = fresh.source().connect()) {
                for (int round = 0; round < 5; round++) {
                    boolean[] killed = {false};
                    database.change(connection -> {
                        execute(connection, "INSERT INTO t VALUES (1)");
                        if (!killed[0]) {
                            killed[0] = true;
                            query(other, killAll);
                        }
                        execute(connection, "INSERT INTO t VALUES (1)");
                    });
                    assertThat(database.ping()).isTrue();
                }
            }
            assertThat(database.<String>read(connection -> query(connection, "SELECT count(*) FROM t")))
                    .isEqualTo("10");
        }
    }

    @Test
    void whoMeetsALockOrNoDatabaseIsToldToTryLater() throws Exception {
        try (var fresh = TestDatabases.fresh()) {
            fresh.database().change(connection -> execute(connection, "CREATE TABLE t (n int)"));
            try (Connection other = fresh.source().connect()) {
                other.setAutoCommit(false);
                execute(other, "LOCK TABLE limpid.t");
                assertThatThrownBy(() -> fresh.database().change(connection -> {
                            execute(connection, "SET LOCAL lock_timeout TO '50ms'");
                            execute(connection, "INSERT INTO t VALUES (1)");
                        }))
                        .isInstanceOfSatisfying(
                                ClairException.class,
                                e -> assertThat(e.status()).isEqualTo(503));
            }
            Database.Settings hurried = new Database.Settings(
                    2, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(300));
            try (Database nobody = Database.open(fresh.source().withDatabase("there_is_none"), hurried)) {
                assertThat(nobody.ping()).isFalse();
                assertThatThrownBy(() -> nobody.read(connection -> 1))
                        .isInstanceOfSatisfying(
                                ClairException.class,
                                e -> assertThat(e.status()).isEqualTo(503));
            }
        }
    }
}
