package io.limpid.server.chaos;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What must be true of the vulnerabilities that were fetched: each edition that was stored was stored once, and none over a newer one. */
final class Updates {
    private static final long PATIENCE_SECONDS = 120;
    private static final String CURRENT = """
        SELECT n.name || ' ' || v.name, f.version FROM vulnerability v
        JOIN namespace n ON n.id = v.namespace_id LEFT JOIN fixed_in f ON f.vulnerability_id = v.id
        WHERE v.deleted_at IS NULL AND n.name LIKE 'alpine:%'\
        """;
    private static final String ROWS = """
        SELECT n.name || ' ' || v.name, v.id, coalesce(f.version, ''),
            (SELECT count(*) FROM notification t WHERE t.new_vulnerability_id = v.id)
        FROM vulnerability v JOIN namespace n ON n.id = v.namespace_id
        LEFT JOIN fixed_in f ON f.vulnerability_id = v.id
        WHERE n.name LIKE 'alpine:%' ORDER BY n.name, v.name, v.id\
        """;

    private record Row(long id, String version, long told) {
        int edition() {
            return Integer.parseInt(version.substring(2, version.length() - 3));
        }
    }

    private final Stage stage;
    private final Mirror mirror;
    private final List<String> broken = new ArrayList<>();
    private int changes;

    Updates(Stage stage, Mirror mirror) {
        this.stage = stage;
        this.mirror = mirror;
    }

    /** Waits until the last edition is there, and checks what is stored of all; says which promises are broken. */
    List<String> broken() throws SQLException, InterruptedException {
        awaitLast();
        Map<String, List<Row>> rows = new TreeMap<>();
        Checker.each(
                stage,
                ROWS,
                row -> rows.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                        .add(new Row(row.getLong(2), row.getString(3), row.getLong(4))));
        rows.forEach(this::check);
        return broken;
    }

    /** How often a vulnerability was changed. */
    int changes() {
        return changes;
    }

    private void awaitLast() throws SQLException, InterruptedException {
        Map<String, String> expected = mirror.fixes();
        Map<String, String> found = new HashMap<>();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); System.nanoTime() < end; ) {
            found.clear();
            Checker.each(stage, CURRENT, row -> found.put(row.getString(1), row.getString(2)));
            if (found.equals(expected)) {
                return;
            }
            Thread.sleep(500);
        }
        expected.forEach((name, version) -> {
            if (!version.equals(found.get(name))) {
                broken.add(name + " is fixed in " + found.get(name) + ", not in " + version + " as the feed says");
            }
        });
        found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name -> broken.add(name + " is there, and the feed has it not"));
    }

    private void check(String name, List<Row> rows) {
        if (rows.getFirst().told > 1) {
            broken.add(name + " is told " + rows.getFirst().told + " times when it was new");
        }
        for (int i = 1; i < rows.size(); i++) {
            Row before = rows.get(i - 1);
            Row after = rows.get(i);
            changes++;
            if (before.version.equals(after.version)) {
                broken.add(name + " was changed from " + before.version + " to the same");
            } else if (after.edition() < before.edition()) {
                broken.add(name + " was changed from " + before.version + " back to " + after.version);
            }
            if (after.told != 1) {
                broken.add(name + " " + after.version + " is told by " + after.told + " notifications, not by one");
            }
        }
    }
}
