package io.limpid.server.scale;

import io.limpid.server.Main;
import io.limpid.server.clair.ClairException;
import io.limpid.server.scale.ToldLayers.Side;
import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.Database;
import io.limpid.server.store.LayerStore;
import io.limpid.testing.Answer;
import io.limpid.testing.FaultServer;
import io.limpid.testing.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench/updates} measures with layers: a server that has indexed many of them finds another state of its feeds, and tells a receiver of the layers
 * that this concerns; they are compared with those that a comparison of everything with everything finds.
 */
public final class UpdatesBench {
    private static final long SEED = 20_261_126;
    private static final int WRITERS = 4;
    private static final int REMEMBERED = 16_384;
    private static final long PATIENCE_SECONDS = 1_800;
    private static final String FINISHED = "\"Event\":\"update finished\"";

    private final ConnectionSource source;
    private final Path folder;
    private final Map<String, Object> figures = new HashMap<>();

    private UpdatesBench(ConnectionSource source, Path folder) {
        this.source = source;
        this.folder = folder;
    }

    /**
     * Measures, and prints the figures as one JSON object.
     *
     * @param words the connection string of an empty database, a folder, how many layers, and how many of a hundred vulnerabilities change
     */
    public static void main(String[] words) throws Exception {
        UpdatesBench bench = new UpdatesBench(ConnectionSource.parse(words[0]), Path.of(words[1]));
        bench.run(Integer.parseInt(words[2]), Double.parseDouble(words[3]));
        List<String> members = new ArrayList<>();
        bench.figures.forEach((name, value) -> members.add("\"" + name + "\":" + value));
        System.out.println("{" + String.join(",", members) + "}");
    }

    private void run(int count, double percent) throws Exception {
        Publication first = Publication.of(SEED);
        Publication second = first.changed(SEED + 1, percent);
        MadeUpLayers layers = MadeUpLayers.of(SEED + 2, count);
        int api = FreePort.next();
        Path log = folder.resolve("server.log");
        try (FaultServer mirror = FaultServer.start();
                ToldLayers receiver = new ToldLayers(api)) {
            publish(mirror, first);
            long began = System.nanoTime();
            Process server = start(api, mirror, receiver, log);
            try {
                await(server, log, 1);
                figures.put("firstUpdateSeconds", seconds(began, System.nanoTime()));
                figures.put("vulnerabilities", first.size());
                index(layers);
                await(server, log, updates(log) + 1);
                measure(server, log, mirror, receiver, layers, first, second);
            } finally {
                server.destroy();
                server.waitFor(60, TimeUnit.SECONDS);
                server.destroyForcibly();
            }
        }
    }

    private static void publish(FaultServer mirror, Publication publication) {
        publication.documents().forEach((path, bytes) -> mirror.on(path, Answer.ok(bytes)));
    }

    /** With the flags that the launcher gives it. */
    private Process start(int api, FaultServer mirror, ToldLayers receiver, Path log) throws IOException {
        ConnectionSource.Server database = source.servers().getFirst();
        Path configuration = Files.writeString(folder.resolve("layers.yaml"), """
            clair:
              database:
                options:
                  source: host=%s port=%d dbname=%s user=%s sslmode=disable
                  datafolder: %s
              api:
                v1_addr: "127.0.0.1:%d"
                healthaddr: "127.0.0.1:%d"
              updater:
                interval: 5s
                enabledupdaters: [alpine, debian, photon]
                mirror: "%s"
              notifier:
                check_interval: 1s
                http:
                  endpoint: "%s"
            """.formatted(
                        database.host(),
                        database.port(),
                        source.database(),
                        source.user(),
                        folder.resolve("layers"),
                        api,
                        FreePort.next(),
                        mirror.url(""),
                        receiver.hook()));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms384m",
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "server",
                        "-config",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static int updates(Path log) throws IOException {
        String text = Files.readString(log, StandardCharsets.UTF_8);
        int count = 0;
        for (int at = text.indexOf(FINISHED); at >= 0; at = text.indexOf(FINISHED, at + 1)) {
            count++;
        }
        return count;
    }

    /** Comes back when it has ended so many updates. */
    private static void await(Process server, Path log, int count) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (updates(log) < count) {
            if (!server.isAlive() || System.nanoTime() > end) {
                throw new IOException("no update has ended: " + Files.readString(log, StandardCharsets.UTF_8));
            }
            Thread.sleep(100);
        }
    }

    /** Stores layers as the server does when it has read them. */
    private void index(MadeUpLayers layers) throws Exception {
        long began = System.nanoTime();
        long packages = 0;
        try (Database database = Database.open(source, Database.Settings.DEFAULT);
                ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            LayerStore store = new LayerStore(database, REMEMBERED);
            List<Future<?>> written = new ArrayList<>();
            for (List<MadeUpLayers.Layer> image : layers.images()) {
                packages +=
                        image.stream().mapToInt(layer -> layer.adds().size()).sum();
                written.add(writers.submit(() -> {
                    for (MadeUpLayers.Layer layer : image) {
                        store.insert(layer.indexed());
                    }
                    return true;
                }));
            }
            for (Future<?> one : written) {
                one.get();
            }
        }
        figures.put("layers", layers.images().stream().mapToInt(List::size).sum());
        figures.put("images", layers.images().size());
        figures.put("packagesAdded", packages);
        figures.put("indexSeconds", seconds(began, System.nanoTime()));
    }

    private void measure(
            Process server,
            Path log,
            FaultServer mirror,
            ToldLayers receiver,
            MadeUpLayers layers,
            Publication first,
            Publication second)
            throws Exception {
        List<Publication.Key> changed = first.differences(second);
        long began = System.nanoTime();
        publish(mirror, second);
        long end = began + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (receiver.told().size() < changed.size()
                && System.nanoTime() < end
                && receiver.failures().isEmpty()) {
            if (!server.isAlive()) {
                throw new IOException("the server ended: " + Files.readString(log, StandardCharsets.UTF_8));
            }
            Thread.sleep(20);
        }
        figures.put("receivedSeconds", seconds(began, receiver.lastReceived()));
        figures.put("readSeconds", seconds(began, receiver.lastRead()));
        // Whatever is told besides would have come by then.
        await(server, log, updates(log) + 2);
        Thread.sleep(3_000);
        if (!receiver.failures().isEmpty()) {
            throw new IOException(receiver.failures().size() + " failures, first "
                    + receiver.failures().getFirst());
        }
        figures.put("changed", changed.size());
        figures.put("notifications", receiver.told().size());
        figures.put("pages", receiver.pages());
        figures.put("pageMillisP50", millis(receiver.pageNanos(500)));
        figures.put("pageMillisP99", millis(receiver.pageNanos(990)));
        compare(receiver, layers, first, second, changed);
    }

    /** Each layer of each side of each change must be told, and nothing else. */
    private void compare(
            ToldLayers receiver,
            MadeUpLayers layers,
            Publication first,
            Publication second,
            List<Publication.Key> changed)
            throws ClairException {
        Map<String, ToldLayers.Told> told = new HashMap<>();
        long twice = 0;
        for (ToldLayers.Told one : receiver.told().values()) {
            String before = one.before().vulnerability();
            String after = one.after().vulnerability();
            twice += told.put(before == null ? String.valueOf(after) : before, one) == null ? 0 : 1;
        }
        Count count = new Count();
        count.extraSides += twice;
        Set<String> union = new TreeSet<>();
        for (Publication.Key key : changed) {
            ToldLayers.Told one = told.remove(key.release().namespace + " " + key.name());
            Side none = new Side(null, null);
            union.addAll(count.side(expected(layers, first, key), one == null ? none : one.before()));
            union.addAll(count.side(expected(layers, second, key), one == null ? none : one.after()));
        }
        count.extraSides += told.size();
        figures.put("layersNamed", union.size());
        figures.put("namings", count.named);
        figures.put("missing", count.missing);
        figures.put("extra", count.extra);
        figures.put("sidesMissing", count.missingSides);
        figures.put("sidesExtra", count.extraSides);
    }

    private static @Nullable Set<String> expected(MadeUpLayers layers, Publication publication, Publication.Key key)
            throws ClairException {
        return publication.has(key) ? layers.introducing(key.release(), publication.fixes(key)) : null;
    }

    private static final class Count {
        private long named;
        private long missing;
        private long extra;
        private long missingSides;
        private long extraSides;

        /** Counts what a side says too little and too much; gives what it should say. */
        Set<String> side(@Nullable Set<String> expected, Side told) {
            Set<String> layers = told.layers();
            missingSides += expected != null && layers == null ? 1 : 0;
            extraSides += expected == null && layers != null ? 1 : 0;
            Set<String> should = expected == null ? Set.of() : expected;
            Set<String> does = layers == null ? Set.of() : layers;
            named += does.size();
            missing += should.stream().filter(name -> !does.contains(name)).count();
            extra += does.stream().filter(name -> !should.contains(name)).count();
            return should;
        }
    }

    private static double seconds(long from, long to) {
        return Math.round((to - from) / 1e7) / 100.0;
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e4) / 100.0;
    }
}
