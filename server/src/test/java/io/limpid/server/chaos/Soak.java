package io.limpid.server.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server under a steady load without faults, where as much is deleted as is made: what it takes must stay as it is. */
final class Soak {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** The first fifth is not looked at: code is compiled, caches and pools are filled. */
    private static final int WARM_UP = 5;

    private static final double MEGABYTE = 1 << 20;
    /** The receiver is as unreliable as they are, and deletes all that it was told. */
    private static final Receiver.Manners TIDY = new Receiver.Manners(5, 5, 100);

    private static final int KEPT_MINUTES = 1;
    private static final Duration UPDATES = Duration.ofSeconds(30);
    /** All names are used again and again. */
    private static final int FRESH = 0;

    private static final Pattern USED = Pattern.compile(
            "(?:DefNew|Tenured|def new generation|tenured generation)" + "\\s+total \\d+K, used (\\d+)K");
    private static final String TABLES = """
        SELECT relname, pg_total_relation_size(relid), (xpath('/row/c/text()', query_to_xml(
            format('SELECT count(*) AS c FROM %I.%I', schemaname, relname), false, true, '')))[1]::text::bigint
        FROM pg_stat_user_tables ORDER BY relname\
        """;

    /** What is measured, and by how much its median of the last third may be above that of the first and still be flat. */
    private enum Quantity {
        RESIDENT("resident memory", "MB", 0.05, 0),
        THREADS("threads", "", 0, 2),
        CONNECTIONS("connections to the database", "", 0, 2),
        DESCRIPTORS("file descriptors", "", 0, 5),
        DATABASE("database", "MB", 0.05, 0);

        private final String title;
        private final String unit;
        private final double share;
        private final double more;

        Quantity(String title, String unit, double share, double more) {
            this.title = title;
            this.unit = unit;
            this.share = share;
            this.more = more;
        }

        boolean isFlat(double first, double last) {
            return last <= first * (1 + share) + more;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Sample(double hours, Map<Quantity, Double> values) {
        double value(Quantity quantity) {
            return Objects.requireNonNull(values.get(quantity));
        }
    }

    private record Table(double megabytes, long rows) {}

    private final Stage stage;
    private final Machine machine;
    private final List<Sample> samples = new ArrayList<>();

    private Soak(Stage stage, Machine machine) {
        this.stage = stage;
        this.machine = machine;
    }

    /** Runs one, prints its figures, and gives the exit code: 0 when all is flat and no promise is broken. */
    static int run(Options options, Path folder) throws Exception {
        long length = Objects.requireNonNull(options.soak()).toNanos();
        Figures figures = new Figures();
        int bad;
        try (Stage stage = new Stage(folder, TIDY, KEPT_MINUTES, options.hasUpdates() ? UPDATES : null)) {
            Soak soak = new Soak(stage, stage.add(Map.of()));
            Load.Size size =
                    new Load.Size(options.load().clients(), options.load().pauseMillis(), FRESH);
            Load load = new Load(stage.ports(), Archives.make(folder.toRealPath()), size, options.seed());
            stage.receiver().deleteAt(stage.ports(), load.tally());
            load.start();
            TimeUnit.NANOSECONDS.sleep(length / WARM_UP);
            Map<String, Table> before = soak.tables();
            double heap = soak.heap();
            soak.sample(length - length / WARM_UP);
            load.stop();
            Chaos.load(figures, load.tally());
            bad = soak.judge(figures);
            figures.add("heapFirst", "heap in use after a collection, after the warm-up", heap, "MB");
            figures.add("heapLast", "heap in use after a collection, at the end", soak.heap(), "MB");
            soak.tell(figures, before);
            List<String> broken = new ArrayList<>(new Checker(stage, load, true).broken());
            broken.addAll(load.tally().broken());
            broken.forEach(each -> System.out.println("BROKEN: " + each));
            figures.add("broken", "**broken promises**", broken.size());
            bad += broken.size();
        }
        figures.print();
        figures.write(options.figures());
        return bad == 0 ? 0 : 1;
    }

    private void sample(long nanos) throws Exception {
        long begun = System.nanoTime();
        for (long due = begun; due - begun < nanos; due += EVERY_NANOS) {
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
            values.put(Quantity.RESIDENT, status("VmRSS") / 1024.0);
            values.put(Quantity.THREADS, (double) status("Threads"));
            values.put(Quantity.DESCRIPTORS, descriptors());
            values.put(
                    Quantity.CONNECTIONS,
                    number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND pid <> pg_backend_pid()"));
            values.put(Quantity.DATABASE, number("SELECT pg_database_size(current_database())") / MEGABYTE);
            samples.add(new Sample((System.nanoTime() - begun) / 3.6e12, values));
        }
    }

    /** Adds the figures of each quantity; gives how many are not flat. */
    private int judge(Figures figures) {
        int third = Math.max(1, samples.size() / 3);
        int bad = 0;
        for (Quantity each : Quantity.values()) {
            double first = median(samples.subList(0, third), each);
            double last = median(samples.subList(samples.size() - third, samples.size()), each);
            boolean isFlat = each.isFlat(first, last);
            figures.add(each.key() + "First", each.title + ", median of the first third", first, each.unit);
            figures.add(
                    each.key() + "Last",
                    each.title + ", of the last third: " + (isFlat ? "flat" : "**not flat**"),
                    last,
                    each.unit);
            figures.add(each.key() + "Slope", each.title + ", slope in an hour", slope(each), each.unit);
            bad += isFlat ? 0 : 1;
        }
        return bad;
    }

    private static double median(List<Sample> samples, Quantity quantity) {
        List<Double> values =
                samples.stream().map(each -> each.value(quantity)).sorted().toList();
        return values.get(values.size() / 2);
    }

    /** Of the line of least squares. */
    private double slope(Quantity quantity) {
        double hours = samples.stream().mapToDouble(Sample::hours).average().orElse(0);
        double value = samples.stream()
                .mapToDouble(each -> each.value(quantity))
                .average()
                .orElse(0);
        double above = 0;
        double below = 0;
        for (Sample each : samples) {
            above += (each.hours() - hours) * (each.value(quantity) - value);
            below += (each.hours() - hours) * (each.hours() - hours);
        }
        return below == 0 ? 0 : above / below;
    }

    /** Which tables have more than after the warm-up. */
    private void tell(Figures figures, Map<String, Table> before) throws SQLException {
        tables().forEach((name, table) -> {
            Table old = before.getOrDefault(name, new Table(0, 0));
            figures.add(name + "RowsFirst", "rows of " + name + " after the warm-up", old.rows);
            figures.add(name + "Rows", "rows of " + name + " at the end", table.rows);
            figures.add(
                    name + "Mb", "table " + name + " with its indexes, more", table.megabytes - old.megabytes, "MB");
        });
    }

    private Map<String, Table> tables() throws SQLException {
        Map<String, Table> tables = new TreeMap<>();
        Checker.each(
                stage,
                TABLES,
                row -> tables.put(row.getString(1), new Table(row.getLong(2) / MEGABYTE, row.getLong(3))));
        return tables;
    }

    private double number(String sql) throws SQLException {
        double[] number = new double[1];
        Checker.each(stage, sql, row -> number[0] = row.getDouble(1));
        return number[0];
    }

    /** A number of the kernel's about the process. */
    private long status(String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(machine.pid()), "status"))) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D+", ""));
            }
        }
        throw new IOException("the kernel tells no " + name);
    }

    private double descriptors() throws IOException {
        int count = 0;
        try (DirectoryStream<Path> open =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(machine.pid()), "fd"))) {
            for (Path _ : open) {
                count++;
            }
        }
        return count;
    }

    /** What is in use after a full collection, in MB. */
    private double heap() throws IOException {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        double kilobytes = 0;
        while (used.find()) {
            kilobytes += Long.parseLong(used.group(1));
        }
        return kilobytes / 1024;
    }

    private String jcmd(String command) throws IOException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(program, Long.toString(machine.pid()), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
