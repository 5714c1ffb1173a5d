package io.limpid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.limpid.model.LimpidException;
import io.limpid.testing.FreePort;
import java.time.Duration;
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
