package io.limpid.server.chaos;

import io.limpid.server.chaos.Write.Sort;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Two servers on one PostgreSQL under load while they fail: {@code bench/chaos} starts it, and says what its words mean. */
public final class Chaos {
    private static final Receiver.Manners UNWILLING = new Receiver.Manners(5, 5, 50);
    private static final Duration UPDATES = Duration.ofSeconds(5);
    /** What was told and deleted is still looked for at the end. */
    private static final int NEVER = 0;

    private static final int MOST_TOLD = 20;

    private Chaos() {}

    public static void main(String[] words) throws Exception {
        Options options = Options.parse(Arrays.asList(words));
        Path folder = Files.createTempDirectory("limpid-chaos-");
        System.out.println("# seed " + options.seed() + ", logs in " + folder);
        int code = options.soak() == null ? chaos(options, folder) : Soak.run(options, folder);
        // Threads that still wait for something keep nobody waiting.
        System.out.flush();
        System.exit(code);
    }

    private static int chaos(Options options, Path folder) throws Exception {
        Map<String, String> clock = options.hasClock() ? clock() : Map.of();
        List<String> broken = new ArrayList<>();
        Figures figures = new Figures();
        try (Stage stage = new Stage(folder, UNWILLING, NEVER, options.hasUpdates() ? UPDATES : null)) {
            stage.add(Map.of());
            stage.add(clock);
            Load load = new Load(stage.ports(), Archives.make(folder.toRealPath()), options.load(), options.seed());
            Faults faults = new Faults(stage, load.tally(), options);
            stage.receiver().deleteAt(stage.ports(), load.tally());
            long begun = System.nanoTime();
            load.start();
            faults.run();
            load.stop();
            double seconds = (System.nanoTime() - begun) / 1e9;
            stage.mirror().ifPresent(Mirror::freeze);
            Optional<Updates> updates = stage.mirror().map(mirror -> new Updates(stage, mirror));
            if (updates.isPresent()) {
                broken.addAll(updates.get().broken());
            }
            Checker checker = new Checker(stage, load, false);
            broken.addAll(checker.broken());
            broken.addAll(load.tally().broken());
            faults(figures, faults, stage, clock);
            figures.add("seconds", "time under load", seconds, "s");
            load(figures, load.tally());
            updates.ifPresent(each -> figures.add("updates", "changes of vulnerabilities fetched", each.changes()));
            checked(figures, checker, stage);
            figures.add("broken", "**broken promises**", broken.size());
        }
        figures.print();
        figures.write(options.figures());
        broken.stream().limit(MOST_TOLD).forEach(each -> System.out.println("BROKEN: " + each));
        return broken.isEmpty() ? 0 : 1;
    }

    /** What sets the clock of a process an hour ahead; nothing, with a word, where that cannot be done. */
    private static Map<String, String> clock() throws IOException {
        Optional<Path> library = library();
        if (library.isEmpty()) {
            System.out.println("# no clock is an hour ahead: libfaketime is not here (Debian's package faketime)");
            return Map.of();
        }
        return Map.of(
                "LD_PRELOAD",
                library.get().toString(),
                "FAKETIME",
                "+1h",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // With it, a wait by the monotonic clock ends at once, and all of Java's are.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                // Java looks at the times of its jars.
                "NO_FAKE_STAT",
                "1");
    }

    private static Optional<Path> library() throws IOException {
        for (Path folder : List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"))) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> below = Files.newDirectoryStream(folder, Files::isDirectory)) {
                    for (Path each : below) {
                        Path library = each.resolve("faketime").resolve("libfaketimeMT.so.1");
                        if (Files.exists(library)) {
                            return Optional.of(library);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static void faults(Figures figures, Faults faults, Stage stage, Map<String, String> clock)
            throws IOException {
        figures.add("serverKills", "kill -9 of a server", faults.count(Faults.Kind.KILL_SERVER));
        figures.add("postgresKills", "kill -9 of PostgreSQL", faults.count(Faults.Kind.KILL_POSTGRES));
        figures.add("stops", "servers stopped for longer than their claims", faults.count(Faults.Kind.STOP_SERVER));
        figures.add("clockAhead", "clock of one server ahead", clock.isEmpty() ? 0 : Clocks.ahead(stage), "s");
        figures.add("ended", "servers that ended though nobody here killed them", faults.ended());
        List<Double> starts = new ArrayList<>();
        stage.machines().forEach(machine -> starts.addAll(machine.starts()));
        figures.add("serverStart", "server, from its start to healthy", starts);
        figures.add("postgresStart", "PostgreSQL, from its start to the first answer", faults.postgresStarts());
        figures.add("gap", "from the kill of PostgreSQL to the next acknowledged change", faults.gaps());
        long fenced = 0;
        for (Machine machine : stage.machines()) {
            fenced += machine.fenced();
        }
        figures.add("fenced", "stale writers fenced", fenced);
    }

    static void load(Figures figures, Tally tally) {
        figures.add("layers", "layers acknowledged", tally.count(Sort.LAYER));
        figures.add("vulnerabilities", "vulnerabilities and fixes acknowledged", tally.count(Sort.VULNERABILITY));
        figures.add("deletions", "deletions acknowledged", tally.count(Sort.DELETION));
        figures.add("reads", "reads compared with what was acknowledged", tally.reads());
        figures.add("failed", "requests without an answer, or with 5xx", tally.failures());
        tally.reasons()
                .forEach((reason, count) -> System.out.println("# failed: " + count.sum() + " times: " + reason));
        figures.add("late", "changes acknowledged at the third try or later", tally.late());
        figures.add("unknown", "changes whose client did not ask again", tally.unknown());
    }

    private static void checked(Figures figures, Checker checker, Stage stage) {
        figures.add("layersThere", "layers there at the end, compared", checker.layers());
        figures.add("vulnerabilitiesThere", "vulnerabilities there at the end, compared", checker.vulnerabilities());
        figures.add("notifications", "notifications", checker.notifications());
        Map<String, AtomicInteger> taken = stage.receiver().taken();
        long deliveries = taken.values().stream().mapToLong(AtomicInteger::get).sum();
        figures.add("deliveries", "deliveries taken by the receiver", deliveries);
        figures.add("refused", "deliveries that it refused", stage.receiver().refusals());
        figures.add(
                "lost",
                "deliveries whose acknowledgement it lost",
                stage.receiver().losses());
        figures.add(
                "duplicates",
                "duplicates",
                deliveries == 0 ? 0 : 100.0 * (deliveries - taken.size()) / deliveries,
                "%");
    }
}
