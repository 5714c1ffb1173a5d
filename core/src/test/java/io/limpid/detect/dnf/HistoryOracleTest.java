package io.limpid.detect.dnf;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.layer.LayerFile;
import io.limpid.layer.LayerFiles;
import io.limpid.model.Detection;
import io.limpid.model.Limits;
import io.limpid.model.OriginClue;
import io.limpid.testing.SqliteProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history that SQLite itself has written, with a log, says what SQLite's own answer to the question is. */
class HistoryOracleTest {
    private static final String PATH = "var/lib/dnf/history.sqlite";
    private static final int PACKAGES = 700;

    @TempDir
    private Path folder;

    @Test
    void whereEachPackageCameFromLast() throws IOException, InterruptedException {
        SqliteProgram.require();
        for (int seed = 0; seed < 4; seed++) {
            String name = "history" + seed;
            List<String> commands = history(new Random(seed), 512 << seed);
            ask(commands);
            commands.add(".shell cp " + name + " copy; cp " + name + "-wal copy-wal");
            assertThat(SqliteProgram.run(folder, name, commands)).isZero();
            Detection detection = new DnfDetector(Limits.DEFAULT)
                    .detect(LayerFiles.of(List.of(
                            new LayerFile(PATH, Files.readAllBytes(folder.resolve("copy"))),
                            new LayerFile(PATH + "-wal", Files.readAllBytes(folder.resolve("copy-wal"))))))
                    .getFirst();
            assertThat(detection.problems()).isEmpty();
            assertThat(detection.origins().stream().map(HistoryOracleTest::shown))
                    .hasSizeGreaterThan(PACKAGES / 3)
                    .containsExactlyElementsOf(Files.readAllLines(folder.resolve("answer")));
        }
    }

    private static List<String> history(Random random, int pageBytes) {
        List<String> commands = new ArrayList<>();
        commands.add("PRAGMA page_size=" + pageBytes + "; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;");
        commands.add("CREATE TABLE repo (id INTEGER PRIMARY KEY, repoid TEXT NOT NULL);");
        commands.add("CREATE TABLE trans_item (id INTEGER PRIMARY KEY AUTOINCREMENT, trans_id INTEGER, item_id INTEGER,"
                + " repo_id INTEGER, action INTEGER NOT NULL, reason INTEGER NOT NULL, state INTEGER NOT"
                + " NULL);");
        commands.add("CREATE TABLE rpm (item_id INTEGER UNIQUE NOT NULL, name TEXT NOT NULL, epoch INTEGER NOT NULL,"
                + " version TEXT NOT NULL, release TEXT NOT NULL, arch TEXT NOT NULL);");
        commands.add("INSERT INTO repo VALUES (1,'base'),(2,'updates'),(3,'@System'),(300,'extra');");
        commands.add("BEGIN;");
        for (int item = 1; item <= PACKAGES; item++) {
            commands.add("INSERT INTO rpm VALUES (" + item + ",'p" + item + "'," + random.nextInt(3) + ",'"
                    + random.nextInt(99) + "','1.el8','x86_64');");
            if (item == PACKAGES / 2) {
                commands.add("COMMIT; PRAGMA wal_checkpoint(RESTART); BEGIN;");
            }
        }
        for (int i = 0; i < 3 * PACKAGES; i++) {
            commands.add("INSERT INTO trans_item(trans_id,item_id,repo_id,action,reason,state) VALUES (1,"
                    + (1 + random.nextInt(PACKAGES)) + ","
                    + List.of(1, 2, 3, 300).get(random.nextInt(4)) + ","
                    + (1 + random.nextInt(11)) + ",1," + (1 + random.nextInt(8) / 7) + ");");
        }
        commands.add("COMMIT;");
        return commands;
    }

    private static void ask(List<String> commands) {
        commands.add(".output answer");
        commands.add("SELECT name || ' ' || iif(epoch > 0, epoch || ':', '') || version || '-' || release || ' ' ||"
                + " repoid FROM trans_item JOIN (SELECT max(id) AS last FROM trans_item WHERE action IN"
                + " (1,2,4,6,9) AND state <> 2 GROUP BY item_id) ON last = trans_item.id JOIN repo ON repo.id ="
                + " repo_id JOIN rpm USING (item_id) WHERE repoid NOT LIKE '@%' ORDER BY item_id;");
        commands.add(".output");
    }

    private static String shown(OriginClue clue) {
        return clue instanceof OriginClue.InstalledFrom from
                ? from.name() + " " + from.version() + " " + from.repository()
                : clue.toString();
    }
}
