package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpid.model.LimpidException;
import io.limpid.server.api.RawHttp;
import io.limpid.server.clair.ClairException;
import io.limpid.server.config.Configuration;
import io.limpid.server.config.DatabaseSettings;
import io.limpid.server.config.ServerSettings;
import io.limpid.server.store.Database;
import io.limpid.server.store.KeyValueStore;
import io.limpid.testing.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on the PostgreSQL of the server's own, as real processes: while the server runs, after it, and while it stops. */
class OwnDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final int health = FreePort.next();
    private Path configuration;
    private DatabaseSettings settings;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void configure() throws IOException {
        // Root's PostgreSQL runs as another user, who goes through it.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        configuration = Files.writeString(
                folder.resolve("own.yaml"), """
                    clair:
                      database:
                        options:
                          datafolder: %s
                      api:
                        v1_addr: "127.0.0.1:%d"
                        healthaddr: "127.0.0.1:%d"
                      updater:
                        interval: 0
                    """.formatted(folder.resolve("data"), FreePort.next(), health));
        settings = ServerSettings.of(Configuration.read(configuration)).database();
    }

    @Test
    void commandsWorkBesideTheServerAndWithoutIt() throws Exception {
        Path backup = folder.resolve("backup");
        Process server = served();
        try {
            try (OpenDatabase joined = OpenDatabase.join(settings, PATIENCE)) {
                assertThat(joined.kind()).isEqualTo(OpenDatabase.Kind.SERVED);
                put(joined, "beside");
            }
            assertThat(run("notifications")).as(text(err)).isZero();
            assertThat(text(out)).startsWith("0 are not deleted");
            assertThat(run("server", "status")).as(text(err)).isZero();
            assertThat(text(out))
                    .contains("alive and ready", "the server's own, run by a server")
                    .endsWith("all is well\n");
            Path list = Files.writeString(
                    folder.resolve("list.json"),
                    "[{\"Name\":\"CVE-1\",\"Severity\":\"Low\",\"NamespaceName\":\"x:1\"}]");
            assertThat(run("vulnerabilities", "load", list.toString()))
                    .as(text(err))
                    .isZero();
            assertThat(run("migrate")).as(text(err)).isZero();
            assertThat(text(out)).contains("already");
            assertThat(run("backup", backup.toString())).as(text(err)).isZero();
            // What throws away what a server has read is not done beside it.
            assertThat(run("restore", "-replace", backup.toString())).isEqualTo(64);
            assertThat(text(err)).contains("another limpid server uses it", "stop that server");
            assertThat(RawHttp.exchange(health, "GET", "/health").status()).isEqualTo(200);
        } finally {
            server.destroyForcibly().onExit().join();
        }
        assertThat(run("restore", "-replace", backup.toString())).as(text(err)).isZero();
        assertThat(run("notifications")).as(text(err)).isZero();
        assertThat(run("server", "status")).isEqualTo(1);
        assertThat(text(out))
                .contains("the server's own, started for this: no server runs it", "0 layers, 1 vulnerabilities")
                .endsWith("not well: the server does not answer\n");
        try (OpenDatabase started = OpenDatabase.join(settings, PATIENCE)) {
            assertThat(started.kind()).isEqualTo(OpenDatabase.Kind.STARTED);
            try (Database database = Database.open(started.source(), Database.Settings.DEFAULT)) {
                assertThat(new KeyValueStore(database).get("test")).contains("beside");
            }
        }
    }

    @Test
    void thatTheServerStoppedMeanwhileIsSaid() throws Exception {
        Process server = served();
        try (OpenDatabase joined = OpenDatabase.join(settings, PATIENCE);
                Database database = Database.open(joined.source(), Database.Settings.DEFAULT)) {
            KeyValueStore values = new KeyValueStore(database);
            values.put("test", "before");
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS))
                    .as("it does not wait for this session")
                    .isTrue();
            ClairException told = catchThrowableOfType(ClairException.class, () -> values.put("test", "after"));
            assertThat(joined.failure("storing", told))
                    .hasMessageContaining("the backend is not available")
                    .extracting(LimpidException::hint)
                    .isEqualTo("the server that runs this database may have stopped meanwhile; say it again");
        } finally {
            server.destroyForcibly().onExit().join();
        }
    }

    /** A lock of this process is to it as that of another. */
    @Test
    void whoHoldsTheFolderWithoutADatabaseIsSaid() throws Exception {
        try (OpenDatabase _ = OpenDatabase.open(settings, PATIENCE)) {
            Path password = folder.resolve("data/database/password");
            Files.move(password, password.resolveSibling("away"));
            LimpidException told = catchThrowableOfType(
                    LimpidException.class, () -> OpenDatabase.join(settings, Duration.ofMillis(300)));
            assertThat(told.what()).contains("does not answer within 0 s");
            assertThat(told.reason()).isEqualTo("it is being made");
            Files.writeString(password, "wrong\n");
            told = catchThrowableOfType(LimpidException.class, () -> OpenDatabase.join(settings, PATIENCE));
            assertThat(told.reason()).contains("password authentication failed");
        }
    }

    private Process served() throws Exception {
        Path log = folder.resolve("log");
        Process server = ServerProcess.launch(configuration, log);
        Served.await("healthy", () -> {
            assertThat(server.isAlive()).as(() -> read(log)).isTrue();
            try {
                return RawHttp.exchange(health, "GET", "/health").status() == 200;
            } catch (IOException _) {
                return false;
            }
        });
        return server;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void put(OpenDatabase open, String value) throws Exception {
        try (Database database = Database.open(open.source(), Database.Settings.DEFAULT)) {
            new KeyValueStore(database).put("test", value);
        }
    }

    private int run(String... words) throws IOException {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of(words[0], "-config", configuration.toString()));
        all.addAll(List.of(words).subList(1, words.length));
        return Main.run(all, printer(out), printer(err));
    }

    private static PrintStream printer(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
