package io.limpid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpid.server.store.ConnectionSource;
import io.limpid.server.store.StandbyPair;
import io.limpid.server.store.StoreLaws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two servers under load on a primary that is lost, round by round, and its standby that is promoted; the servers go on by themselves.
 *
 * <p>What {@code bench/standby} runs.
 */
final class StandbyPromotion {
    private static final int CLIENTS = 3;
    /** The packages of all layers, and what vulnerabilities are fixed in. */
    private static final int PACKAGES = 100;

    private static final Duration LOAD = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /** How the primary is lost. */
    enum Loss {
        /** All its processes are killed. */
        CRASH,
        /** It takes connections and says nothing. */
        HANG
    }

    /**
     * What was measured.
     *
     * @param gaps of each round, the milliseconds from the end of the promotion to the first write that the later one of the servers acknowledged
     * @param silences of each round, the milliseconds from the loss until every client had a write acknowledged
     * @param acknowledged writes, all rounds together
     * @param lost acknowledged writes that are not there
     * @param unknown writes that were answered by an error or not at all
     * @param unknownThere those of them that are there
     * @param stale acknowledged writes that the other server did not tell right afterwards
     */
    record Figures(
            List<Long> gaps,
            List<Long> silences,
            int acknowledged,
            int lost,
            int unknown,
            int unknownThere,
            int stale) {
        Figures {
            gaps = List.copyOf(gaps);
            silences = List.copyOf(silences);
        }

        String json(Loss loss) {
            return String.format(
                    Locale.ROOT,
                    "{\"loss\":\"%s\",\"gapsMs\":%s,\"silencesMs\":%s,\"acknowledged\":%d,\"lost\":%d,\"unknown\":%d,"
                            + "\"unknownThere\":%d,\"stale\":%d}",
                    loss.toString().toLowerCase(Locale.ROOT),
                    gaps,
                    silences,
                    acknowledged,
                    lost,
                    unknown,
                    unknownThere,
                    stale);
        }
    }

    private final Path folder;
    private final StandbyPair pair;
    private final Loss loss;
    private final List<ServerProcess> servers = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger stale = new AtomicInteger();

    private StandbyPromotion(Path folder, StandbyPair pair, Loss loss) {
        this.folder = folder;
        this.pair = pair;
        this.loss = loss;
    }

    public static void main(String[] words) throws Exception {
        Loss loss = Loss.valueOf(words[0].toUpperCase(Locale.ROOT));
        Path folder = Files.createTempDirectory("limpid-standby-");
        System.out.println(measure(folder, loss, Integer.parseInt(words[1]), Duration.ofSeconds(3))
                .json(loss));
    }

    /**
     * Loses a primary several times.
     *
     * @param folder for layers and configurations
     * @param pause between the loss and the promotion
     */
    static Figures measure(Path folder, Loss loss, int rounds, Duration pause) throws Exception {
        try (StandbyPair pair = StandbyPair.start()) {
            StandbyPromotion promotion = new StandbyPromotion(folder, pair, loss);
            try {
                return promotion.rounds(rounds, pause);
            } finally {
                promotion.servers.forEach(ServerProcess::close);
            }
        }
    }

    private Figures rounds(int rounds, Duration pause) throws Exception {
        for (int i = 0; i < PACKAGES; i++) {
            TwoServers.archive(folder, "layer" + i, "p" + i + " 1");
        }
        servers.add(ServerProcess.start(folder, pair.source()));
        servers.add(ServerProcess.start(folder, pair.source()));
        for (ServerProcess server : servers) {
            server.awaitHealth();
        }
        List<Long> gaps = new ArrayList<>();
        List<Long> silences = new ArrayList<>();
        Random random = new Random(rounds);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> posts = new ArrayList<>();
            for (int i = 0; i < servers.size() * CLIENTS; i++) {
                Client client = new Client(i, api(i), api(i + 1));
                clients.add(client);
                posts.add(threads.submit(() -> {
                    client.post();
                    return null;
                }));
            }
            try {
                for (int i = 0; i < rounds; i++) {
                    Thread.sleep(LOAD);
                    long begun = System.nanoTime();
                    lose();
                    Thread.sleep(pause.plusMillis(random.nextInt(1000)));
                    pair.promote();
                    long promoted = System.nanoTime();
                    awaitWrites(begun);
                    gaps.add(gap(begun, promoted));
                    silences.add(
                            (clients.stream().mapToLong(Client::first).max().orElseThrow() - begun) / 1_000_000);
                    System.err.println("round " + i + ": gap " + gaps.getLast() + " ms, silence of a client at most "
                            + silences.getLast() + " ms");
                    if (loss == Loss.HANG) {
                        // It is back, and takes itself for the primary: nobody is to believe it.
                        pair.primary().thaw();
                        Thread.sleep(LOAD);
                    }
                    pair.replaceLost();
                }
            } finally {
                isOver.set(true);
                for (Future<?> post : posts) {
                    post.get();
                }
            }
        }
        return checked(gaps, silences);
    }

    private ApiAt api(int client) {
        return servers.get(client % servers.size()).api();
    }

    private void lose() throws IOException {
        switch (loss) {
            case CRASH -> pair.primary().crash();
            case HANG -> pair.primary().freeze();
        }
        clients.forEach(client -> client.since(System.nanoTime()));
    }

    /** Comes back when each client has written again. */
    private void awaitWrites(long begun) throws Exception {
        while (clients.stream().anyMatch(client -> client.first() == 0)) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new AssertionError("no write within " + PATIENCE + ": "
                        + servers.getFirst().log());
            }
            Thread.sleep(10);
        }
    }

    /** Of the server that comes later; a promotion's end is told a little later than it was. */
    private long gap(long begun, long promoted) {
        long latest = begun;
        for (int i = 0; i < servers.size(); i++) {
            int server = i;
            latest = Math.max(
                    latest,
                    clients.stream()
                            .filter(client -> client.number % servers.size() == server)
                            .mapToLong(Client::first)
                            .min()
                            .orElseThrow());
        }
        return Math.max(0, (latest - promoted) / 1_000_000);
    }

    private Figures checked(List<Long> gaps, List<Long> silences) throws Exception {
        int acknowledged = 0;
        int lost = 0;
        int unknown = 0;
        int unknownThere = 0;
        for (Client client : clients) {
            for (var write : client.writes.entrySet()) {
                boolean isThere = true;
                for (ServerProcess server : servers) {
                    isThere &= isThere(server.api(), write.getKey());
                }
                acknowledged += write.getValue() ? 1 : 0;
                lost += write.getValue() && !isThere ? 1 : 0;
                unknown += write.getValue() ? 0 : 1;
                unknownThere += !write.getValue() && isThere ? 1 : 0;
            }
        }
        assertThat(StoreLaws.broken(ConnectionSource.parse(pair.source()))).isEmpty();
        return new Figures(gaps, silences, acknowledged, lost, unknown, unknownThere, stale.get());
    }

    /** Whether it is there with all that belongs to it. */
    private static boolean isThere(ApiAt api, String name) throws IOException {
        int number = number(name);
        if (name.startsWith("V")) {
            return api.vulnerability(name)
                    .filter(("High: p" + number + " 2")::equals)
                    .isPresent();
        }
        return api.layer(name)
                .filter(found -> found.containsKey("p" + number + " 1"))
                .isPresent();
    }

    /** Of the package. */
    private static int number(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1)) % PACKAGES;
    }

    /** Posts all the time, whatever the answers are, and never the same twice. */
    private final class Client {
        private final int number;
        private final ApiAt api;
        private final ApiAt other;
        /** By name, whether it was acknowledged. */
        private final Map<String, Boolean> writes = new ConcurrentHashMap<>();

        private long since;
        private long first;

        Client(int number, ApiAt api, ApiAt other) {
            this.number = number;
            this.api = api;
            this.other = other;
        }

        /** From now on it is looked for the first write that is begun and acknowledged. */
        synchronized void since(long moment) {
            since = moment;
            first = 0;
        }

        /** When it was acknowledged, 0 for not yet. */
        synchronized long first() {
            return first;
        }

        private synchronized void acknowledged(long begun) {
            if (first == 0 && begun - since > 0) {
                first = System.nanoTime();
            }
        }

        void post() throws InterruptedException {
            for (int i = 0; !isOver.get(); i++) {
                String name = (i % 2 == 0 ? "V-" : "L-") + number + "-" + i / 2;
                long begun = System.nanoTime();
                boolean isAcknowledged = false;
                try {
                    isAcknowledged = send(name) == 201;
                } catch (IOException _) {
                    // As unknown as an error.
                }
                writes.put(name, isAcknowledged);
                if (isAcknowledged) {
                    acknowledged(begun);
                    look(name);
                }
                // A client that is told to come later does; and none is so quick that the end is all about checking.
                Thread.sleep(isAcknowledged ? 10 : 50);
            }
        }

        /** An error tells nothing false. */
        private void look(String name) {
            try {
                String target = name.startsWith("V") ? ApiAt.VULNERABILITIES + "/" : "/v1/layers/";
                if (other.ask("GET", target + name, null) == 404) {
                    stale.incrementAndGet();
                }
            } catch (IOException _) {
                // As good as an error.
            }
        }

        private int send(String name) throws IOException {
            int fixed = number(name);
            return name.startsWith("V")
                    ? api.postVulnerability(name, "High", List.of("p" + fixed + " 2"))
                    : api.postLayer(name, null, folder.toRealPath().resolve("layer" + fixed + ".tar"));
        }
    }
}
