package io.limpid.server.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.limpid.format.json.Json;
import io.limpid.format.json.JsonObject;
import io.limpid.model.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who is told of notifications: slow, sometimes unwilling, sometimes lost for words after it took one; reads and deletes some of what it was told, as
 * receivers do.
 */
final class Receiver implements AutoCloseable {
    private static final int NAME_BYTES = 4096;
    private static final int SLOWEST_MILLIS = 200;
    private static final int PAUSE_MILLIS = 200;

    /**
     * How it behaves.
     *
     * @param refused of a hundred that it is told
     * @param lost of a hundred that it took without saying so
     * @param deleted of a hundred names that it reads and deletes
     */
    record Manners(int refused, int lost, int deleted) {}

    private final Manners manners;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, AtomicInteger> taken = new ConcurrentHashMap<>();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<String> toDelete = new LinkedBlockingQueue<>();
    private volatile boolean isOver;

    private Receiver(Manners manners) throws IOException {
        this.manners = manners;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    static Receiver start(Manners manners) throws IOException {
        return new Receiver(manners);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/told";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonObject told = ((JsonObject) Json.parse(body, NAME_BYTES, Limits.DEFAULT)).object("Notification");
            String name = told == null ? "" : String.valueOf(told.string("Name"));
            pause(ThreadLocalRandom.current().nextInt(SLOWEST_MILLIS));
            int luck = ThreadLocalRandom.current().nextInt(100);
            if (luck < manners.refused) {
                refusals.incrementAndGet();
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            boolean isNew =
                    taken.computeIfAbsent(name, _ -> new AtomicInteger()).incrementAndGet() == 1;
            if (isNew && ThreadLocalRandom.current().nextInt(100) < manners.deleted) {
                toDelete.add(name);
            }
            if (luck < manners.refused + manners.lost) {
                // The connection ends without an answer.
                losses.incrementAndGet();
                return;
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Reads and deletes what is to be deleted, at whichever server answers, until the end. */
    void deleteAt(List<Integer> ports, Tally tally) {
        for (int i = 0; i < 2; i++) {
            threads.execute(() -> {
                List<Client> clients = ports.stream().map(Client::new).toList();
                for (int turn = 0; !isOver; turn++) {
                    String name = next();
                    while (!name.isEmpty() && !isOver && !delete(clients.get(turn % clients.size()), name, tally)) {
                        turn++;
                        pause(PAUSE_MILLIS);
                    }
                }
                clients.forEach(Client::close);
            });
        }
    }

    private String next() {
        try {
            String name = toDelete.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            return name == null ? "" : name;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private boolean delete(Client client, String name, Tally tally) {
        String target = "/v1/notifications/" + name;
        try {
            int read = client.ask("GET", target + "?limit=2", null).status();
            int status = read == 200 ? client.ask("DELETE", target, null).status() : read;
            if (status == 404) {
                tally.broken("the notification " + name + " was told, and is not known");
                return true;
            }
            if (status != 200) {
                tally.failed(Integer.toString(status));
                return false;
            }
            deleted.add(name);
            tally.acknowledged(Write.Sort.DELETION, 1);
            return true;
        } catch (IOException e) {
            tally.failed(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** How often each name was taken. */
    Map<String, AtomicInteger> taken() {
        return taken;
    }

    /** Those whose deletion was acknowledged. */
    Set<String> deleted() {
        return deleted;
    }

    /** How many it still wants to delete. */
    int waiting() {
        return toDelete.size();
    }

    long refusals() {
        return refusals.get();
    }

    long losses() {
        return losses.get();
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isOver = true;
        server.stop(0);
        threads.close();
    }
}
