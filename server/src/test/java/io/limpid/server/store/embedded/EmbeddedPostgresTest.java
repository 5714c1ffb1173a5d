package io.limpid.server.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.LimpidException;
import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.Database;
import io.limpid.server.store.Migrations;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's own PostgreSQL as real processes: started, killed, orphaned, shared by mistake, and always with its data. */
class EmbeddedPostgresTest {
    /** Made once: to make a cluster takes seconds. */
    private static Path made;

    private static Path base;

    private Path folder;

    @BeforeAll
    static void make() throws IOException {
        base = Files.createTempDirectory(reachable(), "lp");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
        made = base.resolve("made");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(made)) {
            execute(postgres.source(), "CREATE TABLE kept (n int); INSERT INTO kept VALUES (0)");
        }
    }

    @AfterAll
    static void delete() throws IOException {
        Binaries.delete(base);
    }

    @BeforeEach
    void copy() throws IOException, InterruptedException {
        folder = Files.createTempDirectory(base, "f").resolve("p");
        Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Process cp = new ProcessBuilder("cp", "-a", made.toString(), folder.toString())
                .inheritIO()
                .start();
        assertThat(cp.waitFor()).isZero();
    }

    private static Path reachable() throws IOException {
        Path usual = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        for (Path path = usual; path != null; path = path.getParent()) {
            if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return Path.of("/tmp");
            }
        }
        return usual;
    }

    private static void execute(ConnectionSource source, String sql) throws IOException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static String query(ConnectionSource source, String sql) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return String.valueOf(rows.getString(1));
        }
    }

    private static Process owner(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long ready(Process owner) throws IOException {
        BufferedReader said = owner.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ready ")) {
                return Long.parseLong(line.substring("ready ".length()));
            }
        }
        throw new IOException("the owner ended with " + Postmaster.result(owner));
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void awaitEnd(long pid) throws Exception {
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void isDurableBehindAPasswordAndOnASocketOnly() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            ConnectionSource source = postgres.source();
            assertThat(query(source, "SHOW fsync")).isEqualTo("on");
            assertThat(query(source, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(source, "SHOW listen_addresses")).isEmpty();
            assertThat(query(source, "SHOW server_version")).startsWith(Binaries.MAJOR + ".");
            assertThat(query(source, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
                    .isEqualTo("0");
            assertThat(query(source, "SELECT n FROM kept")).isEqualTo("0");
            assertThatThrownBy(() -> ConnectionSource.socket(folder.resolve("run"), 5432, "limpid", "limpid", "no")
                            .connect())
                    .isInstanceOf(SQLException.class);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
            Object uid = Files.getAttribute(Path.of("/proc", "" + postgres.pid()), "unix:uid");
            assertThat(uid).isEqualTo(Files.getAttribute(folder.resolve("data"), "unix:uid"));
            if ("root".equals(System.getProperty("user.name"))) {
                assertThat(uid).isNotEqualTo(0);
            }
            new Migrations().migrate(source);
            try (Database database = Database.open(source, Database.Settings.DEFAULT)) {
                assertThat(database.ping()).isTrue();
                assertThat(database.<String>read(connection -> connection.getSchema()))
                        .isEqualTo("limpid");
            }
        }
        assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void killedItComesBackByItselfWithWhatWasCommitted() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
                Database database = Database.open(postgres.source(), Database.Settings.DEFAULT)) {
            for (int round = 1; round <= 3; round++) {
                int number = round;
                database.change(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("INSERT INTO public.kept VALUES (" + number + ")");
                    }
                });
                long old = postgres.pid();
                signal("KILL", old);
                awaitEnd(old);
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (!(database.ping() && postgres.pid() != old)) {
                    assertThat(System.nanoTime()).isLessThan(end);
                    Thread.onSpinWait();
                }
            }
            assertThat(query(postgres.source(), "SELECT string_agg(n::text, ' ' ORDER BY n) FROM kept"))
                    .isEqualTo("0 1 2 3");
        }
    }

    @Test
    void aKilledOwnerTakesItAlongAndTheNextOneHasTheData() throws Exception {
        for (int round = 1; round <= 2; round++) {
            Process owner = owner(folder);
            long pid = ready(owner);
            execute(source(), "INSERT INTO kept VALUES (" + round + ")");
            owner.destroyForcibly();
            awaitEnd(pid);
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(query(postgres.source(), "SELECT string_agg(n::text, ' ' ORDER BY n) FROM kept"))
                    .isEqualTo("0 1 2");
        }
    }

    private ConnectionSource source() throws IOException {
        String password = Files.readString(folder.resolve("password")).strip();
        return ConnectionSource.socket(folder.resolve("run"), 5432, "limpid", "limpid", password);
    }

    @Test
    void oneWhoseOwnerLeftItBehindIsStoppedFirst() throws Exception {
        RunAs as = RunAs.forFolder(folder.resolve("data"));
        List<String> prefix = as.prefix().stream()
                .filter(word -> !word.startsWith("--pdeathsig"))
                .toList();
        RunAs unbound = new RunAs(as.uid(), as.gid(), prefix);
        Process orphan = unbound.command(
                        List.of(
                                Binaries.under(folder).postgres().toString(),
                                "-D",
                                folder.resolve("data").toString(),
                                "-c",
                                "listen_addresses=",
                                "-c",
                                "unix_socket_directories=" + folder.resolve("run")),
                        folder.resolve("orphan.log"))
                .start();
        Path pid = folder.resolve("data/postmaster.pid");
        while (!Files.exists(pid) || !Files.readString(pid).contains("ready")) {
            assertThat(orphan.isAlive()).isTrue();
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(orphan.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(query(postgres.source(), "SELECT n FROM kept")).isEqualTo("0");
        }
    }

    @Test
    void aFileLeftBehindWithSomebodyElsesNumberDoesNotHinder() throws Exception {
        Path file = folder.resolve("data/postmaster.pid");
        Files.writeString(file, ProcessHandle.current().pid() + "\n" + folder.resolve("data") + "\n1\n5432\n\n\n");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(query(postgres.source(), "SELECT n FROM kept")).isEqualTo("0");
        }
    }

    @Test
    void twoServersDoNotShareAFolder() throws Exception {
        try (EmbeddedPostgres _ = EmbeddedPostgres.start(folder)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("another limpid server uses it");
            Process second = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Owner.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(second.waitFor()).isNotZero();
            assertThat(said).contains("another limpid server uses it");
        }
    }

    /** Also where the path is too long for a socket, and PostgreSQL listens on loopback. */
    @ParameterizedTest
    @ValueSource(ints = {1, 90})
    void whoJoinsConnectsToTheOneThatRuns(int length) throws Exception {
        Path moved = Files.move(folder, folder.resolveSibling("q".repeat(length)));
        assertThat(ServedPostgres.in(moved.resolve("nowhere"))).isEmpty();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(moved)) {
            assertThat(EmbeddedPostgres.startUnlessServed(moved)).isEmpty();
            ConnectionSource joined = ServedPostgres.in(moved).orElseThrow();
            assertThat(joined).isEqualTo(postgres.source());
            assertThat(query(joined, "SELECT current_database()")).isEqualTo("limpid");
            assertThat(query(joined, "SHOW listen_addresses")).isEqualTo(length > 1 ? "127.0.0.1" : "");
        }
    }

    @Test
    void whatIsNotItsOwnIsRefusedByName() throws Exception {
        Path version = folder.resolve("data/PG_VERSION");
        Files.writeString(version, "17\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .isInstanceOf(LimpidException.class)
                .hasMessageContaining("its data are of PostgreSQL 17, and this Limpid brings PostgreSQL 18");
        Files.delete(version);
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .isInstanceOf(LimpidException.class)
                .hasMessageContaining("is not the data of a PostgreSQL");
    }

    @Test
    void aProgramThatWasCutShortIsUnpackedAgain() throws Exception {
        Binaries binaries = Binaries.under(folder);
        Files.write(binaries.postgres(), new byte[10]);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            assertThat(query(postgres.source(), "SELECT n FROM kept")).isEqualTo("0");
        }
    }

    @Test
    void failuresSayWhatToDo() {
        Path log = folder.resolve("postgres.log");
        LimpidException full = Postmaster.failure(
                "x", "initdb: error: could not write to file \"a\": No space left on device", folder, log);
        assertThat(full.reason()).isEqualTo("the disk is full");
        assertThat(full.hint()).contains("make room on the disk of " + folder);
        LimpidException closed =
                Postmaster.failure("x", "a\nFATAL:  could not open file: Permission denied\n", folder, log);
        assertThat(closed.reason()).isEqualTo("FATAL:  could not open file: Permission denied");
        assertThat(closed.hint()).contains("let PostgreSQL's user read and write");
        assertThat(Postmaster.failure("x", "", folder, log).hint()).contains(log.toString());
    }
}
