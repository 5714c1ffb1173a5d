package io.limpid.server.store;

import static io.limpid.server.store.DatabaseTest.execute;
import static io.limpid.server.store.DatabaseTest.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpid.model.LimpidException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups: what comes back is what was there, from one PostgreSQL to another and back, or nothing changes. */
@OnEachPostgres
class BackupTest {
    private static final String FOLDER = "io/limpid/server/store/backup1";
    private static final Migrations ONE = new Migrations(FOLDER);
    private static final Migrations TWO = new Migrations("io/limpid/server/store/backup2");

    @TempDir
    private Path folder;

    private static void fill(Connection connection, int rows) throws SQLException {
        execute(connection, "SET search_path TO limpid");
        execute(connection, "INSERT INTO b_parent (name, above) VALUES (E'a\\tb\\n\\\\', NULL), ('ü€', 1), ('', 2)");
        execute(
                connection,
                "INSERT INTO a_child (parent, bytes, words) SELECT 1 + i % 3, decode(md5(i::text), 'hex'),"
                        + " ARRAY['x', NULL, i::text] FROM generate_series(1, " + rows + ") i");
        execute(connection, "DELETE FROM a_child WHERE id % 7 = 0");
    }

    private static String content(ConnectionSource source) throws SQLException {
        try (Connection connection = source.connect()) {
            return query(connection, "SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM limpid.b_parent t")
                    + query(connection, "SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM limpid.a_child t");
        }
    }

    @Test
    void goesFromOnePostgresToAnotherAndBack() throws Exception {
        List<TestDatabases.Kind> kinds = TestDatabases.available();
        try (var first = TestDatabases.empty(kinds.getFirst());
                var second = TestDatabases.empty(kinds.getLast());
                var third = TestDatabases.empty(kinds.getFirst())) {
            ONE.migrate(first.source());
            try (Connection connection = first.source().connect()) {
                fill(connection, 1000);
                execute(connection, "CREATE TRIGGER no BEFORE INSERT ON a_child EXECUTE FUNCTION refuse()");
            }
            Path out = folder.resolve("out.zip");
            Backup.Summary written = Backup.write(first.source(), out);
            assertThat(written.tables()).isEqualTo(3);
            assertThat(written.rows()).isEqualTo(3 + 1000 - 142);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                    .isEqualTo("rw-------");
            assertThat(Restore.read(second.source(), out, false, ONE)).isEqualTo(written);
            Path back = folder.resolve("back.zip");
            Backup.write(second.source(), back);
            assertThat(Restore.read(third.source(), back, false, ONE)).isEqualTo(written);
            assertThat(content(third.source())).isEqualTo(content(first.source()));
            try (Connection connection = third.source().connect()) {
                execute(connection, "SET search_path TO limpid; INSERT INTO b_parent (name) VALUES ('next')");
                execute(connection, "INSERT INTO a_child (parent) VALUES (1)");
                assertThat(query(connection, "SELECT max(id) FROM b_parent")).isEqualTo("4");
                assertThat(query(connection, "SELECT max(id) FROM a_child")).isEqualTo("1001");
            }
            try (Connection connection = first.source().connect()) {
                execute(connection, "SET search_path TO limpid");
                assertThatThrownBy(() -> execute(connection, "INSERT INTO a_child (parent) VALUES (1)"))
                        .hasMessageContaining("no trigger during a restore");
            }
            assertThat(Restore.read(first.source(), back, true, ONE)).isEqualTo(written);
            try (Connection connection = first.source().connect()) {
                assertThatThrownBy(() -> execute(connection, "INSERT INTO limpid.a_child (parent) VALUES (1)"))
                        .hasMessageContaining("no trigger during a restore");
            }
        }
    }

    @Test
    void anOldBackupIsBroughtUpToDateAndANewerOneIsNot() throws Exception {
        try (var old = TestDatabases.empty(TestDatabases.chosen());
                var target = TestDatabases.empty(TestDatabases.chosen());
                var other = TestDatabases.empty(TestDatabases.chosen())) {
            ONE.migrate(old.source());
            try (Connection connection = old.source().connect()) {
                execute(connection, "INSERT INTO limpid.empty VALUES (1)");
            }
            Path file = folder.resolve("old.zip");
            Backup.write(old.source(), file);
            Restore.read(target.source(), file, false, TWO);
            try (Connection connection = target.source().connect()) {
                assertThat(query(connection, "SELECT n || ' ' || m FROM limpid.empty"))
                        .isEqualTo("1 5");
            }
            Path newer = folder.resolve("newer.zip");
            Backup.write(target.source(), newer);
            assertThatThrownBy(() -> Restore.read(other.source(), newer, false, ONE))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("its tables have version 2, which this Limpid does not know");
            assertThatThrownBy(() -> Restore.read(target.source(), file, true, TWO))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("its tables have version 2, those of the backup 1");
            assertThatThrownBy(() -> Backup.write(other.source(), folder.resolve("x.zip")))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("the database has no tables of Limpid");
            assertThatThrownBy(() -> Backup.write(old.source(), file)).hasMessageContaining("is there already");
            assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
        }
    }

    @Test
    void anAlteredFileOrAFullTargetIsRefused() throws Exception {
        try (var first = TestDatabases.empty(TestDatabases.chosen());
                var target = TestDatabases.empty(TestDatabases.chosen())) {
            ONE.migrate(first.source());
            try (Connection connection = first.source().connect()) {
                fill(connection, 100);
            }
            Path file = folder.resolve("b.zip");
            Backup.write(first.source(), file);
            assertThatThrownBy(() -> Restore.read(first.source(), file, false, ONE))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("it is not empty");
            String[][] changes = {
                {"tables/a_child", "x", "\t", "table a_child was altered"},
                {"tables/b_parent", "ü", "u", "table b_parent was altered"},
                {"manifest", " 3 ", " 4 ", "its manifest was altered"},
                {"tables/empty", "", "gone", "table empty is missing"},
                {"manifest.sha256", "", "gone", "it has no manifest.sha256"}
            };
            for (String[] change : changes) {
                Path altered = altered(file, change[0], change[1], change[2]);
                assertThatThrownBy(() -> Restore.read(target.source(), altered, true, ONE))
                        .isInstanceOf(LimpidException.class)
                        .hasMessageContaining(change[3]);
            }
            byte[] bytes = Files.readAllBytes(file);
            Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2));
            assertThatThrownBy(() -> Restore.read(target.source(), cut, true, ONE))
                    .isInstanceOf(LimpidException.class)
                    .hasMessageContaining("no ZIP");
            try (Connection connection = target.source().connect()) {
                assertThat(query(connection, "SELECT to_regclass('limpid.a_child')"))
                        .isEqualTo("null");
            }
            String whole = content(first.source());
            for (int at = 40; at < bytes.length / 3; at += 97) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 0x10;
                Path one = Files.write(folder.resolve("flipped.zip"), flipped);
                try {
                    Restore.read(target.source(), one, true, ONE);
                    // A bit without a meaning, such as of the time of an entry.
                    assertThat(content(target.source())).isEqualTo(whole);
                } catch (LimpidException e) {
                    assertThat(e).hasMessageContaining("backup " + one);
                }
            }
        }
    }

    private Path altered(Path file, String name, String from, String to) throws IOException {
        Path altered = Files.createTempFile(folder, "altered", ".zip");
        try (ZipFile in = new ZipFile(file.toFile());
                OutputStream stream = Files.newOutputStream(altered);
                ZipOutputStream out = new ZipOutputStream(stream)) {
            for (ZipEntry entry : in.stream().toList()) {
                try (InputStream bytes = in.getInputStream(entry)) {
                    byte[] content = bytes.readAllBytes();
                    if (entry.getName().equals(name)) {
                        if (to.equals("gone")) {
                            continue;
                        }
                        String text = new String(content, StandardCharsets.UTF_8);
                        assertThat(text).contains(from);
                        content = text.replace(from, to).getBytes(StandardCharsets.UTF_8);
                    }
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(content);
                }
            }
        }
        return altered;
    }

    @Test
    void aKilledRestoreChangesNothing() throws Exception {
        try (var first = TestDatabases.empty(TestDatabases.chosen());
                var target = TestDatabases.empty(TestDatabases.chosen())) {
            ONE.migrate(first.source());
            ONE.migrate(target.source());
            try (Connection connection = first.source().connect()) {
                fill(connection, 200_000);
            }
            try (Connection connection = target.source().connect()) {
                fill(connection, 50);
            }
            Path file = folder.resolve("b.zip");
            Backup.write(first.source(), file);
            String before = content(target.source());
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Restorer.class.getName(),
                            target.source().toString(),
                            file.toString(),
                            FOLDER)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (Connection connection = target.source().connect()) {
                String copying = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query"
                        + " LIKE 'COPY limpid.\"a_child\"%' AND state = 'active'";
                while (query(connection, copying).equals("0")) {
                    assertThat(process.isAlive()).isTrue();
                }
                process.destroyForcibly().waitFor();
                String there = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <>"
                        + " pg_backend_pid() AND query LIKE 'COPY%'";
                while (!query(connection, there).equals("0")) {
                    Thread.onSpinWait();
                }
                execute(connection, "INSERT INTO limpid.b_parent (name) VALUES ('next')");
                assertThat(query(connection, "SELECT max(id) FROM limpid.b_parent"))
                        .isEqualTo("4");
                execute(connection, "DELETE FROM limpid.b_parent WHERE name = 'next'");
            }
            assertThat(content(target.source())).isEqualTo(before);
            Restore.read(target.source(), file, true, ONE);
            assertThat(content(target.source())).isEqualTo(content(first.source()));
        }
    }
}
