package io.limpid.server.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param servers how often a server is killed
 * @param postgres how often PostgreSQL is killed
 * @param stops how often a server is stopped for longer than what it has claimed is its own
 * @param over in which time
 * @param soak how long a load without faults; null for faults
 * @param hasClock whether the clock of one server is an hour ahead
 * @param hasUpdates whether vulnerabilities are fetched too
 * @param figures where the figures go as JSON; null for nowhere
 */
record Options(
        int servers,
        int postgres,
        int stops,
        Duration over,
        @Nullable Duration soak,
        Load.Size load,
        long seed,
        boolean hasClock,
        boolean hasUpdates,
        @Nullable Path figures) {

    static Options parse(List<String> words) {
        int servers = 0;
        int postgres = 0;
        int stops = 0;
        double minutes = 1;
        Duration soak = null;
        Load.Size load = new Load.Size(6, 20, 20);
        long seed = System.nanoTime() % 1_000_000;
        boolean hasClock = false;
        boolean hasUpdates = false;
        Path figures = null;
        for (String word : words) {
            int equals = word.indexOf('=');
            String value = word.substring(equals + 1);
            switch (word.substring(0, equals)) {
                case "servers" -> servers = Integer.parseInt(value);
                case "postgres" -> postgres = Integer.parseInt(value);
                case "stops" -> stops = Integer.parseInt(value);
                case "minutes" -> minutes = Double.parseDouble(value);
                case "soak" -> soak = minutes(Double.parseDouble(value));
                case "clients" -> load = new Load.Size(Integer.parseInt(value), load.pauseMillis(), load.fresh());
                case "pause" -> load = new Load.Size(load.clients(), Integer.parseInt(value), load.fresh());
                case "seed" -> seed = Long.parseLong(value);
                case "clock" -> hasClock = Boolean.parseBoolean(value);
                case "updates" -> hasUpdates = Boolean.parseBoolean(value);
                case "figures" -> figures = Path.of(value);
                default -> throw new IllegalArgumentException(word);
            }
        }
        return new Options(servers, postgres, stops, minutes(minutes), soak, load, seed, hasClock, hasUpdates, figures);
    }

    private static Duration minutes(double minutes) {
        return Duration.ofMillis((long) (minutes * 60_000));
    }
}
