package io.limpid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.limpid.model.LimpidException;
import io.limpid.testing.FreePort;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Waiting for a database: said once, ended by it, by a bound, or by what waiting does not change. */
class DatabaseWaitTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(DatabaseWait.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO);
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void stop() {
        log.detachAppender(said);
    }

    @Test
    void aDatabaseThatComesLaterIsWaitedForWithOneLine() throws Exception {
        try (var fresh = TestDatabases.fresh();
                LateDoor door = LateDoor.before(fresh.source(), 4)) {
            DatabaseWait.until(door.source(), null);
            assertThat(door.refused()).isEqualTo(4);
            assertThat(said.list)
                    .extracting(ILoggingEvent::getMessage)
                    .containsExactly("database is not up yet; waiting for it", "database answers");
        }
    }

    @Test
    void aDatabaseThatGoesAwayInTheMiddleOfAStartIsWaitedFor() throws Exception {
        try (TestCluster cluster = TestDatabases.separate()) {
            ConnectionSource source = cluster.source("postgres");
            try (Connection other = source.connect();
                    Statement migrating = other.createStatement();
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                migrating.execute("SELECT pg_advisory_lock(" + Migrations.LOCK + ")");
                Future<Migrations.Outcome> outcome = threads.submit(() -> new Migrations().migrate(source, null));
                awaitWaiter(migrating);
                cluster.crash();
                cluster.restart();
                assertThat(outcome.get().applied()).isNotEmpty();
            }
        }
    }

    private static void awaitWaiter(Statement statement) throws Exception {
        while (true) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")) {
                rows.next();
                if (rows.getInt(1) > 0) {
                    return;
                }
            }
            Thread.sleep(10);
        }
    }

    @Test
    void endsAtItsBoundOrAtANo() throws Exception {
        int nobody = FreePort.next();
        assertThatThrownBy(() -> DatabaseWait.until(
                        ConnectionSource.tcp("127.0.0.1", nobody, "d", "u", null), Duration.ofMillis(300)))
                .isInstanceOfSatisfying(LimpidException.class, e -> {
                    assertThat(e.what()).contains("does not answer within");
                    assertThat(e.reason()).contains("refused");
                    assertThat(e.hint()).contains("check that PostgreSQL runs");
                });
        try (var fresh = TestDatabases.fresh()) {
            assertThatThrownBy(() -> DatabaseWait.until(fresh.source().withDatabase("none_such"), null))
                    .isInstanceOfSatisfying(
                            LimpidException.class, e -> assertThat(e.hint()).contains("createdb"));
        }
    }
}
