package io.limpid.detect.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.testing.RpmHeader;
import io.limpid.testing.SqliteProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases and logs that SQLite itself has written are read as it reads them. */
class SqliteOracleTest {
    private static final String PATH = "var/lib/rpm/rpmdb.sqlite";

    @TempDir
    private Path folder;

    @Test
    void databasesWithLogs() throws IOException, InterruptedException {
        SqliteProgram.require();
        int[] sizes = {512, 1024, 4096, 65536};
        int logs = 0;
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            Map<Integer, String> rows = new TreeMap<>();
            List<String> commands = new ArrayList<>();
            commands.add("PRAGMA page_size=" + sizes[seed % sizes.length] + ";");
            commands.addAll(form(seed));
            commands.add("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;");
            commands.add("CREATE TABLE Other(a, b);");
            commands.add("CREATE TABLE Packages(hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL);");
            change(random, rows, commands);
            commands.add("PRAGMA wal_checkpoint(RESTART);");
            // The log starts anew over what it had before.
            for (int i = random.nextInt(4); i > 0; i--) {
                change(random, rows, commands);
            }
            commands.add("BEGIN; DELETE FROM Packages; PRAGMA cache_size=2;");
            Path copy = Files.createDirectories(folder.resolve("copy" + seed));
            commands.add(".shell cp db" + seed + " db" + seed + "-wal " + copy + "/");
            assertThat(SqliteProgram.run(folder, "db" + seed, commands)).isZero();
            byte[] log = Files.readAllBytes(copy.resolve("db" + seed + "-wal"));
            assertThat(Files.readAllBytes(copy.resolve("db" + seed))[20]).isEqualTo((byte) reserved(seed));
            logs += log.length > 0 ? 1 : 0;
            Detection detection = new RpmDetector(Limits.DEFAULT)
                    .detect(LayerFiles.of(List.of(
                            new LayerFile(PATH, Files.readAllBytes(copy.resolve("db" + seed))),
                            new LayerFile(PATH + "-wal", log))))
                    .getFirst();
            assertThat(detection.problems()).as("seed %d", seed).isEmpty();
            assertThat(detection.packages().stream().map(one -> one.name() + "=" + one.version()))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(rows.values());
        }
        assertThat(logs).isPositive();
    }

    /** SQLite is killed in the midst of a transaction: what it would put back, we list, and say so. */
    @Test
    void hotJournals() throws IOException, InterruptedException {
        SqliteProgram.require();
        int changed = 0;
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Map<Integer, String> rows = new TreeMap<>();
            List<String> commands = new ArrayList<>();
            commands.add("PRAGMA page_size=" + (512 << seed % 5) + ";");
            commands.addAll(form(seed));
            commands.add("PRAGMA journal_mode=" + (seed % 2 == 0 ? "DELETE" : "PERSIST") + ";");
            commands.add("PRAGMA synchronous=" + (seed % 3 == 0 ? "OFF" : "FULL") + ";");
            commands.add("CREATE TABLE Packages(hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL);");
            change(random, rows, commands);
            commands.add("PRAGMA cache_size=2;");
            change(random, new TreeMap<>(rows), commands);
            commands.set(commands.size() - 1, ".shell kill -9 $PPID");
            String database = "hot" + seed;
            assertThat(SqliteProgram.run(folder, database, commands))
                    .as("killed")
                    .isEqualTo(137);
            byte[] content = Files.readAllBytes(folder.resolve(database));
            byte[] journal = Files.readAllBytes(folder.resolve(database + "-journal"));
            Detection detection = new RpmDetector(Limits.DEFAULT)
                    .detect(LayerFiles.of(
                            List.of(new LayerFile(PATH, content), new LayerFile(PATH + "-journal", journal))))
                    .getFirst();
            assertThat(detection.packages().stream().map(one -> one.name() + "=" + one.version()))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(rows.values());
            assertThat(detection.problems())
                    .as("seed %d", seed)
                    .singleElement()
                    .asString()
                    .contains("left in the midst of a change");
            // What the database has without its journal is another thing, or the test shows nothing.
            changed += names(content).equals(List.copyOf(rows.values())) ? 0 : 1;
            // And SQLite agrees once it has put it back.
            assertThat(SqliteProgram.run(folder, database, List.of(".once count", "SELECT count(*) FROM Packages;")))
                    .isZero();
            assertThat(Files.readString(folder.resolve("count")).strip()).isEqualTo(String.valueOf(rows.size()));
        }
        assertThat(changed).isGreaterThan(5);
    }

    /** What else the pages of a database may have: pointers back to parents, bytes that are kept free, text of another encoding. */
    private static List<String> form(int seed) {
        return List.of(
                ".filectrl reserve_bytes " + reserved(seed),
                "PRAGMA auto_vacuum=" + seed % 3 + ";",
                "PRAGMA encoding='UTF-" + (seed % 4 == 3 ? "16le" : "8") + "';");
    }

    private static int reserved(int seed) {
        return seed % 2 == 0 ? 0 : 8 * seed % 32;
    }

    private static List<String> names(byte[] content) {
        return new RpmDetector(Limits.DEFAULT)
                .detect(LayerFiles.of(List.of(new LayerFile(PATH, content)))).getFirst().packages().stream()
                        .map(one -> one.name() + "=" + one.version())
                        .toList();
    }

    /** A transaction that adds rows, some bigger than a page, and deletes others. */
    private static void change(Random random, Map<Integer, String> rows, List<String> commands) {
        commands.add("BEGIN;");
        int next = rows.keySet().stream().mapToInt(row -> row).max().orElse(0) + 1;
        for (int i = random.nextInt(120); i > 0; i--, next++) {
            String one = "p" + next + "=" + random.nextInt(9) + "-" + random.nextInt(9);
            byte[] header = RpmHeader.packageOf(one)
                    .text(1005, "x".repeat(random.nextInt(4) == 0 ? random.nextInt(70_000) : random.nextInt(300)))
                    .bytes();
            rows.put(next, one);
            commands.add("INSERT INTO Packages VALUES(" + next + ", X'"
                    + HexFormat.of().formatHex(header) + "');");
        }
        for (Integer row : List.copyOf(rows.keySet())) {
            if (random.nextInt(4) == 0) {
                rows.remove(row);
                commands.add("DELETE FROM Packages WHERE hnum=" + row + ";");
            }
        }
        commands.add("COMMIT;");
    }
}
