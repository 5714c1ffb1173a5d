package io.limpid.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.limpid.model.LimpidException;
import io.limpid.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
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
                ServerSocket door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            AtomicInteger refused = new AtomicInteger();
            Thread porter = Thread.ofPlatform().daemon().start(() -> serve(door, fresh.source(), refused));
            DatabaseWait.until(
                    ConnectionSource.tcp(
                            "127.0.0.1", door.getLocalPort(), fresh.source().database(), "limpid", null),
                    null);
            assertThat(refused).hasValue(4);
            assertThat(said.list)
                    .extracting(ILoggingEvent::getMessage)
                    .containsExactly("database is not up yet; waiting for it", "database answers");
            porter.interrupt();
        }
    }

    /** Closes the first four connections and passes on the others. */
    private static void serve(ServerSocket door, ConnectionSource target, AtomicInteger refused) {
        try {
            while (true) {
                Socket client = door.accept();
                if (refused.get() < 4) {
                    refused.incrementAndGet();
                    client.close();
                    continue;
                }
                ConnectionSource.Server server = target.servers().getFirst();
                Socket database = new Socket(server.host(), server.port());
                Thread.ofVirtual().start(() -> pass(client, database));
                Thread.ofVirtual().start(() -> pass(database, client));
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // One side is gone, and with it the other.
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
