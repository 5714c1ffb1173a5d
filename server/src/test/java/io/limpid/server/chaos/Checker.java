package io.limpid.server.chaos;

import io.limpid.server.clair.ClairException;
import io.limpid.server.store.StoreLaws;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What must be true when all is well again and nobody changes anything. */
final class Checker {
    private static final String SCHEMA = "limpid";
    private static final long QUIET_SECONDS = 300;

    private final Stage stage;
    private final Load load;
    private final boolean isSwept;
    private final List<Client> clients;
    private final List<String> broken = new ArrayList<>();
    private int turn;
    private int layers;
    private int vulnerabilities;
    private int notifications;

    /**
     * Of a load that is over.
     *
     * @param isSwept whether notifications that were told and deleted are gone by now
     */
    Checker(Stage stage, Load load, boolean isSwept) {
        this.stage = stage;
        this.load = load;
        this.isSwept = isSwept;
        this.clients = stage.ports().stream().map(Client::new).toList();
    }

    /** Checks all; says which promises are broken. */
    List<String> broken() throws IOException, SQLException, ClairException, InterruptedException {
        awaitQuiet();
        layers(flaws());
        told();
        StoreLaws.broken(stage.source()).stream()
                .filter(law -> !isSwept || !law.startsWith("no notification tells"))
                .forEach(broken::add);
        clients.forEach(Client::close);
        return broken;
    }

    /** How many layers were looked at that are there. */
    int layers() {
        return layers;
    }

    int vulnerabilities() {
        return vulnerabilities;
    }

    int notifications() {
        return notifications;
    }

    /** Waits until nothing is left to tell, and the receiver has deleted what it wanted to. */
    private void awaitQuiet() throws SQLException, InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(QUIET_SECONDS); System.nanoTime() < end; ) {
            long untold = number("SELECT count(*) FROM notification WHERE notified_at IS NULL AND deleted_at IS NULL");
            if (untold == 0 && stage.receiver().waiting() == 0) {
                return;
            }
            Thread.sleep(200);
        }
        broken.add("after " + QUIET_SECONDS + " s there is still something to tell");
    }

    private Client next() {
        turn = (turn + 1) % clients.size();
        return clients.get(turn);
    }

    /** Each vulnerability is as it was acknowledged; gives those that are there. */
    private Map<String, Flaw> flaws() throws IOException {
        Map<String, Flaw> there = new HashMap<>();
        for (Known<Optional<Flaw>> known : load.flaws()) {
            Optional<Flaw> found = Flaw.read(next(), known.name());
            known.compared(found).ifPresent(broken::add);
            found.ifPresent(flaw -> there.put(known.name(), flaw));
        }
        vulnerabilities = there.size();
        return there;
    }

    /** Each layer is as it was acknowledged, with all that affects it and nothing else. */
    private void layers(Map<String, Flaw> flaws) throws IOException {
        Map<String, SortedMap<String, Flaw>> byPackage = new HashMap<>();
        flaws.forEach((name, flaw) -> flaw.fixes()
                .keySet()
                .forEach(each ->
                        byPackage.computeIfAbsent(each, _ -> new TreeMap<>()).put(name, flaw)));
        for (Known<List<Integer>> known : load.chains()) {
            List<Integer> found = Chain.read(next(), known.name(), load.archives());
            known.compared(found).ifPresent(broken::add);
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i) >= 0) {
                    String name = Chain.layer(known.name(), i);
                    SortedMap<String, String> expected =
                            expected(load.archives().packages().get(found.get(i)), byPackage);
                    Optional<SortedMap<String, String>> told = Chain.layer(next(), name, true);
                    if (!told.equals(Optional.of(expected))) {
                        broken.add(name + " is told " + told + ", not " + expected);
                    }
                }
            }
            for (int i = found.size(); i < Chain.HIGHEST; i++) {
                if (Chain.layer(next(), Chain.layer(known.name(), i), false).isPresent()) {
                    broken.add(Chain.layer(known.name(), i) + " is there without the layer below it");
                }
            }
            layers += found.size();
        }
    }

    private static SortedMap<String, String> expected(
            SortedMap<String, Integer> packages, Map<String, SortedMap<String, Flaw>> byPackage) {
        SortedMap<String, String> features = new TreeMap<>();
        packages.forEach((name, version) -> {
            TreeSet<String> affected = new TreeSet<>();
            byPackage.getOrDefault(name, new TreeMap<>()).forEach((flaw, each) -> {
                int fixed = each.fixes().getOrDefault(name, 0);
                if (version < fixed) {
                    affected.add(flaw + " " + each.severity() + " " + fixed);
                }
            });
            features.put(name + " " + version, String.join(", ", affected));
        });
        return features;
    }

    /** Each was told at least once, and what was told is there; what the receiver deleted is deleted. */
    private void told() throws SQLException {
        Map<String, AtomicInteger> taken = stage.receiver().taken();
        Set<String> deleted = stage.receiver().deleted();
        Set<String> stored = new HashSet<>();
        each("SELECT name, deleted_at IS NOT NULL FROM notification", row -> {
            String name = row.getString(1);
            stored.add(name);
            if (!taken.containsKey(name)) {
                broken.add("the notification " + name + " was never told");
            }
            if (deleted.contains(name) && !row.getBoolean(2)) {
                broken.add("the notification " + name + " is not deleted any more");
            }
        });
        taken.keySet().stream()
                .filter(name -> !stored.contains(name) && !(isSwept && deleted.contains(name)))
                .forEach(name -> broken.add("the notification " + name + " was told, and is not known"));
        notifications = stored.size();
    }

    /** What is done with a row. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void each(String sql, RowReader reader) throws SQLException {
        each(stage, sql, reader);
    }

    static void each(Stage stage, String sql, RowReader reader) throws SQLException {
        try (Connection connection = stage.source().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + SCHEMA);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private long number(String sql) throws SQLException {
        long[] number = new long[1];
        each(sql, row -> number[0] = row.getLong(1));
        return number[0];
    }
}
