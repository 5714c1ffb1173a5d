package io.limpid.server.chaos;

import io.limpid.server.api.RawHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Clients that change and read what is their own, ask again until they are answered, and remember what may be stored. */
final class Load {
    private static final String[] SEVERITIES = {"Low", "Medium", "High", "Critical"};

    /**
     * How much it is.
     *
     * @param clients how many there are
     * @param pauseMillis that each waits between two requests, on average
     * @param fresh of a hundred changes, those of something that is changed no more, at most deleted
     */
    record Size(int clients, int pauseMillis, int fresh) {}

    private static final int CHAINS = 6;
    private static final int FLAWS = 12;
    private static final int PATIENCE_TRIES = 200;
    /** What a server did not answer before it was killed is done by then, or never. */
    private static final int AFTER_FAILURE_MILLIS = 400;

    private final List<Integer> ports;
    private final Archives archives;
    private final Size size;
    private final long seed;
    private final Tally tally = new Tally();
    private final List<Known<List<Integer>>> chains = new CopyOnWriteArrayList<>();
    private final List<Known<Optional<Flaw>>> flaws = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isOver;

    Load(List<Integer> ports, Archives archives, Size size, long seed) {
        this.ports = ports;
        this.archives = archives;
        this.size = size;
        this.seed = seed;
    }

    void start() {
        for (int i = 0; i < size.clients; i++) {
            Worker worker = new Worker("c" + i, new Random(seed * 1000 + i));
            threads.add(Thread.ofPlatform().name("client-" + i).daemon().start(worker::run));
        }
    }

    /** Lets each end what it has begun. */
    void stop() throws InterruptedException {
        isOver = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    Tally tally() {
        return tally;
    }

    List<Known<List<Integer>>> chains() {
        return chains;
    }

    List<Known<Optional<Flaw>>> flaws() {
        return flaws;
    }

    Archives archives() {
        return archives;
    }

    /** How something is read from a server. */
    private interface Reader<S> {
        S read(Client client, String name) throws IOException;
    }

    /** One client with connections to all servers, and names that no other uses. */
    private final class Worker {
        private final String name;
        private final Random random;
        private final List<Client> clients;
        private final List<Known<List<Integer>>> ownChains = new ArrayList<>();
        private final List<Known<Optional<Flaw>>> ownFlaws = new ArrayList<>();
        private final List<Known<List<Integer>>> freshChains = new ArrayList<>();
        private final List<Known<Optional<Flaw>>> freshFlaws = new ArrayList<>();
        private final Set<String> deleted = new HashSet<>();
        private int made;
        private int turn;

        Worker(String name, Random random) {
            this.name = name;
            this.random = random;
            this.clients = ports.stream().map(Client::new).toList();
            for (int i = 0; i < CHAINS; i++) {
                ownChains.add(new Known<>(name + "-chain" + i, List.of()));
            }
            for (int i = 0; i < FLAWS; i++) {
                ownFlaws.add(new Known<>("CVE-" + name + "-" + i, Optional.empty()));
            }
            chains.addAll(ownChains);
            flaws.addAll(ownFlaws);
        }

        void run() {
            try {
                while (!isOver) {
                    turn = random.nextInt(clients.size());
                    int luck = random.nextInt(100);
                    if (luck < 40) {
                        changeLayers();
                    } else if (luck < 70) {
                        changeFlaw();
                    } else {
                        readSomething();
                    }
                    pause(random.nextInt(2 * size.pauseMillis + 1));
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                clients.forEach(Client::close);
            }
        }

        private void changeLayers() throws InterruptedException {
            if (random.nextInt(100) < size.fresh) {
                if (random.nextInt(3) == 0 && !freshChains.isEmpty()) {
                    Known<List<Integer>> old = freshChains.get(random.nextInt(freshChains.size()));
                    if (deleted.add(old.name())) {
                        write(old, Chain.delete(old.name(), 0));
                    }
                    return;
                }
                Known<List<Integer>> fresh = new Known<>(name + "-fresh" + made++, List.of());
                freshChains.add(fresh);
                chains.add(fresh);
                write(fresh, Chain.post(fresh.name(), 0, random.nextInt(archives.count()), archives));
                return;
            }
            Known<List<Integer>> chain = any(ownChains);
            int height = chain.likely().size();
            if (height == Chain.HIGHEST || (height > 0 && random.nextInt(3) == 0)) {
                write(chain, Chain.delete(chain.name(), random.nextInt(height)));
                return;
            }
            int archive = random.nextInt(archives.count());
            // Where nobody knows whether the layer below is there it is posted again first.
            for (int i = 0; i <= height; i++) {
                int index = i;
                if (i == height || !chain.always(each -> each.size() > index)) {
                    write(chain, Chain.post(chain.name(), i, archive, archives));
                    return;
                }
            }
        }

        private void changeFlaw() throws InterruptedException {
            if (random.nextInt(100) < size.fresh) {
                if (random.nextInt(3) == 0 && !freshFlaws.isEmpty()) {
                    Known<Optional<Flaw>> old = freshFlaws.get(random.nextInt(freshFlaws.size()));
                    if (deleted.add(old.name())) {
                        write(old, Flaw.delete(old.name()));
                    }
                    return;
                }
                Known<Optional<Flaw>> fresh = new Known<>("CVE-" + name + "-fresh" + made++, Optional.empty());
                freshFlaws.add(fresh);
                flaws.add(fresh);
                write(fresh, Flaw.post(fresh.name(), flaw("rare-", Archives.RARE)));
                return;
            }
            Known<Optional<Flaw>> known = any(ownFlaws);
            String feature = "common-" + random.nextInt(Archives.COMMON);
            write(
                    known,
                    switch (random.nextInt(10)) {
                        case 0, 1, 2 -> Flaw.post(known.name(), flaw("common-", Archives.COMMON));
                        case 3, 4, 5 -> Flaw.putSeverity(known.name(), any(SEVERITIES));
                        case 6, 7 -> Flaw.putFix(known.name(), feature, version());
                        case 8 -> Flaw.deleteFix(known.name(), feature);
                        default -> Flaw.delete(known.name());
                    });
        }

        private Flaw flaw(String kind, int count) {
            SortedMap<String, Integer> fixes = new TreeMap<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                fixes.put(kind + random.nextInt(count), version());
            }
            return new Flaw(any(SEVERITIES), fixes);
        }

        private int version() {
            return 2 + random.nextInt(Archives.VERSIONS);
        }

        private void readSomething() throws InterruptedException {
            switch (random.nextInt(4)) {
                case 0 -> read(any(ownFlaws), Flaw::read);
                case 1 -> read(any(freshFlaws.isEmpty() ? ownFlaws : freshFlaws), Flaw::read);
                case 2 -> read(any(ownChains), (client, chain) -> Chain.read(client, chain, archives));
                default -> {
                    try {
                        Flaw.list(clients.get(turn));
                        tally.read();
                    } catch (IOException e) {
                        tally.failed(String.valueOf(e.getMessage()));
                    }
                }
            }
        }

        /** What is told must be what may be stored. */
        private <S> void read(Known<S> known, Reader<S> reader) throws InterruptedException {
            for (int tries = 0; tries < PATIENCE_TRIES; tries++) {
                try {
                    S found = reader.read(clients.get(turn), known.name());
                    known.compared(found).ifPresent(tally::broken);
                    tally.read();
                    return;
                } catch (IOException e) {
                    tally.failed(String.valueOf(e.getMessage()));
                    turn = (turn + 1) % clients.size();
                    pause(AFTER_FAILURE_MILLIS);
                }
            }
        }

        private <S> void write(Known<S> known, Write<S> write) throws InterruptedException {
            boolean isStubborn = random.nextInt(10) > 0;
            for (int tries = 1; tries <= PATIENCE_TRIES; tries++) {
                String answer = ask(write);
                switch (answer) {
                    case "200", "201" -> {
                        tally.acknowledged(write.sort(), tries);
                        known.done(write).ifPresent(tally::broken);
                        return;
                    }
                    case "404" -> {
                        tally.acknowledged(write.sort(), tries);
                        known.missing(write).ifPresent(tally::broken);
                        return;
                    }
                    default -> {
                        if (answer.startsWith("4") && !answer.startsWith("429")) {
                            tally.broken(known.name() + ": " + write + " is answered " + answer);
                        }
                        known.unknown(write, answer);
                        tally.failed(answer);
                        turn = (turn + 1) % clients.size();
                        pause(AFTER_FAILURE_MILLIS);
                        if (!isStubborn) {
                            tally.givenUp();
                            return;
                        }
                    }
                }
            }
            tally.broken(known.name() + ": " + write + " was never answered");
        }

        private String ask(Write<?> write) {
            try {
                RawHttp.Reply reply = clients.get(turn).ask(write.method(), write.target(), write.body());
                int status = reply.status();
                return status < 400 || status == 404 ? Integer.toString(status) : status + " " + reply.body();
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private String any(String[] words) {
            return words[random.nextInt(words.length)];
        }

        private void pause(int millis) throws InterruptedException {
            Thread.sleep(millis);
        }
    }
}
